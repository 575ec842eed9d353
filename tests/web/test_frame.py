"""The frame of every page: language, access, errors."""

import pytest
from django.test import Client

from hocvu.kernel.actor import Role


def test_home_speaks_vietnamese_by_default(client: Client, world) -> None:
    response = client.get("/", headers={"accept-language": "en"}, follow=True)

    assert response.status_code == 200
    assert response.headers["Content-Language"] == "vi"
    assert 'lang="vi"' in response.content.decode()


@pytest.mark.parametrize("code", ["vi", "fr", "en"])
def test_language_is_kept_in_a_cookie(client: Client, world, code: str) -> None:
    client.get(f"/languages/{code}/")

    assert client.get("/").headers["Content-Language"] == code


def test_language_switch_never_leaves_the_site(client: Client, world) -> None:
    assert client.get("/languages/fr/?next=https://evil.example/").headers["Location"] == "/"


def test_every_role_has_a_first_screen(sign_in) -> None:
    for role in Role:
        if role is not Role.SYSTEM:
            assert sign_in(role).get("/", follow=True).status_code == 200, role

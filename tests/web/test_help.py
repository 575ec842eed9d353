"""Help for each role in three languages, and the notice on personal data."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve

from hocvu.kernel.actor import Role
from hocvu.ui.access import access_of
from hocvu.web.helping import DATA, HELPED, help_text, privacy_text

LANGUAGES = ("vi", "fr", "en")
FILES = sorted(DATA.glob("*/*.md"))


def _words(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").split())


def test_every_role_has_its_help_in_every_language() -> None:
    assert {path.name for path in (DATA / "help").iterdir()} == {
        f"{role.value}.{language}.md" for role in HELPED for language in LANGUAGES
    }
    assert len(HELPED) == 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_texts_are_long_enough_and_well_formed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert 250 <= _words(path) <= 800
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"^# ", text, flags=re.MULTILINE)  # the page has its own first heading
    assert "  \n" not in text


@pytest.mark.parametrize("role", HELPED)
def test_the_languages_tell_the_same(role: Role) -> None:
    shapes = set()
    for language in LANGUAGES:
        text = (DATA / "help" / f"{role.value}.{language}.md").read_text(encoding="utf-8")
        links = tuple(re.findall(r"\]\(([^)]+)\)", text))
        shapes.add((text.count("\n## "), len(re.findall(r"^\d+\. ", text, flags=re.MULTILINE)), links))

    assert len(shapes) == 1, shapes


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_links_lead_to_pages_that_exist(path: Path) -> None:
    for target in re.findall(r"\]\((/[^)]*)\)", path.read_text(encoding="utf-8")):
        assert access_of(resolve(target.partition("?")[0]).func), target


@pytest.mark.parametrize("role", HELPED)
def test_help_leads_its_role_nowhere_closed(role: Role) -> None:
    for path in (DATA / "help").glob(f"{role.value}.*.md"):
        for target in re.findall(r"\]\((/[^)]*)\)", path.read_text(encoding="utf-8")):
            assert access_of(resolve(target.partition("?")[0]).func).admits(role), f"{path.name}: {target}"


@pytest.mark.parametrize("role", HELPED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_opens_on_the_own_role(world, sign_in, role: Role, language: str) -> None:
    client = sign_in(role)
    client.get(f"/languages/{language}/")

    response = client.get("/help/")

    assert response.status_code == 200
    assert help_text(role.value, language).html in response.content.decode()
    assert response.headers["Content-Language"] == language


def test_help_of_the_other_roles(world, sign_in) -> None:
    client = sign_in(Role.TRAINEE)
    links = re.findall(r'href="(/help/[a-z-]+/)"', client.get("/help/").content.decode())

    assert len(links) == 9
    assert all(client.get(link).status_code == 200 for link in links)
    assert client.get("/help/system/").status_code == 404
    assert client.get("/help/nobody/").status_code == 404


def test_help_is_for_those_signed_in(client: Client, world) -> None:
    assert client.get("/help/").status_code == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_privacy_is_public_and_names_the_contact(client: Client, world, language: str) -> None:
    world.campaign.contact = {"office": {"vi": "Phòng A", "fr": "Bureau A", "en": "Office A"}, "email": "a@b.example"}
    world.campaign.save()
    client.get(f"/languages/{language}/")

    text = client.get("/privacy/").content.decode()

    assert privacy_text(language).html in text
    assert world.campaign.contact["office"][language] in text


def test_privacy_before_any_campaign(client: Client, db) -> None:
    assert client.get("/privacy/").status_code == 200

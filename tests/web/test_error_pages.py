"""Pages for what went wrong: in three languages, with no detail, the gravest without a database."""

import json

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.utils import translation

from hocvu.kernel.actor import Role
from hocvu.web.views import errors

VIEWS = {
    400: lambda request: errors.bad_request(request, SuspiciousOperation("secret detail")),
    403: lambda request: errors.forbidden(request, PermissionDenied("secret detail")),
    404: lambda request: errors.not_found(request, KeyError("secret detail")),
    500: errors.server_error,
}
LANGUAGES = ("vi", "fr", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 403, 404])
def test_error_pages_speak_the_language(db, status: int, language: str) -> None:
    request = RequestFactory().get("/somewhere/")
    SessionMiddleware(lambda _request: None).process_request(request)
    with translation.override(language):
        response = VIEWS[status](request)

    text = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in text
    assert "secret detail" not in text
    assert 'href="/"' in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_trouble_needs_no_database(language: str) -> None:
    # no db fixture: pytest-django raises at any use of the database
    with translation.override(language):
        response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert f'<html lang="{language}"' in response.content.decode()


def test_trouble_in_a_page_gives_the_page_and_hides_the_detail(world, sign_in, monkeypatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("hocvu.web.views.ledger.verify_chain", broken)
    client = sign_in(Role.OPERATOR)
    client.raise_request_exception = False

    response = client.post("/ledger/")

    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()
    assert "govuk-heading-l" in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_programs_get_json(status: int) -> None:
    # no database here either: an error must not depend on it
    response = VIEWS[status](RequestFactory().get("/api/v1/somewhere"))

    assert response.status_code == status
    assert set(json.loads(response.content)) == {"code", "message", "data"}
    assert "secret detail" not in response.content.decode()


def test_a_page_of_another_role_says_so(world, sign_in) -> None:
    response = sign_in(Role.TRAINEE).get("/ledger/")

    assert response.status_code == 403
    assert "web/errors/403.html" in [template.name for template in response.templates]


def test_an_old_form_is_told_kindly(world) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.accounts[Role.OPERATOR], backend="django.contrib.auth.backends.ModelBackend")

    response = client.post("/ledger/")

    assert response.status_code == 403
    assert "web/errors/csrf.html" in [template.name for template in response.templates]

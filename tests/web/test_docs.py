"""The documentation keeps pace: settings, links, addresses, roles."""

import re
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from hocvu.kernel.actor import Role
from hocvu.web.rest.build import api

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


def test_every_setting_is_in_the_operators_guide() -> None:
    guide = (DOCS / "operating.md").read_text()
    sources = [*(ROOT / "config").rglob("*.py"), *(ROOT / "src").rglob("*.py")]
    names = {name for path in sources for name in re.findall(r'["\'](HOCVU_[A-Z0-9_]+)["\']', path.read_text())}

    assert names
    assert {name for name in names if f"`{name}`" not in guide} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text()):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), target


def test_every_role_has_its_page_and_its_addresses_exist() -> None:
    pages = {path.stem for path in (DOCS / "roles").glob("*.md")} - {"README"}
    assert pages == {role.value.replace("_", "-") for role in Role if role is not Role.SYSTEM}

    for path in (DOCS / "roles").glob("*.md"):
        for address in re.findall(r"`(/[a-z/…-]+)`", path.read_text()):
            plain = address.replace("…", "0190a5a0-0000-7000-8000-000000000000")
            try:
                resolve(plain)
            except Resolver404:
                pytest.fail(f"{path.name}: {address}")


def test_every_operation_of_the_api_is_documented() -> None:
    page = (DOCS / "api.md").read_text()

    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path.removeprefix('/api/v1')}" in page

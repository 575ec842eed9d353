"""The parts of the house agree: templates, refusals, lists, migrations, settings, and what pages may carry."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.forms import widgets
from django.test import Client
from django.urls import reverse

from hocvu.kernel.actor import Role
from hocvu.ui.refusals import known_codes
from hocvu.ui.tables import Table, all_tables

from ..world import World

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = {
    path.relative_to(folder).as_posix(): path
    for folder in sorted(SOURCE.rglob("templates"))
    for path in sorted(folder.rglob("*"))
    if path.is_file()
}
APPS = {path.name for path in (SOURCE / "hocvu").iterdir() if path.is_dir()}
BY_DJANGO = {"404.html", "403.html", "400.html", "500.html", "403_csrf.html"}  # found by their names alone


def _named_templates() -> set[str]:
    """Return what is rendered, extended or included by name, in modules and templates."""
    texts = [path.read_text(encoding="utf-8") for path in (*MODULES, *TEMPLATES.values())]
    return {name for text in texts for name in re.findall(r"""["']([\w./-]+\.(?:html|txt|svg|xml))["']""", text)}


def _widget_templates() -> set[str]:
    """Return the names under which Django's own fields look for their templates, which ours replace."""
    return {found for widget in vars(widgets).values() if (found := getattr(widget, "template_name", ""))} | {
        found for widget in vars(widgets).values() if (found := getattr(widget, "option_template_name", ""))
    }


def test_every_template_is_used() -> None:
    assert len(TEMPLATES) > 50
    assert sorted(set(TEMPLATES) - _named_templates() - _widget_templates() - BY_DJANGO) == []


def test_no_template_is_named_that_is_not_there() -> None:
    own = {name for name in _named_templates() if name.partition("/")[0] in APPS and name.endswith(".html")}
    assert len(own) > 50
    assert sorted(own - set(TEMPLATES)) == []


def _raised_codes() -> Iterator[tuple[str, str]]:
    for path in MODULES:
        for code in re.findall(r"""Refused\(\s*f?["']([^"']+)["']""", path.read_text(encoding="utf-8")):
            yield code, path.relative_to(SOURCE).as_posix()


def test_every_refusal_has_its_sentence() -> None:
    raised = list(_raised_codes())
    assert len(raised) > 100
    assert sorted((code, path) for code, path in raised if code not in known_codes()) == []


TABLES = all_tables()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_list_says_who_sees_it_and_what_it_is(table: type[Table]) -> None:
    keys = [column.key for column in table.columns]
    assert table.roles, "nobody may open it"
    assert Role.SYSTEM not in table.roles
    assert str(table.title).strip()
    assert keys
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_list_sorts_and_searches_for_each_of_its_roles(table: type[Table], world: World) -> None:
    sorts = [f"{sign}{column.key}" for column in table.columns if column.sort for sign in ("", "-")]
    for role in sorted(table.roles):
        for params in [{}, {"q": "a"}, *({"sort": sort} for sort in sorts)]:
            try:
                list(table().selected(world.actor(role), params)[:3])
            except FieldError as wrong:
                pytest.fail(f"{table.name} as {role} with {params}: {wrong}")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_list_is_handed_out_as_a_spreadsheet_to_its_roles_only(
    table: type[Table], world: World, sign_in: Callable[[Role], Client]
) -> None:
    address = reverse("web:export", args=[table.name])
    outside = sorted(set(Role) - table.roles - {Role.SYSTEM})
    for role, wanted in ((min(table.roles), 200), *((role, 403) for role in outside[:1])):
        assert sign_in(role).get(address).status_code == wanted, f"{table.name} as {role}"


def test_migrations_hold_what_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def _started(code: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python as a new installation would, with none of this one's settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HOCVU_")}
    environment = kept | {"PYTHONPATH": os.pathsep.join((str(SOURCE), str(ROOT)))} | more
    return subprocess.run(
        [sys.executable, "-c", code], check=False, env=environment, cwd=ROOT, capture_output=True, text=True
    )


@pytest.mark.parametrize("wish", ["1", "0"])
def test_a_real_installation_is_never_a_demo(wish: str, tmp_path: Path) -> None:
    told = _started(
        "from config.settings import prod; print(prod.DEMO, prod.DEBUG)",
        HOCVU_DEMO=wish, HOCVU_SECRET_KEY="k" * 60, HOCVU_DATA=str(tmp_path),
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert told.stdout.split() == ["False", "False"]


def test_a_real_installation_does_not_start_without_its_own_key(tmp_path: Path) -> None:
    told = _started("import config.settings.prod", HOCVU_DATA=str(tmp_path))
    assert told.returncode != 0
    assert "HOCVU_SECRET_KEY" in told.stderr


INLINE = {
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "a script in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in an address": re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE),
}


def _markup(path: Path) -> str:
    """Return a template without its own tags, in which ``one == other`` is no attribute."""
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("what", INLINE)
def test_templates_carry_nothing_that_the_content_policy_forbids(what: str) -> None:
    pages = {name: _markup(path) for name, path in TEMPLATES.items() if name.endswith(".html")}
    assert sorted(name for name, text in pages.items() if INLINE[what].search(text)) == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a script in the page", "<script>go()</script>"),
        ("a style in the page", '<p style="color:red">'),
        ("a script in an attribute", "<a href='#' onclick='go()'>"),
        ("a script in an address", '<a href="javascript:go()">'),
    ],
)
def test_the_search_for_forbidden_things_finds_them(what: str, text: str) -> None:
    assert INLINE[what].search(text)

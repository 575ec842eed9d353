"""Every page that a role can reach: nothing found by axe, no sideways scroll, no error in the console."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .looking import Look, look_at, walk
from .serving import Served
from .side_doors import half_done, side_doors
from .visiting import Visitor

pytestmark = pytest.mark.browser

# stage -> the apps whose pages are looked at there, and who looks; the others only pass through.
APPS = {
    "teach": frozenset(
        {"web", "people", "campaigns", "curriculum", "enrolment", "planning", "delivery", "monitoring", "rehearsal"}
    ),
    "test": frozenset({"assessment"}),
    "followup": frozenset({"attestations", "evaluation"}),
}
WHO = {
    "teach": ("", "trainee", "manager", "office", "instructor", "focal", "reviewer", "operator", "head", "leader", "invigilator"),
    "test": ("candidate", "trainee", "invigilator", "office", "reviewer"),
    "followup": ("trainee", "office", "manager", "focal", "head", "leader", ""),
}  # fmt: skip
LEAST: dict[str, frozenset[str]] = {"teach": frozenset(), "test": frozenset(), "followup": frozenset()}
# Forms sent empty: the page with its list of errors is a page too.
EMPTY = {
    "teach": {
        "": ("/sign-in/", "/slips/"),
        "trainee": ("/check-in/", "/difficulties/new/", "/my/assignment/"),
        "operator": ("/accounts/new/",),
        "manager": ("/campaign/events/new/", "/campaign/directives/new/"),
        "focal": ("/rosters/new/",),
    },
    "test": {"candidate": ("/test/review/",)},
    "followup": {"trainee": ("/forms/",)},
}


def somebody(served: Served, visit: Callable[..., Visitor], who: str) -> Visitor:
    """Return a visitor in a role; ``candidate``: somebody who sits the test just now."""
    if who != "candidate":
        return visit(served, who)
    head = visit(served, "head")
    head.go("/me/")
    head.find('main form[action^="/me/roles/"] button').first.click()
    head.go("/test/questions/1/")
    if head.find('main form[action="/test/take-over/"]').count():
        head.send("/test/take-over/")
    return head


def starts_of(served: Served, visitor: Visitor, stage: str, who: str) -> list[str]:
    """Return where a role begins; a trainee has begun to practise, so that those pages are there."""
    if who == "":
        return ["/", "/sign-in/", "/slips/", "/verify/", "/privacy/"]
    if who == "candidate":
        return ["/", "/test/questions/1/", "/test/review/"]
    doors = half_done(visitor) if who == "trainee" else []
    return ["/", *doors, *side_doors(served, stage, who)]


def look_around(
    served: Served,
    visit: Callable[..., Visitor],
    look: Look,
    stage: str,
    who: str,
    language: str,
    apps: frozenset[str] | None,
) -> None:
    """Walk a role's pages in a language; then send some forms empty and look at what they answer."""
    visitor = somebody(served, visit, who)
    visitor.page.goto(f"{served.url}/languages/{language}/?next=/")
    walk(
        visitor,
        look,
        who=who or "anybody",
        language=language,
        wanted=apps,
        starts=starts_of(served, visitor, stage, who),
    )
    for path in EMPTY[stage].get(who, ()):
        visitor.page.goto(served.url + path)
        form = visitor.find('main form[method="post"]:not([action])')
        if form.count():
            form.first.locator('button[type="submit"]').first.click()
            visitor.page.wait_for_load_state()
            look_at(visitor, look, who=f"{who or 'anybody'} (sent empty)", language=language, thorough=True)


def told(look: Look) -> str:
    """Return the faults, one a line; HOCVU_TEST_FAULTS names a folder that keeps them whole, with the pages seen."""
    lines = "\n".join(dict.fromkeys(look.faults))
    folder = os.environ.get("HOCVU_TEST_FAULTS")
    if folder:
        with (Path(folder) / "faults.txt").open("a") as out:
            out.write(lines + "\n")
        with (Path(folder) / "pages.txt").open("a") as out:
            out.writelines(f"{route} {path}\n" for route, path in look.routes.items())
    return f"{len(look.faults)} faults on {len(look.routes)} pages\n{lines}"


@pytest.mark.parametrize("stage", APPS)
def test_pages_in_vietnamese(stage: str, demo: Callable[..., Served], visit: Callable[..., Visitor]) -> None:
    served, look = demo(stage), Look()
    for who in WHO[stage]:
        look_around(served, visit, look, stage, who, "vi", APPS[stage])

    words = told(look)
    assert not look.faults, words
    missing = LEAST[stage] - look.routes.keys()
    assert not missing, f"no link led to {sorted(missing)}"


@pytest.mark.parametrize("who", ["", "trainee", "manager"])
def test_pages_that_refuse(who: str, shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served, look = shown("teach"), Look()
    visitor = visit(served, who)
    for path, status in (("/no-such-page/", 404), ("/accounts/", 200 if who == "" else 403)):
        answer = visitor.page.goto(served.url + path)
        assert answer is not None
        assert answer.status == status
        look_at(visitor, look, who=who or "anybody", language="vi", thorough=True)

    assert not look.faults, told(look)


@pytest.mark.full
@pytest.mark.parametrize("language", ["vi", "fr", "en"])
@pytest.mark.parametrize(("stage", "who"), [(stage, who) for stage in WHO for who in WHO[stage]])
def test_every_page(
    stage: str, who: str, language: str, demo: Callable[..., Served], visit: Callable[..., Visitor]
) -> None:
    served, look = demo(stage), Look()
    look_around(served, visit, look, stage, who, language, None)

    assert not look.faults, told(look)

"""Look at a page as everybody may meet it: its landmarks and contrasts (axe), its width, its language, its title."""

import json
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import CDPSession, Error

from tests.campaign.conftest import ROOT

from .visiting import DESK, PHONE, Visitor

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN_AXE = """axe.run(document, {resultTypes: ["violations"], preload: false}).then(found => JSON.stringify(
    found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].target.join(" "), one.nodes[0].html.replace(/\\s+/g, " ").slice(0, 160)])))"""
SEEN = """() => ({h1: document.querySelectorAll("h1").length, lang: document.documentElement.lang,
    title: document.title, wide: document.documentElement.scrollWidth - window.innerWidth,
    links: [...document.querySelectorAll("a[href]")].map(a => a.href)})"""
WIDEST = """() => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1
    && !e.closest(".hv-scroll")).slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""
# Links that give a file, leave the installation, or change the language: nothing to look at.
NO_PAGES = frozenset(
    {
        "web:language", "web:export", "web:export_file", "web:health", "web:programs", "planning:paper", "planning:convocation",
        "planning:feed", "delivery:join", "delivery:submission_file", "people:roster_template", "people:roster_file",
        "monitoring:report_file", "monitoring:photo", "attestations:file", "attestations:class_zip", "evaluation:results_file",
        "attestations:sheet_file", "attestations:decision_file", "attestations:register_book", "assessment:marks_file",
    }
)  # fmt: skip


# These speak to every role, and link to pages of some: whoever is refused there reads why.
FOR_OTHERS = frozenset({"web:help_role", "web:privacy"})


@dataclass
class Look:
    """What was found on the pages seen: routes with one address each, and faults in words."""

    routes: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def route_of(url: str) -> str:
    """Return the name of the address, or nothing if the installation has none such."""
    try:
        return str(resolve(urlsplit(url).path).view_name)
    except Resolver404:
        return ""


def axe_faults(session: CDPSession) -> list[str]:
    """Return what axe finds; asked over the debugger, since the page's policy lets no foreign script in."""
    session.send("Runtime.evaluate", {"expression": AXE.read_text()})
    answer = session.send("Runtime.evaluate", {"expression": RUN_AXE, "awaitPromise": True, "returnByValue": True})
    assert "value" in answer["result"], answer
    return [f"{rule} ×{n}: {where}  {html}" for rule, n, where, html in json.loads(answer["result"]["value"])]


def look_at(visitor: Visitor, look: Look, *, who: str, language: str, thorough: bool) -> list[str]:
    """Look at the page that is open; return its links. ``thorough``: with axe, at both widths."""
    place = f"{who} {language} {visitor.path}"
    seen = visitor.page.evaluate(SEEN)
    if seen["h1"] != 1:
        look.faults.append(f"{place}: {seen['h1']} h1")
    if seen["lang"] != language:
        look.faults.append(f"{place}: lang is {seen['lang']}")
    if not seen["title"].split(" – hocvu")[0].strip():
        look.faults.append(f"{place}: no title")
    look.faults += [f"{place}: {trouble}" for trouble in visitor.troubles]
    visitor.troubles.clear()
    if thorough:
        session = visitor.context.new_cdp_session(visitor.page)
        for size in (DESK, PHONE):
            visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
            look.faults += [f"{place} at {size['width']}: {fault}" for fault in axe_faults(session)]
        wide = visitor.page.evaluate(SEEN)["wide"]
        if wide > 0:
            look.faults.append(f"{place}: {wide} px too wide at 360: {visitor.page.evaluate(WIDEST)}")
        visitor.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        session.detach()
    return [str(link) for link in seen["links"]]


def walk(
    visitor: Visitor, look: Look, *, who: str, language: str, wanted: frozenset[str] | None, starts: list[str]
) -> None:
    """Follow links from the first screen, one address a route, and look at each page.

    A route in ``look.routes`` was looked at before and is only passed through; ``wanted`` names the apps whose
    pages are looked at thoroughly (none: all).
    """
    queue = [visitor.served.url + start for start in starts]
    met = {route_of(url) for url in queue}
    while queue:
        url = queue.pop(0)
        route = route_of(url)
        try:
            answer = visitor.page.goto(url)
        except Error as error:
            look.faults.append(f"{who} {language} {url}: {error.message.splitlines()[0]}")
            continue
        assert answer is not None
        if answer.status != 200:
            look.faults.append(f"{who} {language} {url}: {answer.status}")
            visitor.troubles.clear()
            continue
        landed = route_of(visitor.page.url)
        new = landed not in look.routes and (wanted is None or landed.split(":")[0] in wanted)
        met |= {route, landed}
        if new:
            look.routes[landed] = visitor.path
        links = look_at(visitor, look, who=who, language=language, thorough=new)
        for link in [] if landed in FOR_OTHERS else links:
            name = route_of(link) if link.startswith(visitor.served.url + "/") else ""
            if name and name not in met and name not in NO_PAGES:
                met.add(name)
                queue.append(link.split("#")[0])

"""What a first visit carries over the wire, letters and style included, with nothing in the cache."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from .serving import Served
from .visiting import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser

KIB = 1024


@dataclass
class Wire:
    """Bytes received, by address: headers and compressed bodies, as the network carried them."""

    bytes_of: dict[str, int] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return all bytes."""
        return sum(self.bytes_of.values())


@contextmanager
def counted(visitor: Visitor) -> Iterator[Wire]:
    """Count what the network brings; the cache is emptied first."""
    wire = Wire()
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")

    def asked(event: dict[str, Any]) -> None:
        wire.addresses[event["requestId"]] = event["request"]["url"]

    def arrived(event: dict[str, Any]) -> None:
        url = wire.addresses.get(event["requestId"], "?")
        wire.bytes_of[url] = wire.bytes_of.get(url, 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.loadingFinished", arrived)
    yield wire
    session.detach()


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [
        ("trainee", "/", 100 * KIB),
        ("trainee", "/my/class/", 100 * KIB),
        ("trainee", "/lessons/2.2/", 100 * KIB),
        ("", "/sign-in/", 100 * KIB),
        ("", "/campaign/", 100 * KIB),
        ("manager", "/dashboard/", 180 * KIB),
        ("instructor", "/today/", 180 * KIB),
        ("office", "/timetable/", 180 * KIB),
    ],
)
def test_first_visit_is_light(
    who: str, path: str, most: int, shown: Callable[[str], Served], visit: Callable[..., Visitor]
) -> None:
    served = shown("teach")
    visitor = visit(served, who, size=PHONE if most == 100 * KIB else DESK)
    visitor.page.goto("about:blank")
    with counted(visitor) as wire:
        visitor.page.goto(served.url + path, wait_until="networkidle")
        visitor.page.evaluate("() => document.fonts.ready.then(() => document.fonts.size)")

    heaviest = sorted(wire.bytes_of.items(), key=lambda one: -one[1])
    assert any(".css" in url for url in wire.bytes_of), heaviest
    assert any(".woff2" in url for url in wire.bytes_of), heaviest
    assert wire.total <= most, f"{wire.total} bytes: {heaviest[:6]}"
    print(f"{who or 'anybody'} {path}: {wire.total / KIB:.1f} KiB")

"""Every address of the installation: who may open it, in which role, and whose objects it shows.

The list is read from the URL configuration itself: a new address without a declared rule, or with an object
in it and no example here, fails.
"""

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hocvu.kernel.actor import Role
from hocvu.ui.access import Access, access_of

from ..world import World
from .example import Arguments, Example
from .examples import EXAMPLES, SKIPPED

ROLES = [role for role in Role if role is not Role.SYSTEM]
FOUND = {200, 302, 405}
HIDDEN = {404, 405}
UNDONE = {403, 404, 405}
SignIn = Callable[[Role], Client]


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _patterns(entry, namespace)
        else:
            yield f"{prefix}{entry.name}", entry


LISTED = list(_patterns(get_resolver()))
ROUTES = dict(LISTED)


def _named_arguments(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.regex.groupindex)


NAMING = sorted(name for name, pattern in ROUTES.items() if _named_arguments(pattern))


def test_no_address_hides_behind_the_name_of_another() -> None:
    assert [name for name, times in Counter(name for name, _ in LISTED).items() if times > 1] == []


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_route_declares_who_may_open_it(name: str) -> None:
    assert access_of(ROUTES[name].callback) is not None, f"{name}: use hocvu.ui.access"


@pytest.mark.parametrize("name", NAMING)
def test_route_with_an_object_has_an_example(name: str) -> None:
    assert (name in EXAMPLES) is not (name in SKIPPED), f"{name}: add own and other objects to tests/house"


def test_no_example_is_left_over() -> None:
    assert sorted({*EXAMPLES, *SKIPPED} - set(NAMING)) == []


@pytest.mark.parametrize("name", sorted(set(ROUTES) - set(SKIPPED)))
def test_route_keeps_its_door_and_shows_its_objects_to_their_own(name: str, world: World, sign_in: SignIn) -> None:
    """One world for all roles: first what is asked, then what is sent, since sending changes the world."""
    rule = access_of(ROUTES[name].callback)
    assert rule is not None
    example = EXAMPLES[name](world) if name in EXAMPLES else Example({})
    clients = {role: sign_in(role) for role in ROLES}
    for role in example.scoped:
        _holds_to_scope(name, role, clients[role], example)
    if example.mate is not None:
        _hidden(f"{name} of a class mate", clients[Role.TRAINEE], name, example.mate)
    if example.own is not None:
        address = reverse(name, kwargs=example.own)
        _keeps_strangers_out(name, rule, address)
        for role, client in clients.items():
            status = _status(client, "get", address)
            assert status < 500, f"{name} as {role}: {status}"
            if not rule.admits(role):
                assert status == 403, f"{name} as {role}: {status}, though it does not admit that role"
        for role, client in clients.items():
            if rule.admits(role):
                assert _status(client, "post", address) < 500, f"nothing posted to {name} as {role}"


def _status(client: Client, method: str, address: str) -> int:
    """Return the status of an answer; a file is read to its end, so that it is closed."""
    answer = getattr(client, method)(address)
    if answer.streaming:
        answer.getvalue()
    return int(answer.status_code)


def _holds_to_scope(name: str, role: Role, client: Client, example: Example) -> None:
    if example.own is not None:
        own = _status(client, "get", reverse(name, kwargs=example.own))
        assert own in FOUND, f"{name} as {role}, own: {own}"
    if example.other is not None:
        _hidden(f"{name} as {role}, other", client, name, example.other)


def _hidden(what: str, client: Client, name: str, arguments: Arguments) -> None:
    address = reverse(name, kwargs=arguments)
    asked, sent = _status(client, "get", address), _status(client, "post", address)
    assert asked in HIDDEN, f"{what}: {asked}"
    assert sent in UNDONE, f"{what}, posted to: {sent}"
    assert (asked, sent) != (405, 405), f"{what}: neither asked nor sent, so nothing was looked at"


def _keeps_strangers_out(name: str, rule: Access, address: str) -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(address)
        assert answer.status_code < 500, name
        if not rule.public:
            assert answer.status_code == 302, f"{method} {name}: {answer.status_code}"
            assert "/sign-in/" in answer.headers["Location"]

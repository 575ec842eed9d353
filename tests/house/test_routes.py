"""Every address of the installation: who may open it, in which role, and whose objects it shows.

The list is read from the URL configuration itself: a new address without a declared rule, or with an object
in it and no example here, fails.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from hocvu.kernel.actor import Role
from hocvu.ui.access import access_of

from .examples import EXAMPLES, SKIPPED

ROLES = [role for role in Role if role is not Role.SYSTEM]


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _patterns(entry, namespace)
        else:
            yield f"{prefix}{entry.name}", entry


ROUTES = dict(_patterns(get_resolver()))


def _named_arguments(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.regex.groupindex)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_route_declares_who_may_open_it(name: str) -> None:
    assert access_of(ROUTES[name].callback) is not None, f"{name}: use hocvu.ui.access"


@pytest.mark.parametrize("name", sorted(n for n, p in ROUTES.items() if _named_arguments(p)))
def test_route_with_an_object_has_an_example(name: str) -> None:
    assert name in EXAMPLES or name in SKIPPED, f"{name}: add own and other objects to tests/house/examples.py"


def _address(name: str, world: Any, which: str) -> str | None:
    arguments = _named_arguments(ROUTES[name])
    if not arguments:
        return reverse(name)
    if name in SKIPPED:
        return None
    example = EXAMPLES[name](world)
    chosen = example.own if which == "own" else example.other
    return None if chosen is None else reverse(name, kwargs=chosen)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_route_fails_and_each_keeps_its_door(name: str, world, sign_in: Callable[[Role], Client]) -> None:
    rule = access_of(ROUTES[name].callback)
    address = _address(name, world, "own")
    if address is None:
        return
    anonymous = Client().get(address)
    if rule.public:
        assert anonymous.status_code < 500
    else:
        assert anonymous.status_code == 302, name
        assert "/sign-in/" in anonymous.headers["Location"]
    for role in ROLES:
        status = sign_in(role).get(address).status_code
        assert status < 500, f"{name} as {role}: {status}"
        if not rule.admits(role):
            assert status == 403, f"{name} as {role}: {status}, though it does not admit that role"


@pytest.mark.parametrize("name", sorted(n for n in ROUTES if n in EXAMPLES))
def test_objects_of_others_are_not_there(name: str, world, sign_in: Callable[[Role], Client]) -> None:
    example = EXAMPLES[name](world)
    for role in example.scoped:
        if example.own is not None:
            own = sign_in(role).get(reverse(name, kwargs=example.own)).status_code
            assert own in {200, 302, 405}, f"{name} as {role}, own: {own}"
        if example.other is not None:
            other = sign_in(role).get(reverse(name, kwargs=example.other)).status_code
            assert other in {404, 405}, f"{name} as {role}, other: {other}"
            posted = sign_in(role).post(reverse(name, kwargs=example.other)).status_code
            assert posted in {403, 404, 405}, f"{name} as {role}, posted to other: {posted}"

"""The API keeps its own description: random requests, no 500, every answer as the schema says."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from hocvu.kernel.actor import Role
from hocvu.web.rest import limits, tokens
from hocvu.web.rest.build import api

SHOWN = api.get_openapi_schema()
OPERATIONS = [(path, method) for path, methods in SHOWN["paths"].items() for method in methods]
EXAMPLES = 12
NAMES = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
)  # fmt: skip


@pytest.fixture
def service(world, monkeypatch) -> Iterator[Any]:
    """The API in this process, as a program sees it."""
    cache.clear()
    monkeypatch.setattr(limits, "PER_MINUTE", 10**9)
    # As Django's own test client does: a request must not end the test's transaction with its connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.TRAINEE, None])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_answers_are_as_described(service, world, path: str, method: str, role: Role | None) -> None:
    operation = service[path][method.upper()]
    headers = {"Authorization": f"Bearer {tokens.make_token(actor=world.actor(role)).token}"} if role else {}
    checks = CHECKS.get_by_names(NAMES)
    seen: set[int] = set()

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def try_one(case: Any) -> None:
        response = case.call(headers=headers)
        case.validate_response(response, checks=checks)
        seen.add(response.status_code)

    try_one()

    assert seen
    if role is None and SHOWN["paths"][path][method]["x-roles"] != ["everyone"]:
        assert seen <= {401, 422}
    if role is Role.MANAGER and method == "get" and "{" not in path:
        assert 200 in seen  # the checks have seen real rows


def test_errors_have_one_shape() -> None:
    for path, methods in SHOWN["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if status != 200:
                    shape = answer["content"]["application/json"]["schema"]["$ref"]
                    assert shape == "#/components/schemas/Error", f"{method} {path} {status}"

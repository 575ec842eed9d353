"""Examples of the addresses of the roof."""

from typing import Any

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.post.models import Export

from .example import Example, Examples


def _export(world: Any, role: Role) -> Export:
    return Export.objects.create(
        account_id_value=world.accounts[role].pk, role=role, language="vi", table="ledger", asked_at=clock.now()
    )


def _exports(world: Any) -> Example:
    own, other = _export(world, Role.MANAGER), _export(world, Role.OPERATOR)
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, frozenset({Role.MANAGER}))


def _export_files(world: Any) -> Example:
    # no file yet: 404 for its owner too, so nobody is scoped here; tests/web/test_export_file.py downloads one
    return Example({"uuid": _export(world, Role.MANAGER).uuid}, {"uuid": _export(world, Role.OPERATOR).uuid})


EXAMPLES: Examples = {
    "web:export": lambda world: Example({"name": "ledger"}, {"name": "no-such-list"}, frozenset({Role.OPERATOR})),
    "web:export_state": _exports,
    "web:export_file": _export_files,
    "web:help_role": lambda world: Example(
        {"role": "trainee"}, {"role": "system"}, frozenset(set(Role) - {Role.SYSTEM})
    ),
    "web:language": lambda world: Example({"code": "fr"}, {"code": "de"}, frozenset({Role.TRAINEE})),
}

"""Examples of the addresses of people, accounts, slips and rosters."""

from django.core.files.base import ContentFile

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.people.models import Account, RoleGrant, RosterImport
from hocvu.people.services.slips import renew_slip

from ..world import World
from .example import Example, Examples

AGENCY = frozenset({Role.FOCAL_POINT, Role.HEAD})
CLERK = frozenset({Role.FOCAL_POINT})
OPERATOR = frozenset({Role.OPERATOR})


def _organisation(world: World, scoped: frozenset[Role]) -> Example:
    own, other = world.organisations["XA1"], world.organisations["CA1"]
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, scoped)


def _person(world: World, scoped: frozenset[Role]) -> Example:
    own, other = world.placements["TT-002"][1].person, world.placements["TT-003"][1].person
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, scoped)


def _account(world: World) -> Example:
    # A trainee's account is theirs alone: the operator keeps those of staff.
    own, other = world.accounts[Role.REVIEWER], world.accounts[Role.TRAINEE]
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, OPERATOR)


def _grant(world: World, role: Role) -> dict[str, object]:
    held = world.accounts[role]
    return {"uuid": held.uuid, "grant": RoleGrant.objects.get(account=held).pk}


def _grant_end(world: World) -> Example:
    # The grant of one account under the address of another, too, is not there.
    own, other = _grant(world, Role.REVIEWER), _grant(world, Role.LEADER)
    return Example(own, own | {"grant": other["grant"]}, OPERATOR)


def _choose_role(world: World) -> Example:
    own, other = _grant(world, Role.TRAINEE)["grant"], _grant(world, Role.MANAGER)["grant"]
    return Example({"grant": own}, {"grant": other}, frozenset({Role.TRAINEE}))


def _demo(world: World) -> Example:
    # Not in a demo: no account opens by a click, not even one made for demos.
    Account.objects.update(is_demo=True)
    uuid = world.accounts[Role.MANAGER].uuid
    return Example({"uuid": uuid}, {"uuid": uuid}, frozenset({Role.TRAINEE}))


def _slip(world: World) -> Example:
    person = world.placements["TT-002"][0].person
    code = renew_slip(actor=world.actor(Role.MANAGER), person_id=person.pk).code
    return Example({"code": code}, {"code": "AAAA-AAAA-AAAA"}, frozenset({Role.TRAINEE}))


def _roster_of(world: World, code: str) -> dict[str, object]:
    made = RosterImport.objects.create(
        organisation=world.organisations[code], file=ContentFile(b"x", name="ds.xlsx"), file_name="ds.xlsx",
        sha256="0" * 64, state="shown", uploaded_at=clock.now(), uploaded_by="t",
    )  # fmt: skip
    return {"uuid": made.uuid}


def _roster(world: World) -> Example:
    return Example(_roster_of(world, "XA1"), _roster_of(world, "CA1"), CLERK)


EXAMPLES: Examples = {
    "people:demo_sign_in": _demo,
    "people:slip": _slip,
    "people:choose_role": _choose_role,
    "people:organisation": lambda world: _organisation(world, AGENCY),
    "people:slips_print": lambda world: _organisation(world, CLERK),
    "people:person": lambda world: _person(world, AGENCY),
    "people:slip_renew": lambda world: _person(world, CLERK),
    "people:account": _account,
    "people:account_password": _account,
    "people:account_activity": _account,
    "people:grant_end": _grant_end,
    "people:roster": _roster,
    "people:roster_apply": _roster,
    "people:roster_drop": _roster,
    "people:roster_file": _roster,
}

"""Examples of the addresses of evaluation and monitoring."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from hocvu.evaluation.api import make_forms
from hocvu.evaluation.models import Form, Invitation
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.monitoring.api import make_report
from hocvu.monitoring.models import Difficulty, Report

from ..world import World
from .example import Example, Examples, seen_by_all

AGENCY = (Role.FOCAL_POINT, Role.HEAD)
SEES = (Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER)


def _form(world: World) -> Form:
    make_forms(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk)
    return Form.objects.get(kind="baseline")


def _form_page(world: World, *scoped: Role) -> Example:
    return seen_by_all({"uuid": _form(world).uuid}, *scoped)


def _invitation(world: World, state: str) -> Example:
    # What a neighbour is asked is nobody else's.
    form = _form(world)
    own, mate = (
        Invitation.objects.create(
            form=form, placement=place, respondent=place.person, organisation=place.organisation,
            sent_at=clock.now(), due_on=clock.today() + timedelta(days=3), state=state,
        )
        for place in world.placements["TT-002"][:2]
    )  # fmt: skip
    return Example({"uuid": own.uuid}, {"uuid": mate.uuid}, frozenset({Role.TRAINEE}))


def _difficulty_of(world: World, number: int, code: str, role: Role) -> dict[str, Any]:
    made = Difficulty.objects.create(
        campaign=world.campaign, number=number, category="room", text="x", organisation=world.organisations[code],
        owner_organisation=world.organisations[code], photo=ContentFile(b"x", name="anh.jpg"),
        reported_at=clock.now(), reported_by="t", reporter_account_id=world.accounts[role].pk,
        due_at=clock.now() + timedelta(hours=4),
    )  # fmt: skip
    return {"uuid": made.uuid}


def _difficulty(world: World, **more: Any) -> Example:
    own = _difficulty_of(world, 1, "XA1", Role.TRAINEE)
    other = _difficulty_of(world, 2, "CA1", Role.MANAGER)
    mate = _difficulty_of(world, 3, "XA1", Role.FOCAL_POINT)
    return Example(own | more, other | more, frozenset({Role.TRAINEE, *AGENCY}), mate | more)


def _agency(world: World) -> Example:
    own, other = ({"uuid": world.organisations[code].uuid} for code in ("XA1", "CA1"))
    return Example(own, other, frozenset(AGENCY))


def _figure(world: World) -> Example:
    # A list of another page is no figure.
    return seen_by_all({"name": "people-results"}, Role.MANAGER, *AGENCY, name="ledger")


def _report(world: World, *scoped: Role, **more: Any) -> Example:
    make_report(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk, kind="daily", day=clock.today())
    return seen_by_all({"uuid": Report.objects.get().uuid} | more, *scoped)


EXAMPLES: Examples = {
    "evaluation:form": lambda world: _invitation(world, "sent"),
    "evaluation:thanks": lambda world: _invitation(world, "answered"),
    "evaluation:results": lambda world: _form_page(world, *SEES),
    "evaluation:results_file": lambda world: _form_page(world, *SEES),
    "evaluation:words": lambda world: _form_page(world, *SEES),
    "evaluation:invitations": lambda world: _form_page(world, Role.MANAGER, Role.OFFICE, *AGENCY),
    "evaluation:agencies": lambda world: _form_page(world, *SEES, *AGENCY),
    "evaluation:remind": lambda world: _form_page(world, Role.MANAGER, *AGENCY),
    "evaluation:send": lambda world: _form_page(world, Role.MANAGER),
    "monitoring:difficulty": _difficulty,
    "monitoring:photo": _difficulty,
    "monitoring:step": lambda world: _difficulty(world, deed="note"),
    "monitoring:agency_of": _agency,
    "monitoring:figure": _figure,
    "monitoring:report": lambda world: _report(world, *SEES),
    "monitoring:report_words": lambda world: _report(world, Role.MANAGER),
    "monitoring:report_number": lambda world: _report(world, Role.MANAGER),
    "monitoring:report_file": lambda world: _report(world, *SEES, kind="docx"),
}

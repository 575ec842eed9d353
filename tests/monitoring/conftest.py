"""A campaign in which everything happened: presence, tests, verdicts, attestations, forms, difficulties."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from hocvu.assessment.models import Attempt, Blueprint, Sitting
from hocvu.attestations.models import Attestation, EligibilityFinding, MarkSheet, Recognition
from hocvu.delivery.models import Attendance, MakeUp, SessionDiary
from hocvu.kernel import clock
from tests.world import World

STATUS = ["present", "present", "late", "absent", "excused", "present"]
CREDIT = {"present": 2, "late": 1, "absent": 0, "excused": 0, "made_up": 2}
MARKS = [95, 80, 100, 45, 30, 50]


@pytest.fixture(autouse=True)
def no_memory() -> None:
    """Forget counted figures."""
    cache.clear()


@pytest.fixture
def busy(world: World) -> World:
    """TT-001 is over with its register, test, verdicts and attestations; TR-001 held its first half-day."""
    moment = clock.now()
    for half_day in (1, 2, 3, 4):
        session = world.session("TT-001", half_day)
        _register(world, "TT-001", session, STATUS)
        SessionDiary.objects.create(
            session=session, secret="x", opened_at=session.starts_at, opened_by="GV", closed_at=session.ends_at
        )
    first = world.session("TR-001", 1)
    _register(world, "TR-001", first, ["present"] * 6)
    SessionDiary.objects.create(session=first, secret="y", opened_at=first.starts_at, opened_by="GV")
    blueprint = Blueprint.objects.create(campaign=world.campaign, code="final", title={}, minutes=30, cells=[])
    last = world.session("TT-001", 4)
    sitting = Sitting.objects.create(
        cohort=world.cohorts["TT-001"], blueprint=blueprint, kind="final", opens_at=last.starts_at,
        closes_at=last.ends_at, state="closed",
    )  # fmt: skip
    Sitting.objects.create(
        cohort=world.cohorts["TT-002"], blueprint=blueprint, kind="final", opens_at=moment + timedelta(hours=6),
        closes_at=moment + timedelta(hours=8),
    )  # fmt: skip
    for place, mark in zip(world.placements["TT-001"], MARKS, strict=True):
        Attempt.objects.create(
            sitting=sitting, placement=place, seed=1, paper=[], paper_code="101", state="scored", right=mark // 10,
            mark=mark, submitted_at=last.ends_at,
        )  # fmt: skip
    _resit(world, blueprint)
    _attest(world)
    MakeUp.objects.create(
        placement=world.placements["TT-001"][3], missed=world.session("TT-001", 1), target=world.session("TT-003", 1),
        asked_at=moment, asked_by="Đầu mối",
    )  # fmt: skip
    return world


def _register(world: World, code: str, session, statuses: list[str]) -> None:
    Attendance.objects.bulk_create(
        Attendance(placement=p, session=session, status=s, credit=CREDIT[s], computed_at=clock.now())
        for p, s in zip(world.placements[code], statuses, strict=True)
    )


def _resit(world: World, blueprint: Blueprint) -> None:
    """The fourth person sits again and passes; a void try of the fifth does not count."""
    day = world.session("TT-001", 4).ends_at + timedelta(days=1)
    again = Sitting.objects.create(
        cohort=world.cohorts["TT-001"], blueprint=blueprint, kind="resit", opens_at=day,
        closes_at=day + timedelta(hours=1), state="closed",
    )  # fmt: skip
    for number, mark, state in ((3, 60, "scored"), (4, 90, "void")):
        Attempt.objects.create(
            sitting=again, placement=world.placements["TT-001"][number], seed=2, paper=[], paper_code="102",
            state=state, right=6, mark=mark, submitted_at=day,
        )  # fmt: skip


def _attest(world: World) -> None:
    cohort = world.cohorts["TT-001"]
    sheet = MarkSheet.objects.create(
        cohort=cohort, version=1, rows=[], sha256="0" * 64, first_examiner="A", second_examiner="B",
        confirmed_at=clock.now(),
    )  # fmt: skip
    decision = Recognition.objects.create(cohort=cohort, sheet=sheet, state="issued", number="1/QĐ-ĐHQN")
    verdicts = ["eligible", "eligible", "refused", "refused", "open", "eligible"]
    reasons = [[], [], ["presence.short", "test.low"], ["presence.short"], ["presence.pending"], []]
    for number, (place, verdict, why) in enumerate(
        zip(world.placements["TT-001"], verdicts, reasons, strict=True), start=1
    ):
        EligibilityFinding.objects.create(placement=place, verdict=verdict, reasons=why, found_at=clock.now())
        if verdict == "eligible" and number != 6:
            Attestation.objects.create(
                recognition=decision, placement=place, person=place.person, number=f"GCN-{number}",
                register_number=number, code=f"CODE-{number}", payload={}, sha256="0" * 64, seal="x",
                issued_at=clock.now(), state="issued" if number == 1 else "revoked",
            )  # fmt: skip

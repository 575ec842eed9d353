"""Examples of the addresses of attestations."""

from datetime import date, timedelta
from typing import Any

from hocvu.attestations import api
from hocvu.attestations.models import Attestation, Correction, MarkSheet, Recognition
from hocvu.kernel import clock
from hocvu.kernel.actor import Role

from ..attestations.build import teach
from ..world import World
from .example import Example, Examples, seen_by_all

RUNS = (Role.OFFICE, Role.MANAGER)
READS = frozenset({Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD})
ENDS = {"TT-002": date(2025, 6, 18), "TT-003": date(2025, 6, 24)}


def _issue(world: World, code: str) -> list[Attestation]:
    """Let a class end with everything done, and issue it the day after."""
    api.ensure_demo_key()
    teach(world, code)
    moment = clock.at(ENDS[code] + timedelta(days=1), 9)
    clock.set_source(lambda: moment)
    actor, cohort = world.actor(Role.OFFICE), world.cohorts[code]
    api.confirm_mark_sheet(
        actor=actor, cohort_id=cohort.pk, first_examiner="Phan Quốc Bảo", second_examiner="Mai Thị Đào"
    )
    api.number_recognition(
        actor=actor, cohort_id=cohort.pk, number=f"{code}/QĐ-ĐHQN", decided_on=moment.date(),
        signer_name="Trần Thị Ví Dụ", signer_title="Hiệu trưởng",
    )  # fmt: skip
    api.issue(actor=actor, cohort_id=cohort.pk)
    rows = Attestation.objects.filter(recognition__cohort=cohort)
    return list(rows.order_by("placement__number"))


def _class(world: World, *scoped: Role) -> Example:
    return seen_by_all({"uuid": world.cohorts["TT-001"].uuid}, *scoped)


def _paper(world: World, model: Any) -> Example:
    _issue(world, "TT-002")
    return seen_by_all({"uuid": model.objects.get().uuid, "kind": "docx"}, *RUNS)


def _entry(world: World) -> Example:
    own, mate = _issue(world, "TT-002")[:2]
    other = _issue(world, "TT-003")[0]
    return Example({"uuid": own.uuid}, {"uuid": other.uuid}, READS, {"uuid": mate.uuid})


def _place(world: World) -> Example:
    own, mate = ({"uuid": place.uuid} for place in world.placements["TT-002"][:2])
    return Example(own, {"uuid": world.placements["TT-003"][0].uuid}, READS, mate)


def _revoke(world: World) -> Example:
    return seen_by_all({"uuid": _issue(world, "TT-002")[0].uuid}, *RUNS)


def _correction(world: World) -> Example:
    made = Correction.objects.create(
        placement=world.placements["TT-002"][0], field="full_name", wanted="Võ Minh Quí", asked_at=clock.now()
    )
    return seen_by_all({"uuid": made.uuid}, *RUNS)


def _code(world: World) -> Example:
    code = _issue(world, "TT-002")[0].code
    return Example({"code": code}, {"code": "AAAA-AAAA-AAAA"}, frozenset({Role.TRAINEE}))


BY_ALL = ("class", "find", "progress", "files", "class_zip")
BY_OFFICE = ("sheet", "number", "issue", "pause")
EXAMPLES: Examples = (
    {f"attestations:{page}": lambda world: _class(world, *RUNS) for page in BY_ALL}
    | {f"attestations:{page}": lambda world: _class(world, Role.OFFICE) for page in BY_OFFICE}
    | {
        "attestations:verify_code": _code,
        "attestations:verify_code_slashed": _code,
        "attestations:sheet_file": lambda world: _paper(world, MarkSheet),
        "attestations:decision_file": lambda world: _paper(world, Recognition),
        "attestations:eligibility": _place,
        "attestations:attestation": _entry,
        "attestations:file": _entry,
        "attestations:revoke": _revoke,
        "attestations:correction": _correction,
        "web:rest:attestation": _code,
    }
)

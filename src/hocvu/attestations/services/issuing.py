"""Issue: give those on a numbered decision their place in the register, sealed, once and for all."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.digests import digest
from hocvu.kernel.errors import Refused
from hocvu.kernel.ids import random_code
from hocvu.ledger.api import record
from hocvu.planning.models import Placement

from ..domain.eligibility import Verdict
from ..models import Attestation, Correction, EligibilityFinding, Recognition
from ..queries.printed import ClassFrame, class_frame, payload
from ..rules import can_issue, hold
from ..signing.keys import issuer_key
from ..types import IssueCounts
from .eligibility import judge, keep

BATCH = 100  # rows in one transaction
CODE_LETTERS = 17  # 82 random bits


def issue(*, actor: Actor, cohort_id: int) -> IssueCounts:
    """Issue what the class's numbered decision covers, in batches of a hundred; return what was done.

    Verdicts are found anew first: who lost the right since is left out, who has a correction undecided waits.
    Asked again it goes on where it stopped and never issues twice. Refuses without a numbered decision
    (``attestations.not_numbered``) or without an issuer's key.
    """
    hold(can_issue(actor))
    begin(actor=actor, cohort_id=cohort_id)
    total = IssueCounts()
    while True:
        step = issue_batch(actor=actor, cohort_id=cohort_id)
        total = IssueCounts(
            issued=total.issued + step.issued, already=step.already - total.issued - step.issued,
            lapsed=step.lapsed, blocked=step.blocked, waiting=step.waiting,
        )  # fmt: skip
        if step.finished:
            return total


@transaction.atomic
def begin(*, actor: Actor, cohort_id: int) -> Recognition:
    """Mark the class's latest numbered decision as being issued, or say why that cannot be."""
    hold(can_issue(actor))
    issuer_key()
    decision = _latest(cohort_id, lock=True)
    if decision is None or not decision.number:
        raise Refused("attestations.not_numbered")
    if decision.state == Recognition.State.NUMBERED:
        decision.state = Recognition.State.ISSUING
        decision.save(update_fields=["state"])
    return decision


@transaction.atomic
def pause(*, actor: Actor, cohort_id: int) -> None:
    """Stop after the batch under way; issuing again goes on from there."""
    hold(can_issue(actor))
    decision = _latest(cohort_id, lock=True)
    if decision is None or decision.state != Recognition.State.ISSUING:
        raise Refused("attestations.not_issuing")
    decision.state = Recognition.State.NUMBERED
    decision.save(update_fields=["state"])
    record(actor=actor, action="attestations.issue_paused", object_type="recognition", object_key=decision.uuid)


@transaction.atomic
def issue_batch(*, actor: Actor, cohort_id: int) -> IssueCounts:
    """Issue up to a hundred attestations of the decision being issued; ``finished`` when none is left."""
    decision = _latest(cohort_id, lock=True)
    if decision is None or decision.state not in {Recognition.State.ISSUING, Recognition.State.ISSUED}:
        raise Refused("attestations.not_issuing")
    rows = {row["placement_id"]: row for row in decision.sheet.rows if row["recognised"]}
    held = set(Attestation.objects.filter(placement_id__in=rows).values_list("placement_id", flat=True))
    left = [pk for pk in rows if pk not in held]
    verdicts = _verdicts(decision, left)
    asked = Correction.objects.filter(placement_id__in=left, state=Correction.State.ASKED)
    blocked = set(asked.values_list("placement_id", flat=True))
    ready = [pk for pk in left if verdicts[pk] is Verdict.ELIGIBLE and pk not in blocked]
    made = _enter(actor, decision, ready[:BATCH], rows) if ready else []
    lapsed = sum(verdicts[pk] is not Verdict.ELIGIBLE for pk in left)
    finished = len(ready) <= BATCH
    counts = IssueCounts(
        issued=len(made), already=len(held) + len(made), lapsed=lapsed, blocked=len(blocked),
        waiting=_waiting(decision, rows), finished=finished,
    )  # fmt: skip
    _progress(decision, counts)
    return counts


def _latest(cohort_id: int, *, lock: bool = False) -> Recognition | None:
    rows = Recognition.objects.filter(cohort_id=cohort_id).order_by("-ordinal")
    if lock:
        rows = rows.select_for_update(of=("self",))
    return rows.select_related("cohort__plan__campaign", "sheet").exclude(number="").first()


def _verdicts(decision: Recognition, placement_ids: Sequence[int]) -> dict[int, Verdict]:
    if not placement_ids:
        return {}
    findings = judge(decision.cohort, placement_ids)
    keep(findings)
    return {pk: one.verdict for pk, one in findings.items()}


def _enter(
    actor: Actor, decision: Recognition, placement_ids: Sequence[int], rows: dict[int, dict[str, Any]]
) -> list[Attestation]:
    """Write the next lines of the register, in the order of the class list."""
    frame, key, moment = class_frame(decision), issuer_key(), clock.now()
    places = Placement.objects.filter(pk__in=placement_ids).select_related("person", "organisation")
    first = _next_register_number()
    made = []
    for offset, place in enumerate(places.order_by("number")):
        register_number, code = first + offset, random_code(CODE_LETTERS)
        number = number_of(frame, decision, register_number)
        fields = payload(frame, place, rows[place.pk], register_number=register_number, number=number, code=code)
        sha256 = digest(fields)
        made.append(
            Attestation(
                recognition=decision, placement=place, person=place.person, number=number,
                register_number=register_number, code=code, payload=fields, sha256=sha256,
                seal=key.seal(sha256), issued_at=moment,
            )
        )  # fmt: skip
    Attestation.objects.bulk_create(made)
    record(
        actor=actor,
        action="attestations.issued",
        object_type="recognition",
        object_key=decision.uuid,
        data={"class": decision.cohort.code, "first": first, "last": first + len(made) - 1},
        rows=[[one.register_number, one.sha256] for one in made],
    )
    return made


def _next_register_number() -> int:
    """Return the number after the last; one writer at a time, so that there are no gaps."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7406)")
    last = Attestation.objects.aggregate(last=Max("register_number"))["last"]
    return (last or 0) + 1


def number_of(frame: ClassFrame, decision: Recognition, register_number: int) -> str:
    """Return the attestation's own number by the campaign's pattern (``{register}``, ``{year}``, ``{class}``)."""
    year = decision.decided_on.year if decision.decided_on else 0
    try:
        shown = frame.pattern.format(register=register_number, year=year, **{"class": decision.cohort.code})
    except (KeyError, IndexError, ValueError) as trouble:
        raise Refused("attestations.number_pattern", pattern=frame.pattern) from trouble
    return shown[:40]


def _waiting(decision: Recognition, rows: dict[int, dict[str, Any]]) -> int:
    """Count those of the class eligible by the latest verdict, with neither attestation nor decision."""
    eligible = EligibilityFinding.objects.filter(
        placement__cohort_id=decision.cohort_id, verdict=Verdict.ELIGIBLE.value
    ).exclude(placement_id__in=rows)
    held = Attestation.objects.filter(placement__cohort_id=decision.cohort_id).values("placement_id")
    return eligible.exclude(placement_id__in=held).count()


def _progress(decision: Recognition, counts: IssueCounts) -> None:
    decision.issued_count = Attestation.objects.filter(recognition=decision).count()
    decision.refused_count = sum(row["verdict"] == Verdict.REFUSED.value for row in decision.sheet.rows)
    if counts.finished and counts.blocked:
        decision.state = Recognition.State.NUMBERED  # to be issued again when the corrections are decided
    elif counts.finished:
        decision.state = Recognition.State.ISSUED
        decision.issued_at = decision.issued_at or clock.now()
    decision.save(update_fields=["issued_count", "refused_count", "state", "issued_at"])

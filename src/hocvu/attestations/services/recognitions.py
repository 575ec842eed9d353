"""The papers before issuing: the mark sheet of a class and the decision that recognises its results."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.digests import digest
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean, mark_in_words
from hocvu.ledger.api import record
from hocvu.planning.models import Cohort, Placement

from ..domain import words
from ..domain.eligibility import Finding, Verdict
from ..models import Attestation, MarkSheet, Recognition
from ..queries.evidence import class_ended
from ..rules import can_issue, hold
from .eligibility import cohort_of, judge, keep


@transaction.atomic
def confirm_mark_sheet(*, actor: Actor, cohort_id: int, first_examiner: str, second_examiner: str) -> MarkSheet:
    """Freeze the marks of a class as two examiners confirm them, and open the decision on those now eligible.

    Verdicts are found anew. A sheet confirmed again before the decision has its number replaces the one the
    decision stands on; after that it opens a further decision for those eligible since. Refuses before the
    class is over (``attestations.class_not_over``) and without two different examiners.
    """
    hold(can_issue(actor))
    first, second = clean(first_examiner), clean(second_examiner)
    if not first or not second or first.lower() == second.lower():
        raise Refused("attestations.two_examiners")
    cohort = cohort_of(cohort_id)
    _lock(cohort)
    if not class_ended(cohort):
        raise Refused("attestations.class_not_over", cohort=cohort.code)
    rows = _rows(cohort)
    last = MarkSheet.objects.filter(cohort=cohort).aggregate(last=Max("version"))["last"] or 0
    sheet = MarkSheet.objects.create(
        cohort=cohort, version=last + 1, rows=rows, sha256=digest(rows),
        first_examiner=first[:160], second_examiner=second[:160], confirmed_at=clock.now(),
    )  # fmt: skip
    if any(row["recognised"] for row in rows):
        _open_decision(cohort, sheet)
    record(
        actor=actor,
        action="attestations.mark_sheet_confirmed",
        object_type="cohort",
        object_key=cohort.uuid,
        data={"class": cohort.code, "version": sheet.version, "sha256": sheet.sha256},
        rows=rows,
    )
    return sheet


def _lock(cohort: Cohort) -> None:
    # Two clerks on one class: the second waits, then sees what the first did.
    Cohort.objects.select_for_update().get(pk=cohort.pk)


def _rows(cohort: Cohort) -> list[dict[str, Any]]:
    places = list(Placement.objects.filter(cohort=cohort).select_related("person", "organisation").order_by("number"))
    findings = judge(cohort, [place.pk for place in places])
    keep(findings)
    held = set(Attestation.objects.filter(placement__cohort=cohort).values_list("placement_id", flat=True))
    return [sheet_row(place, findings[place.pk], attested=place.pk in held) for place in places]


def sheet_row(place: Placement, finding: Finding, *, attested: bool) -> dict[str, Any]:
    """Return one line of the mark sheet; ``recognised`` marks whom the decision opened by it covers."""
    evidence = {one.condition: one.evidence for one in finding.conditions}
    mark, work = evidence["test"]["mark"], evidence["assignment"]["mark"]
    eligible = finding.verdict is Verdict.ELIGIBLE
    return {
        "placement_id": place.pk,
        "number": place.number,
        "name": place.person.full_name,
        "birth": words.birth(place.person.birth_date, place.person.birth_year),
        "organisation": place.organisation.name_vi,
        "assignment": work,
        "mark": mark,
        "mark_words": "" if mark is None else mark_in_words(mark),
        "band": dict(words.band(mark)) if eligible and mark is not None else {},
        "credit": evidence["presence"]["credit"],
        "verdict": finding.verdict.value,
        "reasons": list(finding.reasons),
        "recognised": eligible and not attested,
        "attested": attested,
    }


def _open_decision(cohort: Cohort, sheet: MarkSheet) -> None:
    latest = Recognition.objects.filter(cohort=cohort).order_by("-ordinal").first()
    if latest and latest.state == Recognition.State.DRAFT:
        latest.sheet = sheet
        latest.save(update_fields=["sheet"])
    elif latest and latest.state != Recognition.State.ISSUED:
        raise Refused("attestations.decision_under_way", number=latest.number)
    else:
        ordinal = latest.ordinal + 1 if latest else 1
        Recognition.objects.create(cohort=cohort, ordinal=ordinal, sheet=sheet)


@transaction.atomic
def number_recognition(
    *, actor: Actor, cohort_id: int, number: str, decided_on: date, signer_name: str, signer_title: str
) -> Recognition:
    """Enter the number, day and signer that the registry office gave to the class's open decision.

    Refuses without an open decision, an empty field, a day before the class ended or to come, or a number
    already given to another decision of the same year.
    """
    hold(can_issue(actor))
    cohort = cohort_of(cohort_id)
    _lock(cohort)
    decision = Recognition.objects.filter(cohort=cohort, state=Recognition.State.DRAFT).first()
    if decision is None:
        raise Refused("attestations.no_open_decision", cohort=cohort.code)
    shown = [clean(text) for text in (number, signer_name, signer_title)]
    if not all(shown):
        raise Refused("attestations.registry_fields")
    if not cohort.ends_on <= decided_on <= clock.today():
        raise Refused("attestations.decision_day", ended=words.day(cohort.ends_on))
    if Recognition.objects.filter(number=shown[0], decided_on__year=decided_on.year).exists():
        raise Refused("attestations.number_taken", number=shown[0])
    decision.number, decision.signer_name, decision.signer_title = shown[0][:60], shown[1][:120], shown[2][:160]
    decision.decided_on, decision.numbered_by = decided_on, actor.label[:160]
    decision.state = Recognition.State.NUMBERED
    decision.save()
    record(
        actor=actor,
        action="attestations.recognition_numbered",
        object_type="recognition",
        object_key=decision.uuid,
        data={"class": cohort.code, "number": decision.number, "on": decided_on.isoformat()},
    )
    return decision

"""The tables of a report's annex, frozen with it: by class, by agency."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Count

from hocvu.attestations.models import Attestation, EligibilityFinding
from hocvu.people.models import Organisation
from hocvu.planning.api import published_plan
from hocvu.planning.models import Cohort, Placement

from .marks import tests_by
from .presence import presence_by


def tables_of(campaign_id: int, until: datetime) -> dict[str, list[dict[str, Any]]]:
    """Return the rows by class and by agency; people in neither are in no table."""
    plan = published_plan(campaign_id)
    if plan is None:
        return {"classes": [], "agencies": []}
    return {"classes": _classes(plan.pk, until), "agencies": _agencies(plan.pk, until)}


def _classes(plan_id: int, until: datetime) -> list[dict[str, Any]]:
    cohorts = list(
        Cohort.objects.filter(plan_id=plan_id).order_by("code").values("pk", "code", "mode", "starts_on", "ends_on")
    )
    sums = figures_by("cohort_id", [c["pk"] for c in cohorts], until)
    return [
        {
            "code": c["code"],
            "mode": c["mode"],
            "starts_on": c["starts_on"].isoformat(),
            "ends_on": c["ends_on"].isoformat(),
        }
        | sums[c["pk"]]
        for c in cohorts
    ]


def _agencies(plan_id: int, until: datetime) -> list[dict[str, Any]]:
    here = Placement.objects.filter(plan_id=plan_id).values("organisation_id")
    bodies = list(Organisation.objects.filter(pk__in=here).order_by("sort_key", "pk").values("pk", "code", "name_vi"))
    sums = figures_by("organisation_id", [b["pk"] for b in bodies], until)
    return [{"code": b["code"], "name": b["name_vi"]} | sums[b["pk"]] for b in bodies]


def figures_by(field: str, ids: list[int], until: datetime) -> dict[int, dict[str, Any]]:
    """Return people, entries, tests and attestations of classes (``cohort_id``) or ``organisation_id``; six queries."""
    place = f"placement__{field}"
    people: dict[Any, int] = dict(
        Placement.objects.filter(**{f"{field}__in": ids}, plan__state="published")
        .order_by()
        .values_list(field)
        .annotate(n=Count("pk"))
    )
    came = presence_by(field, ids, until)
    tests = tests_by(field, ids, until)
    issued: Counter[Any] = Counter()
    revoked: Counter[Any] = Counter()
    register = Attestation.objects.filter(**{f"{place}__in": ids}, issued_at__lte=until).order_by()
    for key, state, number in register.values_list(place, "state").annotate(n=Count("pk")):
        issued[key] += number
        revoked[key] += number if state == Attestation.State.REVOKED else 0
    refused: Counter[Any] = Counter()
    verdicts = EligibilityFinding.objects.filter(**{f"{place}__in": ids}, verdict="refused").order_by()
    refused.update(dict(verdicts.values_list(place).annotate(n=Count("pk"))))
    found = {}
    for pk in ids:
        presence = came.get(pk)
        tested, passed, total = tests.get(pk, (0, 0, 0))
        found[pk] = {
            "people": people.get(pk, 0),
            "entries": presence.entries if presence else 0,
            "came": presence.came if presence else 0,
            "late": presence.late if presence else 0,
            "absent": presence.absent if presence else 0,
            "excused": presence.excused if presence else 0,
            "tested": tested,
            "passed": passed,
            "mean": round(total / tested / 10, 2) if tested else None,
            "issued": issued[pk],
            "revoked": revoked[pk],
            "refused": refused[pk],
        }
    return found

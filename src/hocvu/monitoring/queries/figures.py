"""Count a campaign: a few grouped queries whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q

from hocvu.assessment.models import Sitting
from hocvu.attestations.models import Attestation, EligibilityFinding
from hocvu.campaigns.api import target_groups
from hocvu.campaigns.models import Campaign
from hocvu.delivery.models import MakeUp
from hocvu.enrolment.models import AgencyList, Nomination
from hocvu.evaluation.api import forms_progress
from hocvu.kernel import clock
from hocvu.ledger.api import latest_lines
from hocvu.people.models import Organisation
from hocvu.planning.api import published_plan
from hocvu.planning.models import Cohort, Placement

from ..models import Difficulty
from ..types import DayFigures, Figures, FormFigures, GroupFigures, ModeFigures, Presence
from .marks import TestSums, count_tests
from .presence import SessionCount, count_sessions, presence_by, presence_by_group, sum_presence

MODES = ("in_person", "online")
FRESH_SECONDS = 60
KEPT_SECONDS = 600


def campaign_figures(campaign_id: int, until: datetime | None = None) -> Figures:
    """Return every figure of a campaign up to ``until`` (default: now); about twenty grouped queries."""
    moment = until or clock.now()
    campaign = Campaign.objects.get(pk=campaign_id)
    plan = published_plan(campaign_id)
    plan_id = plan.pk if plan else 0
    sessions = count_sessions(plan_id, moment)
    tests = count_tests(plan_id, moment)
    verdicts = _verdicts(plan_id)
    people = _people(campaign_id, plan_id)
    issued = _issued(plan_id, moment)
    groups = _groups(campaign_id, people, tests, verdicts, issued, presence_by_group(plan_id, moment))
    held = [one for one in sessions if one.held]
    closed = [one for one in sessions if one.closed]
    waiting = _waiting(campaign_id)
    return Figures(
        campaign_id=campaign_id,
        until=moment,
        planned=sum(g.planned for g in groups),
        nominated=sum(g.nominated for g in groups),
        placed=sum(g.placed for g in groups),
        modes=tuple(_mode(mode, campaign, plan_id, groups, sessions) for mode in MODES),
        groups=tuple(groups),
        days=tuple(_days(sessions, tests)),
        lists=_counted(AgencyList.objects.filter(campaign_id=campaign_id), "state", AgencyList.State.values),
        sessions_planned=len(sessions),
        sessions_held=len(held),
        sessions_closed=len(closed),
        presence=sum_presence(one.presence for one in sessions),
        sittings=_counted(Sitting.objects.filter(cohort__plan_id=plan_id), "state", Sitting.State.values),
        tested=tests.tested,
        passed=tests.passed,
        marks=tuple(tests.marks),
        mark_mean=tests.mean,
        issued=sum(issued.issued.values()),
        revoked=issued.revoked,
        eligible=verdicts.totals["eligible"],
        refused=verdicts.totals["refused"],
        open=verdicts.totals["open"],
        refused_by_reason=dict(verdicts.reasons["refused"].most_common()),
        open_by_reason=dict(verdicts.reasons["open"].most_common()),
        difficulties=_counted(
            Difficulty.objects.filter(campaign_id=campaign_id, reported_at__lte=moment),
            "state",
            Difficulty.State.values,
        ),
        difficulties_waiting_by_level=waiting,
        difficulties_late=_late(campaign_id),
        make_ups=_counted(MakeUp.objects.filter(missed__cohort__plan_id=plan_id), "state", MakeUp.State.values),
        forms=tuple(
            FormFigures(f.kind, f.month, f.sent, f.answered, f.invalid) for f in forms_progress(campaign_id, moment)
        ),
    )


@dataclass(frozen=True, slots=True)
class WeakAgency:
    """An agency of which fewest came."""

    uuid: UUID
    name: dict[str, str]
    presence: Presence


@dataclass(frozen=True, slots=True)
class Counted:
    """Figures with the moment they were counted and the agencies of which fewest came."""

    figures: Figures
    at: datetime
    weakest: tuple[WeakAgency, ...]


def recent_figures(campaign_id: int, *, fresh: bool = False) -> Counted:
    """Return the figures of now; counted again when they are a minute old and something was written since.

    The head of the ledger says whether anything was written. ``fresh`` counts again at once.
    """
    now = clock.now()
    head = latest_lines().values_list("hash", flat=True).first() or ""
    key = f"monitoring-figures-{Campaign.objects.values_list('uuid', flat=True).get(pk=campaign_id)}"
    held: tuple[str, Counted] | None = None if fresh else cache.get(key)
    if held is not None:
        age = abs((now - held[1].at).total_seconds())  # a rehearsal's clock may leap either way
        if age < FRESH_SECONDS or (held[0] == head and age < KEPT_SECONDS):
            return held[1]
    found = Counted(campaign_figures(campaign_id, now), now, _weakest(campaign_id, now))
    cache.set(key, (head, found), KEPT_SECONDS)
    return found


def _weakest(campaign_id: int, until: datetime, number: int = 5, least: int = 8) -> tuple[WeakAgency, ...]:
    """Return the agencies with the lowest presence among those with at least ``least`` entries."""
    plan = published_plan(campaign_id)
    if plan is None:
        return ()
    placed = Placement.objects.filter(plan=plan).order_by().values_list("organisation_id", flat=True).distinct()
    rows = presence_by("organisation_id", placed, until)
    low = sorted((p.came / p.entries, pk) for pk, p in rows.items() if p.entries >= least and p.came < p.entries)[
        :number
    ]
    bodies = Organisation.objects.in_bulk([pk for _, pk in low])
    return tuple(WeakAgency(bodies[pk].uuid, bodies[pk].name, rows[pk]) for _, pk in low)


def status_figures(campaign_id: int) -> dict[str, Any]:
    """Return planned and actual counts under stable keys, for ``./run status --json``."""
    found = campaign_figures(campaign_id)
    return {
        "until": found.until.isoformat(),
        "people": {m.mode: {"planned": m.planned, "nominated": m.nominated, "placed": m.placed} for m in found.modes}
        | {"all": {"planned": found.planned, "nominated": found.nominated, "placed": found.placed}},
        "groups": {
            g.code: {"planned": g.planned, "nominated": g.nominated, "placed": g.placed, "attested": g.attested}
            for g in found.groups
        },
        "cohorts": {
            m.mode: {
                "planned": m.classes_planned,
                "made": m.classes_made,
                "begun": m.classes_begun,
                "done": m.classes_done,
            }
            for m in found.modes
        },
        "sessions": {
            "planned": found.sessions_planned,
            "held": found.sessions_held,
            "closed": found.sessions_closed,
        },
        "presences": {
            "entries": found.presence.entries,
            "present": found.presence.present,
            "late": found.presence.late,
            "absent": found.presence.absent,
            "excused": found.presence.excused,
            "made_up": found.presence.made_up,
        },
        "sittings": dict(found.sittings),
        "tests": {
            "tested": found.tested,
            "passed": found.passed,
            "mean": found.mark_mean,
            "marks": list(found.marks),
        },
        "attestations": {
            "issued": found.issued,
            "revoked": found.revoked,
            "eligible": found.eligible,
            "refused": found.refused,
            "open": found.open,
            "refused_by_reason": dict(found.refused_by_reason),
            "open_by_reason": dict(found.open_by_reason),
        },
        "difficulties": dict(found.difficulties) | {"late": found.difficulties_late},
        "forms": [
            {"kind": f.kind, "month": f.month, "sent": f.sent, "answered": f.answered, "invalid": f.invalid}
            for f in found.forms
        ],
    }


def _counted(rows: Any, name: str, values: list[str]) -> dict[str, int]:
    found = dict(rows.order_by().values_list(name).annotate(n=Count("pk")))
    return {value: found.get(value, 0) for value in values}


@dataclass(slots=True)
class _People:
    nominated: Counter[str] = field(default_factory=Counter)
    approved: Counter[str] = field(default_factory=Counter)
    placed: Counter[str] = field(default_factory=Counter)


def _people(campaign_id: int, plan_id: int) -> _People:
    found = _People()
    live = Nomination.objects.filter(campaign_id=campaign_id, state__in=["named", "approved"])
    codes = {g.pk: g.code for g in target_groups(campaign_id)}
    for group, state, number in live.order_by().values_list("target_group_id", "state").annotate(n=Count("pk")):
        found.nominated[codes[group]] += number
        if state == Nomination.State.APPROVED:
            found.approved[codes[group]] += number
    placed = Placement.objects.filter(plan_id=plan_id).order_by()
    found.placed.update(dict(placed.values_list("group_code").annotate(n=Count("pk"))))
    return found


@dataclass(slots=True)
class _Verdicts:
    totals: Counter[str] = field(default_factory=Counter)
    reasons: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_group: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def _verdicts(plan_id: int) -> _Verdicts:
    """Count verdicts; a refusal counts once, under its gravest reason."""
    found = _Verdicts()
    rows = EligibilityFinding.objects.filter(placement__plan_id=plan_id).order_by()
    for verdict, reasons, group, number in rows.values_list("verdict", "reasons", "placement__group_code").annotate(
        n=Count("pk")
    ):
        found.totals[verdict] += number
        found.by_group[group][verdict] += number
        if reasons:
            found.reasons[verdict][reasons[0]] += number
    return found


@dataclass(slots=True)
class _Issued:
    issued: Counter[str] = field(default_factory=Counter)
    revoked: int = 0


def _issued(plan_id: int, until: datetime) -> _Issued:
    """Count the register by group; ``issued`` counts every entry, also those revoked later."""
    found = _Issued()
    rows = Attestation.objects.filter(placement__plan_id=plan_id, issued_at__lte=until).order_by()
    for group, state, number in rows.values_list("placement__group_code", "state").annotate(n=Count("pk")):
        found.issued[group] += number
        if state == Attestation.State.REVOKED:
            found.revoked += number
    return found


def _groups(
    campaign_id: int,
    people: _People,
    tests: TestSums,
    verdicts: _Verdicts,
    issued: _Issued,
    presence: Mapping[str, Presence],
) -> list[GroupFigures]:
    return [
        GroupFigures(
            code=g.code,
            name=g.name,
            mode=g.mode,
            planned=g.quota,
            nominated=people.nominated[g.code],
            approved=people.approved[g.code],
            placed=people.placed[g.code],
            presence=presence.get(g.code, Presence()),
            tested=tests.tested_by_group[g.code],
            passed=tests.passed_by_group[g.code],
            attested=issued.issued[g.code],
            refused=verdicts.by_group[g.code]["refused"],
            open=verdicts.by_group[g.code]["open"],
        )
        for g in target_groups(campaign_id)
    ]


def _mode(
    mode: str, campaign: Campaign, plan_id: int, groups: list[GroupFigures], sessions: list[SessionCount]
) -> ModeFigures:
    mine = [g for g in groups if g.mode == mode]
    classes = Cohort.objects.filter(plan_id=plan_id, mode=mode).count()
    here = [one for one in sessions if one.mode == mode]
    over = Counter(one.cohort_id for one in here if one.over)
    sizes = Counter(one.cohort_id for one in here)
    published = campaign.facts.get(f"classes_{mode}", {})
    return ModeFigures(
        mode=mode,
        planned=sum(g.planned for g in mine),
        nominated=sum(g.nominated for g in mine),
        placed=sum(g.placed for g in mine),
        classes_planned=int(published.get("value") or classes),
        classes_made=classes,
        classes_begun=len({one.cohort_id for one in here if one.begun}),
        classes_done=sum(over[cohort] == number for cohort, number in sizes.items()),
        presence=sum_presence(one.presence for one in here),
    )


def _days(sessions: list[SessionCount], tests: TestSums) -> list[DayFigures]:
    by_day: dict[date, list[SessionCount]] = defaultdict(list)
    for one in sessions:
        by_day[one.day].append(one)
    return [
        DayFigures(
            day=day,
            sessions=len(mine),
            held=sum(one.held for one in mine),
            closed=sum(one.closed for one in mine),
            presence=sum_presence(one.presence for one in mine),
            tested=tests.tested_by_day[day],
            passed=tests.passed_by_day[day],
        )
        for day, mine in sorted(by_day.items())
    ]


def _waiting(campaign_id: int) -> dict[str, int]:
    rows = Difficulty.objects.filter(campaign_id=campaign_id, state__in=["open", "proposed"]).order_by()
    found = dict(rows.values_list("level").annotate(n=Count("pk")))
    return {str(level): found.get(level, 0) for level in (1, 2, 3)}


def _late(campaign_id: int) -> int:
    waiting = Q(state__in=["open", "proposed"], due_at__lt=clock.now())
    return Difficulty.objects.filter(waiting, campaign_id=campaign_id).count()

"""Reasons for absences, and what is decided. A granted reason never adds credit: the half-day is made up."""

from collections.abc import Collection, Sequence

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record
from hocvu.planning.models import Placement

from ..models import Excuse
from ..queries.sessions import half_days
from ..rules import can_run_cohorts, can_speak_for, must
from ..types import ExcuseRow
from .register import lock_sessions, recompute

CATEGORIES = ("sick", "duty", "family", "other")


def ask_excuse(*, actor: Actor, placement_id: int, session_id: int, category: str, reason: str = "") -> Excuse:
    """Ask that an absence be excused; asking again replaces a request not decided yet."""
    row = ExcuseRow(placement_id, session_id, category, reason)
    ask_excuses(actor=actor, rows=[row])
    return Excuse.objects.get(placement_id=placement_id, session_id=session_id)


@transaction.atomic
def ask_excuses(*, actor: Actor, rows: Sequence[ExcuseRow]) -> int:
    """Ask for many at once; return how many. Refuses half-days that are not the person's, and decided ones."""
    must(can_speak_for(actor, [row.placement_id for row in rows]))
    _check(rows)
    decided = Excuse.objects.filter(
        session_id__in=[r.session_id for r in rows], placement_id__in=[r.placement_id for r in rows]
    ).exclude(state=Excuse.State.ASKED)
    wanted = {(r.placement_id, r.session_id) for r in rows}
    if wanted & set(decided.values_list("placement_id", "session_id")):
        raise Refused("delivery.excuse_decided")
    Excuse.objects.bulk_create(
        [
            Excuse(
                placement_id=row.placement_id,
                session_id=row.session_id,
                category=row.category,
                reason=clean(row.reason)[:300],
                asked_at=clock.now(),
                asked_by=actor.label[:160],
            )
            for row in rows
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["placement", "session"],
        update_fields=["category", "reason", "asked_at", "asked_by"],
    )
    record(
        actor=actor,
        action="delivery.ask_excuse",
        object_type="placement",
        object_key=rows[0].placement_id if len(rows) == 1 else "",
        rows=[(r.placement_id, r.session_id, r.category) for r in rows],
    )
    return len(rows)


def decide_excuse(*, actor: Actor, excuse_id: int, grant: bool) -> None:
    """Grant or refuse one excuse."""
    decide_excuses(actor=actor, excuse_ids=[excuse_id], grant=grant)


@transaction.atomic
def decide_excuses(*, actor: Actor, excuse_ids: Collection[int], grant: bool) -> int:
    """Grant or refuse excuses (those who run the class); a decision may be changed; return how many."""
    found = list(Excuse.objects.filter(pk__in=excuse_ids).select_related("placement"))
    if len(found) != len(set(excuse_ids)):
        raise Refused("delivery.no_excuse")
    must(can_run_cohorts(actor, {e.placement.cohort_id for e in found}))
    lock_sessions({e.session_id for e in found})
    for excuse in found:
        excuse.state = Excuse.State.GRANTED if grant else Excuse.State.REFUSED
        excuse.decided_at = clock.now()
        excuse.decided_by = actor.label[:160]
    Excuse.objects.bulk_update(found, ["state", "decided_at", "decided_by"], batch_size=200)
    if found:
        recompute(half_days({e.session_id for e in found}), {e.placement_id for e in found})
    record(
        actor=actor,
        action="delivery.decide_excuse",
        object_type="excuse",
        object_key=found[0].pk if len(found) == 1 else "",
        data={"grant": grant},
        rows=sorted(e.pk for e in found),
    )
    return len(found)


def _check(rows: Sequence[ExcuseRow]) -> None:
    cohort_of = dict(Placement.objects.filter(pk__in={r.placement_id for r in rows}).values_list("pk", "cohort_id"))
    session_in = {s.id: s.cohort_id for s in half_days({r.session_id for r in rows})}
    for row in rows:
        if row.category not in CATEGORIES:
            raise Refused("delivery.excuse_category")
        if row.placement_id not in cohort_of or cohort_of[row.placement_id] != session_in.get(row.session_id):
            raise Refused("delivery.not_their_half_day")

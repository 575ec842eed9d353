"""A second chance: who may have one by the rule in force, and the sitting it happens in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record
from hocvu.planning.models import Cohort, Placement
from hocvu.post.api import Draft, write_letters

from ..domain.marks import RUNNING
from ..domain.timing import TURN
from ..models import Attempt, Sitting
from ..queries.bank import blueprint_of
from ..queries.results import best_marks, resits_allowed
from .papers import draw_papers, met_items


@transaction.atomic
def plan_resit(
    *,
    actor: Actor,
    placement_ids: Iterable[int],
    opens_at: datetime,
    cohort_id: int | None = None,
    closes_at: datetime | None = None,
) -> Sitting:
    """Plan a resit for people who failed or were absent: other papers, a letter to each.

    It is held in the room of ``cohort_id``, else of the class most of them come from; without ``closes_at``
    it lasts 45 minutes. Raises ``assessment.resit_none``, ``….resit_in_past``, ``….resit_not_due`` (who has
    passed, or whose test is still to come), ``….resit_used`` (the rule grants no further one).
    """
    placements = list(
        Placement.objects.filter(pk__in=list(placement_ids)).select_related("person", "plan", "cohort").order_by("pk")
    )
    if not placements:
        raise Refused("assessment.resit_none")
    if opens_at <= clock.now():
        raise Refused("assessment.resit_in_past")
    _may_resit(placements)
    host = _host(placements, cohort_id)
    blueprint = blueprint_of(host.plan.campaign_id)
    if blueprint is None:
        raise Refused("assessment.no_blueprint")
    highest = Sitting.objects.filter(cohort=host, kind=Sitting.Kind.RESIT).aggregate(Max("turn"))["turn__max"]
    sitting = Sitting.objects.create(
        cohort=host,
        blueprint=blueprint,
        kind=Sitting.Kind.RESIT,
        turn=(highest or 0) + 1,
        opens_at=opens_at,
        closes_at=closes_at or opens_at + TURN,
    )
    record(
        actor=actor, action="assessment.resit_planned", object_type="sitting", object_key=sitting.uuid,
        rows=[[p.pk, p.cohort.code] for p in placements], data={"cohort": host.code, "opens_at": opens_at.isoformat()},
    )  # fmt: skip
    draw_papers(
        actor=actor,
        sitting=sitting,
        candidates=[(p.pk, p.group_code) for p in placements],
        avoid=met_items(p.pk for p in placements),
    )
    write_letters(drafts=[_letter(p, sitting) for p in placements])
    return sitting


def _may_resit(placements: Sequence[Placement]) -> None:
    ids = [p.pk for p in placements]
    states: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, kind, state in Attempt.objects.filter(placement_id__in=ids).values_list(
        "placement_id", "sitting__kind", "state"
    ):
        states[pk].append((kind, state))
    results = best_marks(ids)
    allowed = resits_allowed(placements[0].plan.campaign_id, clock.today())
    for placement in placements:
        held = states[placement.pk]
        if results[placement.pk].passed or not held or any(state in RUNNING for _, state in held):
            raise Refused("assessment.resit_not_due", name=placement.person.full_name)
        used = sum(kind == Sitting.Kind.RESIT and state != Attempt.State.VOID for kind, state in held)
        if used >= allowed:
            raise Refused("assessment.resit_used", name=placement.person.full_name, allowed=allowed)


def _host(placements: Sequence[Placement], cohort_id: int | None) -> Cohort:
    chosen = cohort_id or Counter(p.cohort_id for p in placements).most_common(1)[0][0]
    return Cohort.objects.select_related("plan", "room__venue").get(pk=chosen)


def _letter(placement: Placement, sitting: Sitting) -> Draft:
    local = clock.local(sitting.opens_at)
    room = sitting.cohort.room
    with translation.override("vi"):
        place = f"{room.name} ({room.venue.address})" if room else _("online, on your test page")
        body = _(
            "Dear %(name)s,\n\nYou may sit the final test of the course once more, with another paper: "
            '%(hour)s on %(day)s, %(place)s. The better mark counts. Your page "My test" opens at that time.'
        ) % {
            "name": placement.person.full_name,
            "hour": local.strftime("%H:%M"),
            "day": local.strftime("%d/%m/%Y"),
            "place": place,
        }
        return Draft(
            kind="resit",
            receiver=placement.person.full_name,
            subject=_("Resit of the final test"),
            body=body,
            address=placement.person.email,
            person_id=placement.person_id,
            organisation_id=placement.organisation_id,
        )

"""Ask people to fill in a form, remind them, close what is late."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record
from hocvu.planning.api import published_placements

from ..models import Form, Invitation
from ..queries.respondents import Asked, ask_superiors, ask_themselves, placements_to_ask
from ..queries.shipped import form_words
from ..rules import can_remind, can_send, visible_invitations
from ..types import SendPlan
from .letters import write_form_letters

BATCH = 2000


def plan_sending(*, campaign_id: int, kind: str, month: int = 0) -> SendPlan:
    """Return what sending a form today would do, without doing it."""
    form = _form(campaign_id, kind, month)
    places, before = _places(form, None)
    asked = _asked(form, places)
    return SendPlan(
        people=len(places),
        respondents=len({one.respondent_id for one in asked}),
        without_superior=len(places) - len(asked),
        asked_before=before,
        due_on=_due(kind),
    )


@transaction.atomic
def send_invitations(
    *, actor: Actor, campaign_id: int, kind: str, month: int = 0, placement_ids: Collection[int] | None = None
) -> int:
    """Ask for a form and write the letters; return how many forms went out. Who was asked before is skipped.

    Without ``placement_ids``: everyone it concerns today (see ``placements_to_ask``). Follow-ups go to the
    person, or to their head, in the body where the person stands today.
    """
    if not can_send(actor):
        raise NotAllowed
    form = _form(campaign_id, kind, month)
    places, _ = _places(form, placement_ids)
    asked = _asked(form, places)
    if not asked:
        return 0
    due = _due(kind)
    moment = clock.now()
    Invitation.objects.bulk_create(
        [
            Invitation(
                form=form, placement_id=one.placement_id, respondent_id=one.respondent_id,
                organisation_id=one.organisation_id, sent_at=moment, due_on=due,
            )
            for one in asked
        ],
        batch_size=BATCH,
    )  # fmt: skip
    write_form_letters(form=form, asked=asked, due_on=due)
    record(
        actor=actor,
        action="evaluation.sent",
        object_type="form",
        object_key=form.uuid,
        data={"kind": kind, "month": month, "due_on": due.isoformat(), "without_superior": len(places) - len(asked)},
        rows=[(one.placement_id, one.respondent_id, one.organisation_id) for one in asked],
    )
    return len(asked)


@transaction.atomic
def remind(*, actor: Actor, form_id: int, organisation_ids: Collection[int] | None = None) -> int:
    """Write to those of a form who have not answered and were not reminded today; return how many forms."""
    if not can_remind(actor):
        raise NotAllowed
    waiting = visible_invitations(actor).filter(form_id=form_id, state=Invitation.State.SENT)
    waiting = waiting.filter(due_on__gte=clock.today()).exclude(reminded_at__gte=clock.at(clock.today(), 0))
    if organisation_ids is not None:
        waiting = waiting.filter(organisation_id__in=organisation_ids)
    rows = list(waiting.values_list("pk", "placement_id", "respondent_id", "organisation_id", "due_on"))
    if not rows:
        return 0
    form = Form.objects.get(pk=form_id)
    ids = [row[0] for row in rows]
    for start in range(0, len(ids), BATCH):
        Invitation.objects.filter(pk__in=ids[start : start + BATCH]).update(reminded_at=clock.now())
    asked = [Asked(placement, respondent, organisation) for _, placement, respondent, organisation, _ in rows]
    write_form_letters(form=form, asked=asked, due_on=min(row[4] for row in rows), again=True)
    record(actor=actor, action="evaluation.reminded", object_type="form", object_key=form.uuid, rows=ids)
    return len(rows)


@transaction.atomic
def expire_late(*, actor: Actor = SYSTEM) -> int:
    """Close the forms whose last day is over; return how many. They count as silence, never as success."""
    late = Invitation.objects.filter(state=Invitation.State.SENT, due_on__lt=clock.today())
    ids = list(late.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return 0
    late.update(state=Invitation.State.EXPIRED)
    record(actor=actor, action="evaluation.expired", object_type="invitation", object_key="late", rows=ids)
    return len(ids)


def _form(campaign_id: int, kind: str, month: int) -> Form:
    form = Form.objects.filter(campaign_id=campaign_id, kind=kind, month=month).first()
    if form is None:
        raise Refused("evaluation.no_form", kind=kind, month=month)
    return form


def _due(kind: str) -> date:
    return clock.today() + timedelta(days=form_words(kind).days)


def _places(form: Form, placement_ids: Collection[int] | None) -> tuple[list[tuple[int, int, int]], int]:
    """Return (placement, person, organisation then) of those not asked yet, and how many were."""
    if placement_ids is None:
        rows = placements_to_ask(form.campaign_id, form.kind, clock.today())
    else:
        rows = published_placements(form.campaign_id).filter(pk__in=list(placement_ids))
    found = list(rows.order_by("pk").values_list("pk", "person_id", "organisation_id"))
    before = set(Invitation.objects.filter(form=form).values_list("placement_id", flat=True))
    places = [row for row in found if row[0] not in before]
    return places, len(found) - len(places)


def _asked(form: Form, places: Sequence[tuple[int, int, int]]) -> list[Asked]:
    if form.kind == Form.Kind.FOLLOW_UP_SUPERIOR:
        return ask_superiors(places, clock.today())
    return ask_themselves(places, clock.today())

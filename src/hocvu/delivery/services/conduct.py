"""Notes on conduct: noted by an instructor, answered by the trainee, decided by the manager or the office."""

from datetime import timedelta

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..models import ConductNote, MakeUp
from ..queries.make_ups import COMES
from ..queries.rules import numbers_in_force
from ..queries.sessions import half_day
from ..rules import can_decide, can_run_cohorts, must, visible_notes, visible_placements

CATEGORIES = ("personal_activity", "disorder", "cheating", "late_often", "other")


@transaction.atomic
def note_conduct(
    *, actor: Actor, placement_id: int, session_id: int, category: str, severity: str, text: str
) -> ConductNote:
    """Note what happened, in words the trainee will read; ``severity``: minor or serious."""
    session = half_day(session_id)
    must(can_run_cohorts(actor, [session.cohort_id]))
    guest = MakeUp.objects.filter(target_id=session_id, placement_id=placement_id, state__in=COMES)
    own = visible_placements(actor).filter(pk=placement_id, cohort_id=session.cohort_id)
    if not (own.exists() or guest.exists()):
        raise Refused("delivery.not_in_class", cohort=session.cohort_code, count=1)
    if category not in CATEGORIES or severity not in ConductNote.Severity.values:
        raise Refused("delivery.note_kind")
    if not text.strip():
        raise Refused("delivery.text_empty")
    note = ConductNote.objects.create(
        placement_id=placement_id,
        session_id=session_id,
        category=category,
        severity=severity,
        text=text.strip(),
        noted_at=clock.now(),
        noted_by=actor.label[:160],
    )
    _tell(actor, "delivery.note_conduct", note)
    return note


@transaction.atomic
def reply_to_note(*, actor: Actor, note_id: int, text: str) -> None:
    """Answer a note on oneself, until it is decided; a later answer replaces the earlier one."""
    note = _note(note_id)
    must(actor.role is Role.SYSTEM or (actor.role is Role.TRAINEE and _mine(actor, note_id)))
    if note.state not in (ConductNote.State.OPEN, ConductNote.State.REPLIED):
        raise Refused("delivery.note_decided")
    if not text.strip():
        raise Refused("delivery.text_empty")
    note.reply, note.replied_at, note.state = text.strip(), clock.now(), ConductNote.State.REPLIED
    note.save(update_fields=["reply", "replied_at", "state"])
    _tell(actor, "delivery.reply_to_note", note)


@transaction.atomic
def decide_note(*, actor: Actor, note_id: int, uphold: bool, text: str = "") -> None:
    """Uphold or clear a note (manager, office), with a reason the trainee reads; it may be decided anew.

    A note is upheld only after the reply, or ``conduct_reply_days`` after it was noted without one.
    """
    must(can_decide(actor))
    note = _note(note_id)
    if uphold and not note.reply and not reply_time_over(note):
        raise Refused("delivery.reply_pending")
    note.state = ConductNote.State.UPHELD if uphold else ConductNote.State.CLEARED
    note.decision, note.decided_at, note.decided_by = text.strip(), clock.now(), actor.label[:160]
    note.save(update_fields=["state", "decision", "decided_at", "decided_by"])
    _tell(actor, "delivery.decide_note", note)


def reply_time_over(note: ConductNote) -> bool:
    """Say whether the days to reply have gone by."""
    campaign_id = note.placement.plan.campaign_id
    days = int(numbers_in_force(campaign_id, clock.local(note.noted_at).date())["conduct_reply_days"])
    return clock.now() >= note.noted_at + timedelta(days=days)


def _note(note_id: int) -> ConductNote:
    found = ConductNote.objects.select_related("placement__plan").filter(pk=note_id).first()
    if found is None:
        raise Refused("delivery.no_note")
    return found


def _mine(actor: Actor, note_id: int) -> bool:
    return visible_notes(actor).filter(pk=note_id).exists()


def _tell(actor: Actor, action: str, note: ConductNote) -> None:
    data = {"placement": note.placement_id, "severity": note.severity, "state": note.state}
    record(actor=actor, action=action, object_type="conduct_note", object_key=note.pk, data=data)

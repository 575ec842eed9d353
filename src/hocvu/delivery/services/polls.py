"""Live polls: one choice each, shown only as counts."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record
from hocvu.planning.models import Placement

from ..models import Poll, PollVote
from ..queries.sessions import half_day
from ..rules import can_run_cohorts, must
from .presence import place_in

FEWEST, MOST = 2, 6


@transaction.atomic
def open_poll(*, actor: Actor, session_id: int, text: str, options: Sequence[str]) -> Poll:
    """Put a question with 2-6 choices to a class and open it at once."""
    session = half_day(session_id)
    must(can_run_cohorts(actor, [session.cohort_id]))
    if not session.is_open:
        raise Refused("delivery.not_open", cohort=session.cohort_code)
    words, choices = clean(text)[:300], [clean(o)[:120] for o in options if clean(o)]
    if not words:
        raise Refused("delivery.text_empty")
    if not FEWEST <= len(choices) <= MOST or len(set(choices)) < len(choices):
        raise Refused("delivery.poll_options", fewest=FEWEST, most=MOST)
    poll = Poll.objects.create(
        session_id=session_id,
        text=words,
        options=choices,
        state=Poll.State.OPEN,
        made_by=actor.label[:160],
        opened_at=clock.now(),
    )
    _tell(actor, "delivery.open_poll", poll)
    return poll


@transaction.atomic
def close_poll(*, actor: Actor, poll_id: int) -> None:
    """End a poll; its result stays."""
    poll = _poll(poll_id)
    must(can_run_cohorts(actor, [half_day(poll.session_id).cohort_id]))
    if poll.state != Poll.State.OPEN:
        return
    poll.state, poll.closed_at = Poll.State.CLOSED, clock.now()
    poll.save(update_fields=["state", "closed_at"])
    _tell(actor, "delivery.close_poll", poll)


@transaction.atomic
def vote(*, actor: Actor, poll_id: int, option: int) -> None:
    """Choose, or choose anew while the poll is open; ``option`` counts from 0.

    The ledger keeps that a vote was cast, not which.
    """
    poll = _poll(poll_id)
    placement_id = place_in(actor, half_day(poll.session_id))
    _check_option(poll, option)
    PollVote.objects.update_or_create(
        poll_id=poll_id, placement_id=placement_id, defaults={"option": option, "at": clock.now()}
    )
    _tell(actor, "delivery.vote", poll)


@transaction.atomic
def vote_many(*, actor: Actor, poll_id: int, votes: Mapping[int, int]) -> int:
    """Record the choices of a class at once, by place (shown hands, a rehearsal); return how many."""
    poll = _poll(poll_id)
    session = half_day(poll.session_id)
    must(can_run_cohorts(actor, [session.cohort_id]))
    for option in votes.values():
        _check_option(poll, option)
    own = Placement.objects.filter(cohort_id=session.cohort_id, pk__in=votes).count()
    if own != len(votes):
        raise Refused("delivery.not_in_class", cohort=session.cohort_code, count=len(votes) - own)
    PollVote.objects.bulk_create(
        [PollVote(poll=poll, placement_id=pk, option=option, at=clock.now()) for pk, option in votes.items()],
        update_conflicts=True,
        unique_fields=["poll", "placement"],
        update_fields=["option", "at"],
    )
    record(
        actor=actor,
        action="delivery.vote",
        object_type="poll",
        object_key=poll.pk,
        rows=sorted(votes),
    )
    return len(votes)


def _poll(poll_id: int) -> Poll:
    found = Poll.objects.filter(pk=poll_id).first()
    if found is None:
        raise Refused("delivery.no_poll")
    return found


def _check_option(poll: Poll, option: int) -> None:
    if poll.state != Poll.State.OPEN:
        raise Refused("delivery.poll_closed")
    if not 0 <= option < len(poll.options):
        raise Refused("delivery.poll_option")


def _tell(actor: Actor, action: str, poll: Poll) -> None:
    record(actor=actor, action=action, object_type="poll", object_key=poll.pk, data={"session": poll.session_id})

"""The life of a difficulty: reported, taken, a solution proposed, climbing when late, decided, closed."""

from typing import IO

from django.db import transaction
from django.db.models import Max

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record

from .. import rules
from ..models import Difficulty, DifficultyStep
from ..queries.escalation import HIGHEST, due_from, escalation_rules, owner_of
from .photos import clean_photo

State = Difficulty.State
Kind = DifficultyStep.Kind
WAITING = (State.OPEN, State.PROPOSED)
MOST_LETTERS = 4000


@transaction.atomic
def report_difficulty(
    *,
    actor: Actor,
    campaign_id: int,
    category: str,
    place: str,
    text: str,
    organisation_id: int | None = None,
    cohort_code: str = "",
    photo: IO[bytes] | None = None,
) -> Difficulty:
    """Report a difficulty; it goes to its owner at level 1 with a running clock.

    ``photo`` is an open JPEG or PNG file. Everyone who is signed in may report.
    """
    if category not in escalation_rules().categories:
        raise Refused("monitoring.no_category")
    said = _said(text)
    # Two reports at once must not get one number: the campaign's row is the queue.
    campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
    last = Difficulty.objects.filter(campaign=campaign).aggregate(n=Max("number"))["n"] or 0
    moment = clock.now()
    about = organisation_id or (actor.organisation_id if actor.role in rules.OWN_AGENCY else None)
    made = Difficulty.objects.create(
        campaign=campaign,
        number=last + 1,
        category=category,
        place=place.strip()[:160],
        organisation_id=about,
        cohort_code=cohort_code[:12],
        text=said,
        photo=clean_photo(photo, _size(photo)) if photo else "",
        reported_at=moment,
        reported_by=actor.label[:160],
        reporter_account_id=actor.account_id,
        owner_organisation_id=owner_of(campaign, 1, category, about),
        due_at=due_from(campaign, 1, moment),
    )
    _step(made, actor, Kind.REPORTED, said)
    _write(actor, "monitoring.difficulty_reported", made, category=category, place=made.place)
    return made


def take_difficulty(*, actor: Actor, difficulty_id: int) -> Difficulty:
    """Say that one works on it; the clock runs on."""
    with transaction.atomic():
        found = _open(difficulty_id)
        _must(rules.works_on(actor, found))
        _step(found, actor, Kind.TAKEN, "")
        _write(actor, "monitoring.difficulty_taken", found)
        return found


def note_difficulty(*, actor: Actor, difficulty_id: int, text: str) -> Difficulty:
    """Add a note; who reported it may add one too."""
    with transaction.atomic():
        found = _locked(difficulty_id)
        own = actor.account_id is not None and found.reporter_account_id == actor.account_id
        _must(own or rules.can_propose(actor, found))
        _step(found, actor, Kind.NOTE, _said(text))
        _write(actor, "monitoring.difficulty_noted", found)
        return found


def propose(*, actor: Actor, difficulty_id: int, text: str) -> Difficulty:
    """Propose a solution; a later proposal takes the place of an earlier one, the steps keep both."""
    with transaction.atomic():
        found = _open(difficulty_id)
        _must(rules.can_propose(actor, found))
        found.proposal = _said(text)
        found.state = State.PROPOSED
        found.save(update_fields=["proposal", "state"])
        _step(found, actor, Kind.PROPOSED, found.proposal)
        _write(actor, "monitoring.difficulty_proposed", found)
        return found


def escalate(*, actor: Actor, difficulty_id: int, text: str = "") -> Difficulty:
    """Hand a difficulty one level up now, without waiting for its clock."""
    with transaction.atomic():
        found = _open(difficulty_id)
        _must(rules.can_escalate(actor, found))
        _climb(found, actor, text.strip()[:MOST_LETTERS])
        _write(actor, "monitoring.difficulty_escalated", found, level=found.level)
        return found


@transaction.atomic
def escalate_late(*, actor: Actor = SYSTEM) -> int:
    """Hand every difficulty whose clock ran out one level up; return how many.

    At the highest level nothing climbs: what is late there is shown as late.
    """
    _must(actor.is_any(Role.SYSTEM, Role.MANAGER))
    late = list(
        Difficulty.objects.select_for_update(of=("self",))
        .select_related("campaign")
        .filter(state__in=WAITING, level__lt=HIGHEST, due_at__lte=clock.now())
        .order_by("pk")
    )
    for found in late:
        _climb(found, SYSTEM, "")
    if late:
        record(
            actor=actor, action="monitoring.late_escalated", object_type="difficulty", object_key="late",
            rows=[(str(found.uuid), found.level) for found in late],
        )  # fmt: skip
    return len(late)


def decide_difficulty(*, actor: Actor, difficulty_id: int, text: str) -> Difficulty:
    """Decide at the level where it stands; an empty ``text`` accepts the proposed solution."""
    with transaction.atomic():
        found = _open(difficulty_id)
        _must(rules.works_on(actor, found))
        said = text.strip() or found.proposal
        found.decision = _said(said)
        found.state = State.DECIDED
        found.save(update_fields=["decision", "state"])
        _step(found, actor, Kind.DECIDED, found.decision)
        _write(actor, "monitoring.difficulty_decided", found, level=found.level)
        return found


def close_difficulty(*, actor: Actor, difficulty_id: int, text: str = "") -> Difficulty:
    """Close a difficulty that was decided, or that went away by itself (then say why)."""
    with transaction.atomic():
        found = _locked(difficulty_id)
        if found.state == State.CLOSED:
            raise Refused("monitoring.difficulty_closed", number=found.number)
        _must(rules.can_close(actor, found))
        if found.state != State.DECIDED and not text.strip():
            raise Refused("monitoring.say_why")
        found.state = State.CLOSED
        found.closed_at = clock.now()
        found.save(update_fields=["state", "closed_at"])
        _step(found, actor, Kind.CLOSED, text.strip()[:MOST_LETTERS])
        _write(actor, "monitoring.difficulty_closed", found)
        return found


def _climb(found: Difficulty, actor: Actor, text: str) -> None:
    found.level += 1
    found.owner_organisation_id = owner_of(found.campaign, found.level, found.category, found.organisation_id)
    found.due_at = due_from(found.campaign, found.level, clock.now())
    found.save(update_fields=["level", "owner_organisation", "due_at"])
    _step(found, actor, Kind.ESCALATED, text)


def _locked(difficulty_id: int) -> Difficulty:
    found = Difficulty.objects.select_for_update(of=("self",)).select_related("campaign")
    row = found.filter(pk=difficulty_id).first()
    if row is None:
        raise Refused("monitoring.no_difficulty")
    return row


def _open(difficulty_id: int) -> Difficulty:
    found = _locked(difficulty_id)
    if found.state not in WAITING:
        code = "monitoring.difficulty_closed" if found.state == State.CLOSED else "monitoring.difficulty_decided"
        raise Refused(code, number=found.number)
    return found


def _must(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refused("monitoring.say_something")
    if len(said) > MOST_LETTERS:
        raise Refused("monitoring.text_too_long", most=MOST_LETTERS)
    return said


def _size(photo: IO[bytes]) -> int:
    here = photo.tell()
    photo.seek(0, 2)
    size = photo.tell()
    photo.seek(here)
    return size


def _step(found: Difficulty, actor: Actor, kind: str, text: str) -> None:
    DifficultyStep.objects.create(difficulty=found, at=clock.now(), actor_label=actor.label[:160], kind=kind, text=text)


def _write(actor: Actor, action: str, found: Difficulty, **data: object) -> None:
    record(
        actor=actor, action=action, object_type="difficulty", object_key=found.uuid,
        data={"number": found.number, **data},
    )  # fmt: skip

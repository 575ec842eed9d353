"""What a trainee should do next: one thing, chosen from the facts. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

CHECK_IN_OPENS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HalfDayFact:
    """A half-day of the trainee's class as the register knows it; ``status`` empty while not decided."""

    number: int
    session_uuid: str
    starts_at: datetime
    ends_at: datetime
    status: str = ""


@dataclass(frozen=True, slots=True)
class TraineeFacts:
    """Everything the choice hangs on."""

    half_days: tuple[HalfDayFact, ...] = ()
    online: bool = False
    baseline_open: bool = False
    sitting_open: bool = False
    sitting_opens_at: datetime | None = None
    test_started: bool = False
    test_done: bool = False
    test_passed: bool | None = None
    resit_at: datetime | None = None
    assignment_handed_in: bool = False
    assignment_due: bool = False
    forms_open: int = 0
    attestation_code: str = ""
    verdict: str = ""  # eligible, refused, open
    missed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NextThing:
    """The kind of thing to do, and what its sentence needs."""

    kind: str
    data: dict[str, Any] = field(default_factory=dict)


def next_thing(facts: TraineeFacts, now: datetime) -> NextThing:
    """Return the one thing to do now: what is happening first, then what is due, then what comes."""
    if not facts.half_days:
        return NextThing("wait_for_class")
    if facts.test_started and not facts.test_done:
        return NextThing("go_on_with_test")
    if facts.sitting_open and not facts.test_done:
        return NextThing("start_test")
    running = next((h for h in facts.half_days if h.starts_at - CHECK_IN_OPENS <= now < h.ends_at), None)
    if running is not None:
        kind = "in_class" if running.status in {"present", "late"} else ("join" if facts.online else "check_in")
        return NextThing(kind, {"half_day": running})
    coming = next((h for h in facts.half_days if h.starts_at > now), None)
    if facts.baseline_open and (coming is None or coming.number <= 2):
        return NextThing("baseline", {"half_day": coming})
    if coming is not None:
        return NextThing("come_to_class", {"half_day": coming})
    return _after_the_course(facts, now)


def _after_the_course(facts: TraineeFacts, now: datetime) -> NextThing:
    if facts.attestation_code:
        return (
            NextThing("follow_up") if facts.forms_open else NextThing("attestation", {"code": facts.attestation_code})
        )
    if facts.resit_at is not None and facts.resit_at > now and not facts.test_passed:
        return NextThing("come_to_resit", {"at": facts.resit_at})
    if facts.assignment_due and not facts.assignment_handed_in:
        return NextThing("hand_in")
    if facts.verdict == "refused":
        return NextThing("refused")
    if facts.missed:
        return NextThing("make_up", {"half_days": facts.missed})
    if facts.forms_open:
        return NextThing("forms")
    return NextThing("wait_for_result")

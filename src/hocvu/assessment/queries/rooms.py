"""The sitting room as the invigilator sees it, and the lists of sittings and results."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Exists, Max, OuterRef, Q, QuerySet

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor

from ..domain.marks import RUNNING
from ..models import Answer, Attempt, Sitting

State = Attempt.State


@dataclass(frozen=True, slots=True)
class Seat:
    """One candidate in the room."""

    attempt: Attempt
    answered: int
    total: int
    last_save: datetime | None
    minutes_left: int | None
    silent: bool  # running, and nothing saved for five minutes

    @property
    def moves(self) -> int:
        """How often the test was moved to another device."""
        return max(0, self.attempt.token_number - 1)


@dataclass(frozen=True, slots=True)
class RoomView:
    """Everybody in one sitting, in the order of the class list, with counts by state."""

    seats: list[Seat]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def finished(self) -> int:
        """How many handed in."""
        return self.counts.get("submitted", 0) + self.counts.get("scored", 0)

    @property
    def lost(self) -> int:
        """How many are absent or void."""
        return self.counts.get("absent", 0) + self.counts.get("void", 0)

    @property
    def running(self) -> int:
        """How many are writing."""
        return self.counts.get("started", 0)


def room_of(sitting: Sitting) -> RoomView:
    """Return the room live, in two queries whatever its size."""
    attempts = (
        Attempt.objects.filter(sitting=sitting)
        .select_related(
            "placement__person", "placement__organisation", "placement__cohort", "placement__lab_group__lab"
        )
        .order_by("placement__cohort__code", "placement__number")
    )
    saves = {
        pk: (answered, last)
        for pk, answered, last in Answer.objects.filter(attempt__sitting=sitting)
        .values("attempt_id")
        .annotate(answered=Count("id", filter=~Q(value="")), last=Max("received_at"))
        .values_list("attempt_id", "answered", "last")
    }
    moment = clock.now()
    seats = [_seat(attempt, saves.get(attempt.pk, (0, None)), moment) for attempt in attempts]
    return RoomView(seats=seats, counts=dict(Counter(str(seat.attempt.state) for seat in seats)))


def _seat(attempt: Attempt, saved: tuple[int, datetime | None], moment: datetime) -> Seat:
    answered, last = saved
    end = attempt.deadline if attempt.state == State.STARTED else None
    since = last or attempt.started_at
    return Seat(
        attempt=attempt,
        answered=answered,
        total=len(attempt.paper),
        last_save=last,
        minutes_left=max(0, int((end - moment).total_seconds() // 60)) if end else None,
        silent=bool(end and since and moment - since > timedelta(minutes=5)),
    )


@dataclass(frozen=True, slots=True)
class SittingFigures:
    """Figures of one sitting for a list."""

    candidates: int = 0
    sat: int = 0
    scored: int = 0
    average: float | None = None


def sitting_figures(sitting_ids: Iterable[int]) -> dict[int, SittingFigures]:
    """Return figures by sitting in one query."""
    rows = (
        Attempt.objects.filter(sitting_id__in=list(sitting_ids))
        .values("sitting_id")
        .annotate(
            candidates=Count("id"),
            sat=Count("id", filter=Q(started_at__isnull=False)),
            scored=Count("id", filter=Q(state=State.SCORED)),
            average=Avg("mark", filter=Q(state=State.SCORED)),
        )
    )
    return {
        row["sitting_id"]: SittingFigures(row["candidates"], row["sat"], row["scored"], row["average"]) for row in rows
    }


def without_pass(attempts: QuerySet[Attempt], pass_mark: int) -> QuerySet[Attempt]:
    """Narrow to the last attempt of everyone who failed, was absent or was voided, with no mark to come.

    Who has passed in another attempt, or has one still to sit, is left out.
    """
    others = Attempt.objects.filter(placement=OuterRef("placement"))
    settled = Exists(others.filter(Q(state__in=RUNNING) | Q(state=State.SCORED, mark__gte=pass_mark)))
    later = Exists(others.filter(pk__gt=OuterRef("pk")))
    lost = Q(state=State.SCORED, mark__lt=pass_mark) | Q(state__in=[State.ABSENT, State.VOID])
    return attempts.filter(lost).exclude(settled).exclude(later)


def resits_used(placement_ids: Iterable[int]) -> dict[int, int]:
    """Return how many resits each has used; a void one is not counted."""
    rows = (
        Attempt.objects.filter(placement_id__in=list(placement_ids), sitting__kind=Sitting.Kind.RESIT)
        .exclude(state=State.VOID)
        .values_list("placement_id")
        .annotate(used=Count("id"))
    )
    return dict(rows)


def sittings_of_today(sittings: QuerySet[Sitting], actor: Actor) -> list[Sitting]:
    """Return the sittings of this day that are not cancelled, in order of time."""
    start = clock.at(clock.today(), 0)
    return list(
        sittings.filter(opens_at__gte=start, opens_at__lt=start + timedelta(days=1))
        .exclude(state=Sitting.State.CANCELLED)
        .order_by("opens_at", "cohort__code")
    )

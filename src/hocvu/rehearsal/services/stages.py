"""The stages of the demo, the whole script in order of time, and moving the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.errors import Refused
from hocvu.planning.api import published_plan

from ..models import Stage
from .enrolling import enrolling_scenes
from .founding import founding_scenes
from .playing import Play, Report, Scene, play_scenes
from .timetabling import timetabling_scenes
from .unfolding import unfolding_scenes

# name -> the clock of the stage
STAGES = {
    "plan": clock.at(date(2025, 6, 7), 9),
    "enrol": clock.at(date(2025, 6, 9), 14),
    "teach": clock.at(date(2025, 6, 18), 8, 10),
    "test": clock.at(date(2025, 6, 20), 15, 40),
    "done": clock.at(date(2025, 6, 30), 16),
    "followup": clock.at(date(2025, 9, 24), 9),
}


def script(play: Play) -> Iterator[Scene]:
    """Return every scene in order of time; those that hang on the timetable are read once it is published."""
    yield from founding_scenes()
    yield from enrolling_scenes()
    yield from timetabling_scenes()
    plan = published_plan(play.campaign.pk)
    if plan is not None:
        yield from unfolding_scenes(play, plan.pk)


def begin(*, scale: float, seed: int) -> Stage:
    """Return the rehearsal, made new where there is none; refuse another scale or seed than its own."""
    stage = Stage.objects.order_by("pk").first()
    if stage is None:
        start = STAGES["plan"] - timedelta(hours=1)
        return Stage.objects.create(
            scale=scale, seed=seed, name="", clock_base=start, clock_limit=start, anchored_at=clock.real_now()
        )
    if (stage.scale, stage.seed) != (scale, seed):
        raise Refused("rehearsal.other_scale", there=stage.scale, asked=scale)
    return stage


def play_to_stage(stage: Stage, name: str, report: Report) -> None:
    """Play everything due by the clock of a stage; one already passed stays where it is."""
    moment = STAGES[name]
    if stage.name and stage.clock_base >= moment:
        return
    play_to(stage, moment, report)
    stage.name = name
    stage.save(update_fields=["name"])


def play_to(stage: Stage, moment: datetime, report: Report) -> None:
    """Play everything due by ``moment`` and set the clock to it."""
    play = Play(stage, report)
    play_scenes(play, script(play), moment)
    set_clock(stage, moment)


@transaction.atomic
def set_clock(stage: Stage, moment: datetime) -> None:
    """Let the clock run from ``moment`` to the end of its half-day, and stand there."""
    local = clock.local(moment)
    end = local.replace(hour=11, minute=59) if local.hour < 12 else local.replace(hour=17, minute=29)
    stage.clock_base, stage.anchored_at = moment, clock.real_now()
    stage.clock_limit = max(moment, end)
    stage.save(update_fields=["clock_base", "anchored_at", "clock_limit"])


def resume_clock(stage: Stage) -> None:
    """Let the clock run on from where it was set when a stopped demo starts again."""
    stage.anchored_at, stage.busy = clock.real_now(), ""
    stage.save(update_fields=["anchored_at", "busy"])


@dataclass(frozen=True, slots=True)
class NextStop:
    """Where the clock goes when it is moved once."""

    at: datetime
    kind: str  # half_day, day, month


def next_stop(stage: Stage) -> NextStop | None:
    """Return where moving the clock leads: by half-days until 30 June, then to the dates that matter."""
    now = clock.local(stage.clock_base)
    for day, hour, minute in _stops():
        stop = clock.at(day, hour, minute)
        if stop > now:
            return NextStop(stop, "half_day" if day <= date(2025, 6, 30) else "month")
    return None


def _stops() -> Iterator[tuple[date, int, int]]:
    day = date(2025, 6, 7)
    while day <= date(2025, 6, 30):
        yield day, 8, 10
        yield day, 15, 40
        day += timedelta(days=1)
    for later in ((7, 1), (7, 24), (8, 1), (9, 24), (10, 10), (12, 24)):
        yield date(2025, *later), 9, 0


def ask_to_move(stage: Stage) -> NextStop:
    """Mark the clock as being moved to its next stop; refuse while it is, and at the end."""
    with transaction.atomic():
        held = Stage.objects.select_for_update().get(pk=stage.pk)
        if held.busy:
            raise Refused("rehearsal.busy")
        stop = next_stop(held)
        if stop is None:
            raise Refused("rehearsal.over")
        held.busy, held.progress = stop.at.isoformat(), {"words": "", "done": 0}
        held.save(update_fields=["busy", "progress"])
        return stop


def move_clock(stage: Stage) -> None:
    """Play up to the stop that was asked for, telling how far it is; then the clock stands there."""
    if not stage.busy:
        return

    def report(words: str, _done: float) -> None:
        Stage.objects.filter(pk=stage.pk).update(progress={"words": words})

    try:
        play_to(stage, datetime.fromisoformat(stage.busy), report)
    finally:
        Stage.objects.filter(pk=stage.pk).update(busy="", progress={})

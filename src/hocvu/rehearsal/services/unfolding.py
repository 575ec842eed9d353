"""Everything that follows from the published timetable, in order of time."""

from collections.abc import Iterator
from datetime import date

from .aftermath import aftermath_scenes, baseline_scenes
from .grading import assignment_scenes, late_assignment_scenes
from .incidents import incident_scenes
from .playing import Play, Scene
from .teaching import HalfDay, closing_scenes, coming_scenes, half_days, make_up_scenes
from .testing import paper_scenes, resit_scenes, sitting_scenes, sittings_by_time
from .watching import watching_scenes


def unfolding_scenes(play: Play, plan_id: int) -> Iterator[Scene]:
    """Return the scenes from the opening to the last follow-up, sorted by time.

    Resits are planned while the play goes on, so their sittings are read when their day has come.
    """
    halves = half_days(plan_id)
    yield from _sorted(play, plan_id, halves)
    yield from resit_scenes()
    resits = [row for row in sittings_by_time(plan_id) if row[0].date() > date(2025, 6, 24)]
    for opens, closes, ids in resits:
        yield from paper_scenes(opens, closes, ids)
        yield from sitting_scenes(opens, closes, ids)
    yield from late_assignment_scenes(plan_id, date(2025, 6, 27))
    yield from aftermath_scenes(play, plan_id)


def _sorted(play: Play, plan_id: int, halves: list[HalfDay]) -> list[Scene]:
    days = sorted({half.day for half in halves})
    scenes: list[Scene] = []
    for half in halves:
        scenes += coming_scenes(half)
        scenes += closing_scenes(half)
    for opens, closes, ids in sittings_by_time(plan_id):
        if opens.date() <= days[-1]:
            scenes += paper_scenes(opens, closes, ids)
            scenes += sitting_scenes(opens, closes, ids)
    scenes += baseline_scenes(sorted({half.day for half in halves if half.half_day == 1}))
    for day in days:
        scenes += make_up_scenes(day)
        scenes += assignment_scenes(plan_id, day)
        scenes += watching_scenes(day)
    scenes += incident_scenes(play)
    return sorted(scenes, key=lambda scene: scene.at)

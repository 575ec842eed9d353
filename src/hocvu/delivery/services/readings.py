"""That lessons are read."""

from collections.abc import Collection

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.ledger.api import record

from ..models import LessonReading
from ..rules import RUNS_ALL, must, visible_placements
from ..types import ReadingRow

MOST_SECONDS = 3600  # one report covers the time since the last; a page left open all night is not reading


def record_reading(*, actor: Actor, placement_id: int, lesson_code: str, version_number: int, seconds: int) -> None:
    """Add seconds for which a lesson's page was active; 0 says that it was opened."""
    record_readings(actor=actor, rows=[ReadingRow(placement_id, lesson_code, version_number, seconds)])


@transaction.atomic
def record_readings(*, actor: Actor, rows: Collection[ReadingRow]) -> int:
    """Add many at once; return how many lessons were opened for the first time.

    The ledger keeps first openings only: the seconds that follow are a measure, not a deed.
    """
    ids = {row.placement_id for row in rows}
    if not actor.is_any(*RUNS_ALL):
        must(actor.role is Role.TRAINEE and visible_placements(actor).filter(pk__in=ids).count() == len(ids))
    now = clock.now()
    known = {
        (r.placement_id, r.lesson_code): r
        for r in LessonReading.objects.filter(placement_id__in=ids, lesson_code__in={row.lesson_code for row in rows})
    }
    first: dict[tuple[int, str], LessonReading] = {}
    again: dict[tuple[int, str], LessonReading] = {}
    for row in rows:
        key = row.placement_id, row.lesson_code[:10]
        reading = known.get(key)
        if reading is None:
            reading = LessonReading(
                placement_id=row.placement_id, lesson_code=row.lesson_code[:10], first_at=now, seconds=0
            )
            known[key] = first[key] = reading
        elif key not in first:
            again[key] = reading
        reading.seconds += max(0, min(row.seconds, MOST_SECONDS))
        reading.version_number, reading.last_at = row.version_number, now
    LessonReading.objects.bulk_create(first.values(), batch_size=500)
    LessonReading.objects.bulk_update(again.values(), ["seconds", "version_number", "last_at"], batch_size=200)
    if first:
        record(
            actor=actor,
            action="delivery.open_lesson",
            object_type="placement",
            object_key=next(iter(ids)) if len(ids) == 1 else "",
            rows=sorted(first),
        )
    return len(first)

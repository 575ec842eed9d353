"""Read where the rehearsal stands."""

from datetime import datetime

from hocvu.kernel import clock

from ..models import Stage


def current_stage() -> Stage | None:
    """Return the rehearsal's one row, or none where none was played."""
    return Stage.objects.order_by("pk").first()


def demo_now() -> datetime | None:
    """Return the rehearsal's instant: its base plus the real time since, held at the end of the half-day."""
    stage = current_stage()
    if stage is None:
        return None
    passed = clock.real_now() - stage.anchored_at
    return min(stage.clock_base + max(passed, passed * 0), stage.clock_limit)

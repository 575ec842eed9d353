"""Move the clock of the demo in the background."""

from django_tasks import task

from .queries.stage import current_stage
from .services.stages import move_clock


@task()
def play_next_half_day() -> None:
    """Play the half-day that was asked for."""
    stage = current_stage()
    if stage is not None:
        move_clock(stage)

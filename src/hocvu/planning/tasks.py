"""Compute timetables in the background."""

import time
from typing import Any

from django_tasks import task

from hocvu.kernel.actor import SYSTEM

from .domain.solve import Progress
from .models import TimetablePlan
from .queries.shape import shape_of
from .services.plans import compute_plan

EVERY = 1.0  # seconds between two words of progress


@task()
def compute_timetable(plan_id: int, account_id: int | None) -> None:
    """Compute a plan that was begun, telling how far it is."""
    plan = TimetablePlan.objects.select_related("campaign").get(pk=plan_id)
    if plan.state != TimetablePlan.State.COMPUTING:
        return
    last = [0.0]

    def tell(progress: Progress) -> None:
        if time.monotonic() - last[0] < EVERY:
            return
        last[0] = time.monotonic()
        found: dict[str, Any] = {"stage": progress.stage, "done": round(progress.done, 3), "bound": progress.bound}
        TimetablePlan.objects.filter(pk=plan_id).update(progress=found)

    compute_plan(actor=SYSTEM, campaign_id=plan.campaign_id, shape=shape_of(plan.campaign), on_progress=tell, plan=plan)

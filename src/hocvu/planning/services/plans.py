"""Compute a timetable, keep it as a draft, publish it."""

from collections.abc import Callable
from dataclasses import asdict

from django.db import transaction

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock, digests
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..domain.instance import Instance
from ..domain.limits import Limit
from ..domain.solve import Infeasible, Progress, solve
from ..models import TimetablePlan
from ..queries.problem import problem_of
from ..types import PlanShape
from .layout import lay_out

State = TimetablePlan.State


def begin_plan(*, actor: Actor, campaign_id: int, seed: int = 0) -> TimetablePlan:
    """Open a plan that is going to be computed; one at a time per campaign."""
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(pk=campaign_id)
        plans = TimetablePlan.objects.filter(campaign=campaign)
        if plans.filter(state=State.COMPUTING).exists():
            raise Refused("planning.already_computing")
        last = plans.order_by("-number").values_list("number", flat=True).first() or 0
        plan = TimetablePlan.objects.create(
            campaign=campaign, number=last + 1, state=State.COMPUTING, seed=seed, started_at=clock.now()
        )
        record(actor=actor, action="planning.plan_begun", object_type="plan", object_key=plan.uuid)
        return plan


def compute_plan(
    *,
    actor: Actor,
    campaign_id: int,
    shape: PlanShape,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    plan: TimetablePlan | None = None,
) -> TimetablePlan:
    """Solve the campaign's timetable; return the plan as a draft, or failed with its causes."""
    plan = plan or begin_plan(actor=actor, campaign_id=campaign_id, seed=seed)
    plan.shape = asdict(shape)
    campaign = Campaign.objects.get(pk=campaign_id)
    names: dict[str, str] = {}
    try:
        problem = problem_of(campaign, shape)
        names = {agency.id: agency.name for agency in problem.agencies}
        solution = solve(problem, seed=plan.seed, on_progress=on_progress)
    except Infeasible as infeasible:
        return _fail(actor, plan, infeasible.causes, names)
    except BaseException:
        _fail(actor, plan, [Limit("broken", 1, 0)], names)
        raise
    with transaction.atomic():
        lay_out(plan, campaign, problem, solution)
        plan.state, plan.finished_at = State.DRAFT, clock.now()
        plan.objective, plan.bound = solution.objective, solution.bound
        plan.input_digest = _digest(problem)
        plan.progress = {}
        plan.save()
        record(
            actor=actor, action="planning.plan_computed", object_type="plan", object_key=plan.uuid,
            data={"objective": plan.objective, "bound": plan.bound, "input": plan.input_digest},
            rows=sorted(solution.assignment.items()),
        )  # fmt: skip
    return plan


def _digest(problem: Instance) -> str:
    return digests.digest([problem.name, len(problem.trainees), [asdict(t) for t in problem.trainees]])


def _fail(actor: Actor, plan: TimetablePlan, causes: list[Limit], names: dict[str, str]) -> TimetablePlan:
    with transaction.atomic():
        plan.state, plan.finished_at, plan.progress = State.FAILED, clock.now(), {}
        plan.causes = [
            {
                "kind": c.kind,
                "needed": c.needed,
                "available": c.available,
                "subject": c.subject,
                "data": dict(c.data),
            }
            for c in causes
        ]
        plan.save()
        record(
            actor=actor, action="planning.plan_failed", object_type="plan", object_key=plan.uuid,
            data={"causes": plan.causes[:20]},
        )  # fmt: skip
    return plan


@transaction.atomic
def publish_plan(*, actor: Actor, plan_id: int) -> TimetablePlan:
    """Make a draft the timetable that counts; the one published before is superseded.

    Refused once teaching under the published timetable has begun: from then on a plan is changed, not
    replaced (``planning.teaching_has_begun``).
    """
    plan = TimetablePlan.objects.select_for_update().get(pk=plan_id)
    if plan.state != State.DRAFT:
        raise Refused("planning.not_a_draft", state=plan.state)
    before = TimetablePlan.objects.filter(campaign=plan.campaign, state=State.PUBLISHED).first()
    if before is not None:
        if before.campaign.starts_on <= clock.today():
            raise Refused("planning.teaching_has_begun")
        before.state = State.SUPERSEDED
        before.save(update_fields=["state"])
    plan.state, plan.published_at, plan.published_by = State.PUBLISHED, clock.now(), actor.label
    plan.save(update_fields=["state", "published_at", "published_by"])
    record(actor=actor, action="planning.plan_published", object_type="plan", object_key=plan.uuid)
    return plan

"""Timetables as plans: compute one in the background, look at it, publish it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.charts import Series, bars
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...models import TimetablePlan
from ...queries.plans import plan_figures
from ...services.plans import begin_plan, publish_plan
from ...tasks import compute_timetable
from ..words import cause_sentence


@access(Role.MANAGER, Role.OFFICE)
def plans(request: HttpRequest) -> HttpResponse:
    """List the timetables computed so far."""
    campaign = campaign_in_view()
    rows = TimetablePlan.objects.filter(campaign_id=campaign.id) if campaign else TimetablePlan.objects.none()
    context = {"title": _("Timetables"), "plans": rows, "can_plan": actor_of(request).role is Role.MANAGER}
    return render(request, "planning/plans.html", context)


@access(Role.MANAGER)
@require_POST
def compute(request: HttpRequest) -> HttpResponse:
    """Start computing a timetable in the background."""
    campaign = campaign_in_view()
    if campaign is None:
        return HttpResponseRedirect(reverse("web:home"))
    try:
        plan = begin_plan(actor=actor_of(request), campaign_id=campaign.id)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return HttpResponseRedirect(reverse("planning:plans"))
    compute_timetable.enqueue(plan.pk, actor_of(request).account_id)
    return HttpResponseRedirect(reverse("planning:plan", args=[plan.uuid]))


@access(Role.MANAGER, Role.OFFICE)
def plan(request: HttpRequest, uuid: object) -> HttpResponse:
    """Show a timetable: its progress, or why it does not fit, or what it looks like."""
    found = get_object_or_404(TimetablePlan.objects.select_related("campaign"), uuid=uuid)
    context: dict[str, Any] = {
        "title": _("Timetable %(number)s") % {"number": found.number},
        "plan": found,
        "causes": [cause_sentence(cause) for cause in found.causes[:40]],
        "more_causes": max(0, len(found.causes) - 40),
        "can_plan": actor_of(request).role is Role.MANAGER,
    }
    if found.state in {"draft", "published", "superseded"}:
        figures = plan_figures(found)
        context |= {"figures": figures, "chart": _day_chart(figures)}
    return render(request, "planning/plan.html", context)


def _day_chart(figures: Any) -> str:
    return bars(
        title=_("Classes by day"),
        description=_("Number of classes in person and online on each day; the table below holds the same figures."),
        labels=[f"{line.day:%d/%m}" for line in figures.days],
        series=[
            Series(_("In person"), [line.in_person for line in figures.days]),
            Series(_("Online"), [line.online for line in figures.days]),
        ],
    )


@access(Role.MANAGER)
@require_POST
def publish(request: HttpRequest, uuid: object) -> HttpResponse:
    """Publish a draft; the page before asked for confirmation."""
    found = get_object_or_404(TimetablePlan, uuid=uuid)
    try:
        publish_plan(actor=actor_of(request), plan_id=found.pk)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("The timetable is published. Everyone finds their place on their first page."))
    return HttpResponseRedirect(reverse("planning:plan", args=[found.uuid]))

"""Who has not passed, and the resit planned for them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel import clock
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Cohort
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import Sitting
from ...queries.results import resits_allowed
from ...queries.rooms import resits_used
from ...rules import RESIT_ROLES, visible_sittings
from ...services.resits import plan_resit
from ..forms import ResitForm
from ..tables import NotPassed

MOST_SHOWN = 100


@access(*RESIT_ROLES)
def resits(request: HttpRequest) -> HttpResponse:
    """List who failed or missed the test, and the resits planned."""
    actor = actor_of(request)
    planned = visible_sittings(actor).filter(kind=Sitting.Kind.RESIT).order_by("-opens_at")[:50]
    context = table_context(NotPassed(), request, actor) | {
        "title": _("Resits"),
        "planned": list(planned),
        "cohort": request.GET.get("cohort", ""),
    }
    return render(request, "assessment/resits.html", context)


@access(*RESIT_ROLES)
@require_http_methods(["GET", "POST"])
def new_resit(request: HttpRequest) -> HttpResponse:
    """Plan a resit for the people ticked (all who may, at first), with another paper for each."""
    actor = actor_of(request)
    campaign = campaign_in_view()
    allowed = resits_allowed(campaign.id, clock.today()) if campaign else 0
    found = list(NotPassed().selected(actor, request.GET.dict())[: MOST_SHOWN + 1])
    lost = found[:MOST_SHOWN]
    used = resits_used(row.placement_id for row in lost)
    people = [row for row in lost if used.get(row.placement_id, 0) < allowed]
    ticked = {int(pk) for pk in request.POST.getlist("people") if pk.isdigit()}
    form = ResitForm(request.POST or None, cohorts=_cohorts(campaign.id if campaign else 0))
    if request.method == "POST" and form.is_valid():
        try:
            sitting = plan_resit(
                actor=actor,
                placement_ids=[row.placement_id for row in people if row.placement_id in ticked],
                opens_at=form.opens_at(),
                cohort_id=int(form.cleaned_data["cohort"]),
            )
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The resit is planned; each person has a new paper and a letter."))
            return redirect("assessment:sitting", uuid=sitting.uuid)
    context = {
        "title": _("Plan a resit"),
        "form": form,
        "people": [(row, row.placement_id in ticked or request.method == "GET") for row in people],
        "used_up": len(lost) - len(people),
        "allowed": allowed,
        "more": MOST_SHOWN if len(found) > MOST_SHOWN else 0,
        "back": reverse("assessment:resits"),
    }
    return render(request, "assessment/new_resit.html", context)


def _cohorts(campaign_id: int) -> list[tuple[int, str]]:
    rows = (
        Cohort.objects.filter(plan__campaign_id=campaign_id, plan__state="published")
        .select_related("room")
        .order_by("code")
    )
    return [(c.pk, f"{c.code} – {c.room.name if c.room else _('online')}") for c in rows]

"""Absences: reasons given, half-days made up in another class."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Session
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...models import MakeUp
from ...queries.make_ups import make_up_options
from ...rules import can_decide, can_run_cohorts, visible_excuses, visible_make_ups
from ...services.excuses import ask_excuse, decide_excuse
from ...services.make_ups import ask_make_up, decide_make_up
from ..forms import ExcuseForm, MakeUpForm
from ..tables import Excuses, MakeUps, Missed
from .parts import add_refused, posted, say_refused, seen_placement, show_table

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)
AGENCY = (Role.FOCAL_POINT, Role.HEAD)
DECIDE = (Role.OFFICE, Role.MANAGER)


@access(*RUN, *AGENCY)
def missed(request: HttpRequest) -> HttpResponse:
    """List the half-days that are left to make up."""
    return show_table(request, Missed(), "delivery/missed.html")


@access(*RUN, *AGENCY)
def excuses(request: HttpRequest) -> HttpResponse:
    """List the reasons given for absences."""
    return show_table(request, Excuses(), "delivery/list.html")


@access(*RUN, *AGENCY)
def excuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one reason; those who run the class grant or refuse it."""
    actor = actor_of(request)
    rows = visible_excuses(actor).select_related("placement__person", "placement__organisation", "session__cohort")
    found = get_object_or_404(rows, uuid=uuid)
    may_decide = can_run_cohorts(actor, [found.session.cohort_id])
    if request.method == "POST":
        if not may_decide or request.POST.get("do") not in ("grant", "refuse"):
            raise Http404
        decide_excuse(actor=actor, excuse_id=found.pk, grant=request.POST["do"] == "grant")
        messages.success(request, _("The decision is kept."))
        return redirect("delivery:excuse", uuid)
    context = {"title": _("Reason for an absence"), "excuse": found, "may_decide": may_decide}
    return render(request, "delivery/excuse.html", context)


@access(*RUN, *AGENCY, Role.TRAINEE)
def give_excuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the reason for an absence, before or after it."""
    place = seen_placement(request, uuid)
    asked = request.GET.get("half_day", "")
    form = ExcuseForm(posted(request), initial={"half_day": int(asked) if asked in "1234" and asked else None})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        session = get_object_or_404(Session, cohort_id=place.cohort_id, half_day=data["half_day"])
        try:
            ask_excuse(
                actor=actor_of(request), placement_id=place.pk, session_id=session.pk,
                category=data["category"], reason=data["reason"],
            )  # fmt: skip
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("The reason is sent. A missed half-day still has to be made up."))
            if actor_of(request).role is Role.TRAINEE:
                return redirect("delivery:my_presence")
            return redirect("delivery:excuses")
    context = {"title": _("Reason for an absence"), "place": place, "form": form}
    return render(request, "delivery/give_excuse.html", context)


@access(*RUN, *AGENCY)
def ask_for_make_up(request: HttpRequest, uuid: UUID, half_day: int) -> HttpResponse:
    """Choose the class in which a missed half-day is made up, among those with a free seat."""
    place = seen_placement(request, uuid)
    session = get_object_or_404(Session.objects.select_related("cohort"), cohort_id=place.cohort_id, half_day=half_day)
    options = make_up_options(place, session)
    form = MakeUpForm(posted(request))
    if request.method == "POST" and form.is_valid():
        target = next((o for o in options if o.uuid == form.cleaned_data["target"]), None)
        try:
            if target is None:
                raise Refused("delivery.no_such_target")
            ask_make_up(
                actor=actor_of(request), placement_id=place.pk, missed_id=session.pk,
                target_id=target.session_id, reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("The seat is asked for. The organiser confirms it."))
            instructor = actor_of(request).role is Role.INSTRUCTOR
            return redirect("delivery:missed" if instructor else "delivery:make_ups")
    context = {
        "title": _("Make a half-day up"),
        "place": place,
        "missed": session,
        "options": options[:60],
        "form": form,
        "chosen": request.POST.get("target", ""),
    }
    return render(request, "delivery/ask_make_up.html", context)


@access(*DECIDE, *AGENCY)
def make_ups(request: HttpRequest) -> HttpResponse:
    """List make-ups asked for and decided."""
    return show_table(request, MakeUps(), "delivery/list.html")


@access(*DECIDE, *AGENCY)
def make_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one make-up; the manager or the office confirms or refuses it."""
    actor = actor_of(request)
    rows = visible_make_ups(actor).select_related(
        "placement__person", "placement__organisation", "missed__cohort", "target__cohort__room__venue"
    )
    found = get_object_or_404(rows, uuid=uuid)
    open_still = found.state in (MakeUp.State.ASKED, MakeUp.State.CONFIRMED)
    context = {
        "title": _("Make-up"),
        "make_up": found,
        "may_decide": can_decide(actor) and open_still,
    }
    return render(request, "delivery/make_up.html", context)


@access(*DECIDE)
@require_POST
def settle_make_up(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Confirm or refuse a make-up."""
    found = get_object_or_404(visible_make_ups(actor_of(request)), uuid=uuid)
    if request.POST.get("do") not in ("confirm", "refuse"):
        raise Http404
    try:
        decide_make_up(actor=actor_of(request), make_up_id=found.pk, confirm=request.POST["do"] == "confirm")
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("The decision is kept."))
    return redirect("delivery:make_up", uuid)

"""An agency's list: for the focal point who fills it and the head who approves it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import AgencyList, Nomination
from ...queries.live import LIVE
from ...queries.progress import group_places
from ...rules import can_approve, can_name, visible_lists
from ...services.lists import approve_lists, confirm_release, return_list, submit_lists
from ..forms import ReasonForm
from ..tables import AgencyNames, OwnLists, campaign_id, list_state, said

SEES = (Role.FOCAL_POINT, Role.HEAD, Role.MANAGER)
State = AgencyList.State


def list_or_404(actor: Actor, uuid: str) -> AgencyList:
    """Return a list of the campaign in view that the actor sees."""
    rows = visible_lists(actor).filter(campaign_id=campaign_id()).select_related("organisation", "campaign")
    return get_object_or_404(rows, uuid=uuid)


def _speak_of(request: HttpRequest, uuid: str) -> None:
    """Make the table, its pager and its export speak of one list: they read the page's query."""
    query: Any = request.GET.copy()
    query["list"] = str(uuid)
    request.GET = query


@access(*SEES)
def agency_list(request: HttpRequest) -> HttpResponse:
    """Go to the agency's list; where the agency has several bodies under it, show them all."""
    actor = actor_of(request)
    if actor.role is Role.MANAGER:
        return redirect("enrolment:progress")
    own = list(visible_lists(actor).filter(campaign_id=campaign_id()).values_list("uuid", flat=True)[:2])
    if len(own) == 1:
        return redirect("enrolment:list", uuid=own[0])
    context = {"title": _("Lists of my agency")} | table_context(OwnLists(), request, actor)
    return render(request, "enrolment/own_lists.html", context)


@access(Role.HEAD, Role.MANAGER)
def approval(request: HttpRequest) -> HttpResponse:
    """Go to the list that waits for the head; several are shown as a list."""
    actor = actor_of(request)
    rows = visible_lists(actor).filter(campaign_id=campaign_id(), state=State.SUBMITTED)
    waiting = list(rows.values_list("uuid", flat=True)[:2])
    if len(waiting) == 1:
        return redirect("enrolment:decide", uuid=waiting[0])
    if actor.role is Role.MANAGER:
        return redirect(f"{reverse('enrolment:progress')}?state={State.SUBMITTED}")
    if waiting:
        return redirect(f"{reverse('enrolment:agency_list')}?state={State.SUBMITTED}")
    messages.info(request, _("No list waits for your approval."))
    return redirect("enrolment:agency_list")


@access(*SEES)
def show(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one list: quota per group, names so far, and the one thing to do next."""
    actor = actor_of(request)
    shown = list_or_404(actor, uuid)
    _speak_of(request, uuid)
    places = group_places(shown)
    live = Nomination.objects.filter(LIVE, campaign_id=shown.campaign_id, organisation_id=shown.organisation_id)
    unreleased = live.filter(released_at__isnull=True).count()
    context = {
        "title": said(shown.organisation.name),
        "list": shown,
        "state": list_state(shown),
        "places": [(place, said(place.name)) for place in places],
        "late": shown.state in {State.OPEN, State.RETURNED} and shown.due_on < clock.today(),
        "unreleased": unreleased,
        "names": can_name(actor, shown),
        "approves": can_approve(actor, shown),
        **_next(actor, shown, places, unreleased),
    }
    return render(request, "enrolment/list.html", context | table_context(AgencyNames(), request, actor))


def _next(actor: Actor, shown: AgencyList, places: list[Any], unreleased: int) -> dict[str, Any]:
    """Return what may be done now and which of it comes first."""
    named = sum(place.named for place in places)
    free = sum(place.free for place in places)
    fills = can_name(actor, shown) and (shown.state in {State.OPEN, State.RETURNED} or actor.role is Role.MANAGER)
    hands_in = can_name(actor, shown) and shown.state in {State.OPEN, State.RETURNED} and named > 0
    decides = can_approve(actor, shown) and shown.state == State.SUBMITTED
    first = "wait"
    if decides:
        first = "decide"
    elif fills and free and shown.state != State.APPROVED:
        first = "name"
    elif unreleased and named:
        first = "release"
    elif hands_in:
        first = "submit"
    elif shown.state == State.APPROVED:
        first = "done"
    return {"fills": fills, "hands_in": hands_in, "decides": decides, "next": first, "named": named, "free": free}


@access(Role.FOCAL_POINT, Role.MANAGER)
def submit(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask before the list is handed in; then hand it in."""
    actor = actor_of(request)
    shown = list_or_404(actor, uuid)
    places = group_places(shown)
    if request.method == "POST":
        return _done(
            request,
            shown,
            lambda: submit_lists(actor=actor, campaign_id=shown.campaign_id, organisation_ids=[shown.organisation_id]),
            _("The list is handed in. The head of the agency can now approve it."),
        )
    missing = sum(place.free for place in places)
    text = _("After that the list no longer changes unless the head returns it.")
    if missing:
        text = (
            _("%(missing)d seats of your quota are still free. You may hand the list in all the same.")
            % {"missing": missing}
            + " "
            + text
        )
    context = {"title": _("Hand in the list"), "text": text, "button": _("Hand in the list"), "list": shown}
    return render(request, "enrolment/confirm.html", context)


@access(*SEES)
def release(request: HttpRequest, uuid: str) -> HttpResponse:
    """Ask before release is confirmed; then confirm it for everyone on the list."""
    actor = actor_of(request)
    shown = list_or_404(actor, uuid)
    if request.method == "POST":
        return _done(
            request,
            shown,
            lambda: confirm_release(
                actor=actor, campaign_id=shown.campaign_id, organisation_ids=[shown.organisation_id]
            ),
            _("Release is confirmed for everyone on the list."),
        )
    text = _(
        "Everyone on the list is released from work for both days of their course, between the first and the "
        "last day of the campaign, except on the days noted as impossible."
    )
    context = {"title": _("Confirm release"), "text": text, "button": _("Confirm release"), "list": shown}
    return render(request, "enrolment/confirm.html", context)


@access(Role.HEAD, Role.MANAGER)
def decide(request: HttpRequest, uuid: str) -> HttpResponse:
    """Let the head read the list, then approve it or give it back with a reason."""
    actor = actor_of(request)
    shown = list_or_404(actor, uuid)
    form = ReasonForm(request.POST if request.POST.get("deed") == "return" else None)
    if request.method == "POST" and request.POST.get("deed") == "approve":
        return _done(
            request,
            shown,
            lambda: approve_lists(actor=actor, campaign_id=shown.campaign_id, organisation_ids=[shown.organisation_id]),
            _("The list is approved."),
        )
    if request.method == "POST" and form.is_valid():
        return _done(
            request,
            shown,
            lambda: return_list(
                actor=actor,
                campaign_id=shown.campaign_id,
                organisation_id=shown.organisation_id,
                reason=form.cleaned_data["reason"],
            ),
            _("The list is returned to the focal point."),
        )
    _speak_of(request, uuid)
    places = group_places(shown)
    context = {
        "title": _("Approve the list"),
        "list": shown,
        "state": list_state(shown),
        "places": [(place, said(place.name)) for place in places],
        "decides": shown.state == State.SUBMITTED,
        "form": form,
    }
    return render(request, "enrolment/decide.html", context | table_context(AgencyNames(), request, actor))


def _done(request: HttpRequest, shown: AgencyList, deed: Any, words: str) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, words)
    return redirect("enrolment:list", uuid=shown.uuid)

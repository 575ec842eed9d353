"""Ceremonies, their guests and answers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import pick
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import EventGuest
from ...rules import can_run, visible_events
from ...services.events import add_event, record_guest
from ..forms import EventForm, GuestAnswerForm, GuestForm
from ..scope import campaign_or_404, posted
from ..tables import Events
from ..words import EVENT_KINDS, GUEST_STATES, state_tag
from .campaign import ORGANISERS


@access(*ORGANISERS)
def events(request: HttpRequest) -> HttpResponse:
    """List the ceremonies."""
    shown = campaign_or_404()
    actor = actor_of(request)
    context = {
        "title": _("Events"),
        "runs": can_run(actor),
        "certainty": shown.facts.get("marks", {}).get("value", {}).get("events", ""),
    }
    return render(request, "campaigns/events.html", context | table_context(Events(), request, actor))


@access(Role.MANAGER)
def new_event(request: HttpRequest) -> HttpResponse:
    """Add a ceremony."""
    shown = campaign_or_404()
    form = EventForm(posted(request))
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.moments()
        place = form.cleaned_data["place_vi"]
        try:
            event = add_event(
                actor=actor_of(request),
                campaign_id=shown.pk,
                kind=form.cleaned_data["kind"],
                title=form.texts("title"),
                starts_at=starts_at,
                ends_at=ends_at,
                place={"vi": place, "fr": place, "en": place},
                public=form.cleaned_data["public"],
            )
        except Refused as refused:
            form.add_error("ends", sentence(refused))
        else:
            return redirect("campaigns:event", uuid=event.uuid)
    return render(request, "campaigns/event_new.html", {"title": _("Add an event"), "form": form})


@access(*ORGANISERS)
def event(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show a ceremony with its guests; the manager invites and notes answers."""
    actor = actor_of(request)
    found = get_object_or_404(visible_events(actor).filter(campaign=campaign_or_404()), uuid=uuid)
    guests = list(found.guests.all())
    form = GuestForm(posted(request)) if can_run(actor) else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            record_guest(actor=actor, event_id=found.pk, office=form.texts("office"))
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The office is on the list of guests."))
            return redirect("campaigns:event", uuid=found.uuid)
    rows = []
    for guest in guests:
        answer = {"guest": guest.pk, "state": guest.state, "name": guest.name}
        rows.append(
            (
                guest,
                state_tag(GUEST_STATES, guest.state),
                GuestAnswerForm(initial=answer, prefix=None, auto_id=f"g{guest.pk}-%s"),
            )
        )
    context = {
        "title": pick(found.title, get_language() or "vi"),
        "event": found,
        "kind": EVENT_KINDS.get(found.kind, found.kind),
        "rows": rows,
        "form": form,
        "counts": [(GUEST_STATES[s][0], sum(g.state == s for g in guests)) for s in EventGuest.State.values],
        "runs": can_run(actor),
    }
    return render(request, "campaigns/event.html", context)


@access(Role.MANAGER)
@require_POST
def guest_answer(request: HttpRequest, uuid: str) -> HttpResponse:
    """Note the answer of one guest."""
    actor = actor_of(request)
    found = get_object_or_404(visible_events(actor).filter(campaign=campaign_or_404()), uuid=uuid)
    form = GuestAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The answer was not noted. Choose one of the answers offered."))
        return redirect("campaigns:event", uuid=uuid)
    guest = get_object_or_404(found.guests, pk=form.cleaned_data["guest"])
    record_guest(
        actor=actor,
        event_id=found.pk,
        guest_id=guest.pk,
        state=form.cleaned_data["state"],
        name=form.cleaned_data["name"],
    )
    messages.success(request, _("The answer is noted."))
    return redirect("campaigns:event", uuid=uuid)

"""The instructor's first screen and the class screen; open and close a half-day."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Session
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...queries.class_room import day_bounds, half_day_cards, poll_results, roster
from ...rules import run_sessions
from ...services.sessions import close_sessions, open_sessions
from ..forms import CloseForm
from ..tables import HalfDays, read_day
from .parts import add_refused, posted, run_session, say_refused, session_state, show_table

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)


@access(*RUN)
def today(request: HttpRequest) -> HttpResponse:
    """Show an instructor today's classes as cards; the office and the manager the list of a day."""
    actor = actor_of(request)
    day = read_day(request.GET.dict())
    if actor.role is not Role.INSTRUCTOR:
        kept = {"day": day.isoformat()} if "day" in request.GET else {}
        return show_table(request, HalfDays(), "delivery/half_days.html", kept=kept, day=day, nearby=_nearby(day))
    begin, end = day_bounds(day)
    mine = run_sessions(actor)
    next_ids = mine.filter(starts_at__gte=end).order_by("starts_at").values_list("pk", flat=True)[:6]
    wanted = mine.filter(starts_at__gte=begin, starts_at__lt=end) | mine.filter(pk__in=list(next_ids))
    cards = half_day_cards(wanted)
    now = clock.now()
    running = [c for c in cards if c.state != "closed" and c.starts_at < end and c.ends_at > now]
    context = {
        "title": _("My classes today"),
        "day": day,
        "current": min(running, key=lambda c: (c.state != "open", c.starts_at), default=None),
        "cards": [c for c in cards if c.starts_at < end],
        "later": [c for c in cards if c.starts_at >= end],
    }
    return render(request, "delivery/today.html", context)


def _nearby(day: date) -> list[date]:
    return [day + timedelta(days=step) for step in (-1, 1)]


@access(*RUN)
def class_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the class screen of a half-day: what to do next, who is here, what waits."""
    session = run_session(request, uuid)
    card = half_day_cards(Session.objects.filter(pk=session.pk))[0]
    people = roster(session)
    shown = request.GET.get("show", "")
    context = {
        "title": _("Class %(code)s") % {"code": card.cohort_code},
        "card": card,
        "half_days": Session.objects.filter(cohort_id=session.cohort_id).order_by("half_day"),
        "people": [p for p in people if shown != "missing" or p.status in ("", "absent", "excused")],
        "shown": shown,
        "contradicted": sum(p.contradicted for p in people),
        "open_polls": len(poll_results(session.pk, open_only=True)),
        "may_open": clock.local(session.starts_at).date() <= clock.today(),
        "begun": session.starts_at <= clock.now(),
    }
    return render(request, "delivery/class_session.html", context)


@access(*RUN)
@require_POST
def open_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open a half-day so that people can check in."""
    session = run_session(request, uuid)
    try:
        open_sessions(actor=actor_of(request), session_ids=[session.pk])
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("The class is open. People can check in now."))
    return redirect("delivery:class_session", uuid)


@access(*RUN)
def close_session(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close a half-day with a line for the diary."""
    session = run_session(request, uuid)
    form = CloseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            close_sessions(actor=actor_of(request), session_ids=[session.pk], text=form.cleaned_data["text"])
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("The half-day is closed and its register is written."))
            return redirect("delivery:class_session", uuid)
    people = roster(session)
    context = {
        "title": _("Close the half-day"),
        "form": form,
        "session": session,
        "state": session_state(session),
        "unseen": [p for p in people if not p.status],
        "contradicted": [p for p in people if p.contradicted],
    }
    return render(request, "delivery/close.html", context)

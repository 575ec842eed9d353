"""The sitting room live: open, watch, close, minutes; the lists of sittings and marks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import Sitting
from ...queries.rooms import RoomView, room_of, sittings_of_today
from ...rules import RESULT_ROLES, ROOM_ROLES, SITTING_ROLES, can_run, name_shown, visible_sittings
from ...services.sittings import cancel_sitting, close_sitting, open_sitting, write_minutes
from ..forms import MinutesForm, ReasonForm
from ..tables import Marks, Sittings
from ..words import ATTEMPT_STATES, KINDS, SITTING_STATES


@access(*SITTING_ROLES)
def sittings(request: HttpRequest) -> HttpResponse:
    """List the sittings; those of today come first."""
    actor = actor_of(request)
    context = table_context(Sittings(), request, actor) | {
        "title": _("Sittings of the test"),
        "today": sittings_of_today(visible_sittings(actor), actor)[:40],
        "states": [(key, words[0]) for key, words in SITTING_STATES.items()],
        "day": request.GET.get("day", ""),
        "state": request.GET.get("state", ""),
    }
    return render(request, "assessment/sittings.html", context)


@access(*SITTING_ROLES)
def room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show everybody in a sitting: state, answers saved, last save. The page refreshes itself where it can."""
    actor = actor_of(request)
    sitting = get_object_or_404(visible_sittings(actor), uuid=uuid)
    view = room_of(sitting)
    context = _sitting_context(sitting, actor) | {
        "view": view,
        "rows": _rows(view, sitting, actor),
        "title": _("Test of class %(code)s") % {"code": sitting.cohort.code},
        "back": reverse("assessment:sittings"),
        "now": clock.now(),
        "live": sitting.state == Sitting.State.OPEN,
    }
    return render(request, "assessment/room.html", context)


def _sitting_context(sitting: Sitting, actor: Actor) -> dict[str, Any]:
    return {
        "sitting": sitting,
        "kind": KINDS[sitting.kind],
        "state": SITTING_STATES[sitting.state],
        "can_run": can_run(actor),
    }


def _rows(view: RoomView, sitting: Sitting, actor: Actor) -> list[dict[str, Any]]:
    on = clock.local(sitting.opens_at).date()
    return [
        {
            "seat": seat,
            "name": name_shown(actor, seat.attempt.placement.person, on),
            "words": ATTEMPT_STATES[seat.attempt.state],
        }
        for seat in view.seats
    ]


def _run(request: HttpRequest, uuid: UUID) -> tuple[Actor, Sitting]:
    """Return who asks and the sitting, for those who run it."""
    actor = actor_of(request)
    sitting = get_object_or_404(visible_sittings(actor), uuid=uuid)
    if not can_run(actor):
        raise PermissionDenied
    return actor, sitting


@access(*ROOM_ROLES)
@require_POST
def open_room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open the sitting."""
    actor, sitting = _run(request, uuid)
    try:
        open_sitting(actor=actor, sitting_id=sitting.pk)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("The test is open. Candidates can start now."))
    return redirect("assessment:sitting", uuid=uuid)


@access(*ROOM_ROLES)
@require_http_methods(["GET", "POST"])
def close_room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Close the sitting, after saying who still writes."""
    actor, sitting = _run(request, uuid)
    if request.method == "POST":
        try:
            close_sitting(actor=actor, sitting_id=sitting.pk, end_running=request.POST.get("end_running") == "yes")
        except Refused as refused:
            messages.error(request, sentence(refused))
            return redirect("assessment:sitting_close", uuid=uuid)
        messages.success(request, _("The sitting is closed and scored."))
        return redirect("assessment:sitting", uuid=uuid)
    context = _sitting_context(sitting, actor) | {
        "view": room_of(sitting),
        "title": _("Close the test of class %(code)s") % {"code": sitting.cohort.code},
        "back": reverse("assessment:sitting", args=[uuid]),
    }
    return render(request, "assessment/close.html", context)


@access(*ROOM_ROLES)
@require_http_methods(["GET", "POST"])
def cancel_room(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Cancel a sitting that nobody has started."""
    actor, sitting = _run(request, uuid)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_sitting(actor=actor, sitting_id=sitting.pk, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The sitting is cancelled."))
            return redirect("assessment:sitting", uuid=uuid)
    context = _sitting_context(sitting, actor) | {
        "form": form,
        "title": _("Cancel the test of class %(code)s") % {"code": sitting.cohort.code},
        "back": reverse("assessment:sitting", args=[uuid]),
    }
    return render(request, "assessment/cancel.html", context)


@access(*SITTING_ROLES)
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the minutes of a sitting; those who run it write what happened."""
    actor = actor_of(request)
    sitting = get_object_or_404(visible_sittings(actor), uuid=uuid)
    form = MinutesForm(request.POST or None, initial={"text": sitting.note})
    if request.method == "POST":
        if not can_run(actor):
            raise PermissionDenied
        if form.is_valid():
            write_minutes(actor=actor, sitting_id=sitting.pk, text=form.cleaned_data["text"])
            messages.success(request, _("The minutes are saved."))
            return redirect("assessment:sitting_minutes", uuid=uuid)
    view = room_of(sitting)
    rows = _rows(view, sitting, actor)
    marked = [
        row
        for row in rows
        if row["seat"].attempt.void_reason
        or row["seat"].attempt.extra_minutes
        or row["seat"].attempt.let_in_by
        or row["seat"].moves
    ]
    context = _sitting_context(sitting, actor) | {
        "form": form,
        "view": view,
        "absent": [row for row in rows if row["seat"].attempt.state in {"absent", "assigned"}],
        "incidents": marked,
        "title": _("Minutes of the test of class %(code)s") % {"code": sitting.cohort.code},
        "back": reverse("assessment:sitting", args=[uuid]),
    }
    return render(request, "assessment/minutes.html", context)


@access(*RESULT_ROLES)
def marks(request: HttpRequest) -> HttpResponse:
    """List the marks the actor may see."""
    actor = actor_of(request)
    context = table_context(Marks(), request, actor) | {
        "title": _("Marks of the test"),
        "cohort": request.GET.get("cohort", ""),
        "state": request.GET.get("state", ""),
        "states": [(key, words[0]) for key, words in ATTEMPT_STATES.items() if key != "submitted"],
    }
    return render(request, "assessment/marks.html", context)

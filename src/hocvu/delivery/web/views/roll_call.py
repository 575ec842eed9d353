"""Roll call of a class in one form, and one person put right."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Session
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...queries.class_room import PersonCard, roll_call_so_far, roster, signs_of
from ...services.presence import record_presence
from ...types import PresenceRow
from ..forms import PersonForm
from .parts import add_refused, posted, run_session, say_refused, session_state

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)


@access(*RUN)
def roll_call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the roll: tick who is absent, write minutes late; what did not change is not written again."""
    session = run_session(request, uuid)
    people = roster(session)
    said = roll_call_so_far(session.pk)
    words = _("%(name)s is absent"), _("Minutes late of %(name)s")
    lines = [_line(person, said.get(person.placement_id), request, words) for person in people]
    wrong = [line for line in lines if line["error"]]
    if request.method == "POST" and not wrong:
        rows = [row for line in lines if (row := _changed(line, said)) is not None]
        try:
            if rows:
                record_presence(actor=actor_of(request), session_id=session.pk, rows=rows)
        except Refused as refused:
            say_refused(request, refused)
        else:
            text = ngettext("Roll call kept: %(n)s change.", "Roll call kept: %(n)s changes.", len(rows))
            messages.success(request, text % {"n": len(rows)})
            return redirect("delivery:class_session", uuid)
    context = {
        "title": _("Roll call"),
        "session": session,
        "state": session_state(session),
        "lines": lines,
        "wrong": wrong,
    }
    return render(request, "delivery/roll_call.html", context)


def _line(
    person: PersonCard, said: tuple[str, int] | None, request: HttpRequest, words: tuple[str, str]
) -> dict[str, Any]:
    key = person.placement_id
    # Made here, not in the template: a hundred rows would translate the same sentence two hundred times.
    labels = [text % {"name": person.name} for text in words]
    if request.method == "POST":
        typed = request.POST.get(f"late_{key}", "").strip()
        right = typed == "" or (typed.isascii() and typed.isdigit() and int(typed) <= 600)
        return {
            "person": person,
            "labels": labels,
            "absent": request.POST.get(f"absent_{key}") == "1",
            "late": typed,
            "error": "" if right else _("Write minutes as a whole number from 0 to 600."),
        }
    minutes = said[1] if said and said[0] == "present" else person.minutes_late
    absent = said[0] == "absent" if said else person.status in ("absent", "excused")
    return {
        "person": person,
        "labels": labels,
        "absent": absent,
        "late": str(minutes or ""),
        "error": "",
    }


def _changed(line: dict[str, Any], said: dict[int, tuple[str, int]]) -> PresenceRow | None:
    person = line["person"]
    kind = "absent" if line["absent"] else "present"
    minutes = 0 if line["absent"] else int(line["late"] or 0)
    if said.get(person.placement_id) == (kind, minutes):
        return None
    evidence = {} if line["absent"] else {"minutes_late": minutes}
    return PresenceRow(person.placement_id, kind, "roll_call", clock.now(), evidence)


@access(*RUN)
def person(request: HttpRequest, uuid: UUID, place: UUID) -> HttpResponse:
    """Show what was seen of one person in a half-day, and put it right."""
    session = run_session(request, uuid)
    found = next((p for p in roster(session) if p.uuid == place), None)
    if found is None:
        raise Http404
    actor = actor_of(request)
    initial = {"state": "absent" if found.status in ("absent", "excused") else "present"}
    form = PersonForm(posted(request), initial=initial | {"minutes_late": found.minutes_late or None})
    if request.method == "POST" and form.is_valid():
        channel = "roll_call" if actor.role is Role.INSTRUCTOR else "manager"
        rows = _rows(found.placement_id, session, channel, form.cleaned_data)
        try:
            record_presence(actor=actor, session_id=session.pk, rows=rows)
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("Kept: %(name)s.") % {"name": found.name})
            return redirect("delivery:class_session", uuid)
    context = {
        "title": found.name,
        "session": session,
        "state": session_state(session),
        "person": found,
        "signs": signs_of(found.placement_id, [session.pk]),
        "form": form,
    }
    return render(request, "delivery/person.html", context)


def _rows(placement_id: int, session: Session, channel: str, data: dict[str, Any]) -> list[PresenceRow]:
    """Return the signs that say what the form says, as one person's word on the half-day."""
    reason = {"reason": data["reason"]} if data["reason"] else {}
    now = clock.now()
    if data["state"] == "absent":
        return [PresenceRow(placement_id, "absent", channel, now, reason)]
    came = reason | {"minutes_late": data["minutes_late"] or 0}
    if data["state"] == "present":
        return [PresenceRow(placement_id, "present", channel, now, came)]
    left = datetime.combine(clock.local(session.starts_at).date(), data["left_at"], tzinfo=clock.LOCAL)
    stayed = max(0, int((left - session.starts_at).total_seconds() // 60))
    return [
        PresenceRow(placement_id, "present", channel, now, came),
        PresenceRow(placement_id, "left", channel, now, reason | {"left_after": stayed}),
    ]

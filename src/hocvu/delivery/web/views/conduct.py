"""Notes on conduct: written, answered, decided."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...models import ConductNote
from ...queries.class_room import roster
from ...rules import can_decide, visible_notes
from ...services.conduct import decide_note, note_conduct, reply_time_over, reply_to_note
from ..forms import DecideNoteForm, NoteForm, ReplyForm
from ..tables import ConductNotes
from .parts import add_refused, posted, run_session, show_table

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)
AGENCY = (Role.FOCAL_POINT, Role.HEAD)


@access(*RUN)
def write_note(request: HttpRequest, uuid: UUID, place: UUID) -> HttpResponse:
    """Note what someone did in a half-day."""
    session = run_session(request, uuid)
    person = next((p for p in roster(session) if p.uuid == place), None)
    if person is None:
        raise Http404
    form = NoteForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            note_conduct(
                actor=actor_of(request), placement_id=person.placement_id, session_id=session.pk, **form.cleaned_data
            )
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("The note is kept. The trainee can read it and reply."))
            return redirect("delivery:class_session", uuid)
    context = {"title": _("Note on conduct"), "session": session, "person": person, "form": form}
    return render(request, "delivery/write_note.html", context)


@access(*RUN, *AGENCY)
def conduct_notes(request: HttpRequest) -> HttpResponse:
    """List the notes on those the actor may see."""
    return show_table(request, ConductNotes(), "delivery/list.html")


@access(*RUN, *AGENCY, Role.TRAINEE)
def conduct_note(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one note: the trainee replies, the manager or the office decides, others read."""
    actor = actor_of(request)
    rows = visible_notes(actor).select_related(
        "placement__person", "placement__organisation", "placement__plan", "session__cohort"
    )
    note = get_object_or_404(rows, uuid=uuid)
    open_still = note.state in (ConductNote.State.OPEN, ConductNote.State.REPLIED)
    form: ReplyForm | DecideNoteForm | None = None
    if actor.role is Role.TRAINEE and open_still:
        form = ReplyForm(posted(request), initial={"text": note.reply})
    elif can_decide(actor):
        form = DecideNoteForm(posted(request))
    if request.method == "POST" and form is None:
        raise Http404
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            if isinstance(form, ReplyForm):
                reply_to_note(actor=actor, note_id=note.pk, text=form.cleaned_data["text"])
                messages.success(request, _("Your reply is kept and will be read before the decision."))
            else:
                uphold = form.cleaned_data["decision"] == "uphold"
                decide_note(actor=actor, note_id=note.pk, uphold=uphold, text=form.cleaned_data["text"])
                messages.success(request, _("The decision is kept. The trainee can read it."))
        except Refused as refused:
            add_refused(form, refused)
        else:
            return redirect("delivery:conduct_note", uuid)
    context = {
        "title": _("Note on conduct"),
        "note": note,
        "form": form,
        "replying": isinstance(form, ReplyForm),
        "waiting_for_reply": not note.reply and open_still and not reply_time_over(note),
    }
    return render(request, "delivery/conduct_note.html", context)


@access(Role.TRAINEE)
def my_conduct(request: HttpRequest) -> HttpResponse:
    """List the notes on oneself."""
    notes = visible_notes(actor_of(request)).select_related("session__cohort")
    return render(request, "delivery/my_conduct.html", {"title": _("Notes on my conduct"), "notes": notes})

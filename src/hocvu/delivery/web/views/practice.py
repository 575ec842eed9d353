"""Practice tasks: a mailbox in which one opens, reports, deletes, replies or keeps; scored from the deeds."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hocvu.curriculum.api import PracticeTask, practice_task, score_deeds
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Placement
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...models import PracticeAttempt
from ...queries.practice import deeds_of, finished_attempts, running_attempt
from ...queries.scope import own_placements
from ...services.practice import finish_practice, record_deed, start_practice
from ..agency_tables import PracticeByAgency
from ..words import shown
from .parts import say_refused, show_table

AGENCY = (Role.FOCAL_POINT, Role.HEAD)
FINAL = {
    "report": gettext_lazy("Report"),
    "delete": gettext_lazy("Delete"),
    "reply": gettext_lazy("Reply"),
    "keep": gettext_lazy("Keep to act on"),
}
DONE = {
    "report": gettext_lazy("reported"),
    "delete": gettext_lazy("deleted"),
    "reply": gettext_lazy("replied"),
    "keep": gettext_lazy("kept to act on"),
}
UNSAFE = {
    "open_link": gettext_lazy("you opened the link"),
    "open_attachment": gettext_lazy("you opened the attachment"),
}
CHANNELS = {"email": gettext_lazy("e-mail"), "sms": "SMS", "zalo": "Zalo"}


def _task_and_place(request: HttpRequest, code: str) -> tuple[PracticeTask, Placement]:
    task = practice_task(code)
    place = next(iter(own_placements(actor_of(request).person_id)), None)
    if task is None or place is None:
        raise Http404
    return task, place


@access(Role.TRAINEE)
def practice(request: HttpRequest, code: str) -> HttpResponse:
    """Show the task, and the mailbox once a try has begun."""
    task, place = _task_and_place(request, code)
    attempt = running_attempt(task.code, place.pk)
    lines = _lines(task, attempt) if attempt else []
    context = {
        "title": shown(task.title),
        "task": task,
        "attempt": attempt,
        "lines": lines,
        "left": sum(not line["final"] for line in lines),
        "tries": finished_attempts(task.code, place.pk),
    }
    return render(request, "delivery/practice.html", context)


def _lines(task: PracticeTask, attempt: PracticeAttempt) -> list[dict[str, Any]]:
    deeds = deeds_of(attempt)
    final = {d.object: d.deed for d in deeds if d.deed in FINAL}
    opened = {d.object for d in deeds}
    return [
        {
            "message": m,
            "channel": CHANNELS.get(m.channel, m.channel),
            "opened": m.id in opened,
            "final": DONE.get(final.get(m.id, ""), ""),
        }
        for m in task.messages
    ]


@access(Role.TRAINEE)
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a try."""
    task, place = _task_and_place(request, code)
    start_practice(actor=actor_of(request), placement_id=place.pk, task_code=task.code)
    return redirect("delivery:practice", code)


@access(Role.TRAINEE)
def message(request: HttpRequest, code: str, message_id: str) -> HttpResponse:
    """Read one message and do something with it; reading is kept as a deed of its own, worth nothing."""
    task, place = _task_and_place(request, code)
    found = task.message(message_id)
    attempt = running_attempt(task.code, place.pk)
    if found is None:
        raise Http404
    if attempt is None:
        return redirect("delivery:practice", code)
    deed = request.POST.get("deed", "") if request.method == "POST" else "open"
    done = {d.deed for d in deeds_of(attempt) if d.object == message_id}
    if request.method == "POST" or "open" not in done:
        text = request.POST.get("text", "")
        try:
            attempt = record_deed(
                actor=actor_of(request), attempt_id=attempt.pk, object_id=message_id, deed=deed, text=text
            )
        except Refused as refused:
            say_refused(request, refused)
            return redirect("delivery:practice_message", code, message_id)
    if request.method == "POST":
        if deed in FINAL:
            return redirect("delivery:practice", code)
        messages.info(request, _("In this exercise nothing is really opened. Go on and decide what to do."))
        return redirect("delivery:practice_message", code, message_id)
    context = {
        "title": shown(found.subject),
        "task": task,
        "message": found,
        "channel": CHANNELS.get(found.channel, found.channel),
        "done": done,
        "finals": [(name, words) for name, words in FINAL.items() if name in found.deeds],
    }
    return render(request, "delivery/practice_message.html", context)


@access(Role.TRAINEE)
@require_POST
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """End the try and go to its score."""
    task, place = _task_and_place(request, code)
    attempt = running_attempt(task.code, place.pk)
    if attempt is None:
        return redirect("delivery:practice", code)
    finish_practice(actor=actor_of(request), attempt_id=attempt.pk)
    return redirect("delivery:practice_result", code)


@access(Role.TRAINEE)
def result(request: HttpRequest, code: str) -> HttpResponse:
    """Show the latest finished try: score, and for each message what was best and why."""
    task, place = _task_and_place(request, code)
    tries = finished_attempts(task.code, place.pk)
    if not tries:
        return redirect("delivery:practice", code)
    scored = score_deeds(task, deeds_of(tries[0]))
    lines = [
        {
            "message": m,
            "result": r,
            "done": DONE.get(r.final, ""),
            "best": DONE[m.best],
            "unsafe": [UNSAFE[name] for name in r.unsafe],
            "signs": m.signs,
        }
        for m, r in zip(task.messages, scored.messages, strict=True)
    ]
    context = {
        "title": _("Your result"),
        "task": task,
        "scored": scored,
        "lines": lines,
        "tries": tries,
    }
    return render(request, "delivery/practice_result.html", context)


@access(Role.OFFICE, Role.MANAGER, Role.LEADER, *AGENCY)
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Show who practised, by agency."""
    task = practice_task(code)
    if task is None:
        raise Http404
    return show_table(request, PracticeByAgency(), "delivery/list.html", kept={"task": code})

"""The candidate's pages: my test, a question, review, result. No right key of the test pool comes near them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...domain.timing import seconds_left
from ...models import Attempt, Sitting
from ...queries.candidates import current_of, progress_of, question_at, saved_answers, with_shown
from ...queries.results import axis_scores, best_marks, pass_mark_on, resits_allowed
from ...rules import own_attempts, own_placements
from ...saving import make_token, save_answers
from ...services.attempts import is_overdue, settle_attempt, start_attempt, submit_attempt, take_over
from ...types import AnswerIn
from ..words import AXES

HELD = "attempt_held"  # [attempt, token number]: the attempt this browser holds
LOST = {"assessment.other_device", "assessment.token_bad"}


@access(Role.TRAINEE)
def my_test(request: HttpRequest) -> HttpResponse:
    """Show when and where the test is, its rules, and the button that starts it once the room is open."""
    actor = actor_of(request)
    attempts = _settled(actor)
    current = current_of(attempts)
    context: dict[str, Any] = {"title": _("My test"), "attempts": attempts, "attempt": current, "now": clock.now()}
    if current is None:
        context["placement"] = own_placements(actor).select_related("cohort").first()
    else:
        campaign_id = current.sitting.blueprint.campaign_id
        on = clock.local(current.sitting.opens_at).date()
        context |= {
            "pass_mark": pass_mark_on(campaign_id, on),
            "resits": resits_allowed(campaign_id, on),
            "total": len(current.paper),
            "can_start": current.state == Attempt.State.ASSIGNED and _is_open(current),
            "held_here": _held(request, current),
        }
    return render(request, "assessment/my_test.html", context)


@access(Role.TRAINEE)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start the test on this device."""
    actor = actor_of(request)
    attempt = current_of(with_shown(own_attempts(actor)))
    if attempt is None:
        raise Http404
    running = attempt.state == Attempt.State.STARTED
    try:
        begun = start_attempt(actor=actor, attempt_uuid=attempt.uuid)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("assessment:my_test")
    if not running:  # a test that runs already stays with the device that holds it
        _hold(request, begun)
    return redirect("assessment:question", position=1)


@access(Role.TRAINEE)
@require_POST
def take_over_here(request: HttpRequest) -> HttpResponse:
    """Go on with the test on this device; the other one no longer saves."""
    actor = actor_of(request)
    attempt = _running(actor)
    if attempt is None:
        return redirect("assessment:result")
    try:
        _hold(request, take_over(actor=actor, attempt_uuid=attempt.uuid))
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("assessment:my_test")
    return redirect("assessment:question", position=1)


@access(Role.TRAINEE)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, position: int) -> HttpResponse:
    """Show one question, or keep the answer sent and go on."""
    attempt = _running(actor_of(request))
    if attempt is None:
        return _ended(request)
    if not 1 <= position <= len(attempt.paper):
        raise Http404
    if not _held(request, attempt):
        return render(request, "assessment/other_device.html", {"title": _("My test"), "attempt": attempt})
    trouble = ""
    if request.method == "POST":
        trouble = _keep(request, attempt, position)
        if not trouble:
            return _next(request, attempt, position)
    return _show(request, attempt, position, trouble)


def _keep(request: HttpRequest, attempt: Attempt, position: int) -> str:
    """Save the answer of a form; return the sentence of what went wrong, or nothing."""
    value = request.POST.get("value", "")
    if not value:
        return ""
    try:
        save_answers(token=make_token(attempt), answers=[AnswerIn(position, value)])
    except Refused as refused:
        if refused.code in LOST:
            request.session.pop(HELD, None)
        return sentence(refused)
    messages.success(request, _("Saved: the answer to question %(number)s.") % {"number": position})
    return ""


def _next(request: HttpRequest, attempt: Attempt, position: int) -> HttpResponse:
    wanted = request.POST.get("go", "next")
    if wanted == "review" or (wanted == "next" and position == len(attempt.paper)):
        return redirect("assessment:review")
    if wanted == "before" and position > 1:
        return redirect("assessment:question", position=position - 1)
    return redirect("assessment:question", position=position + 1)


def _show(request: HttpRequest, attempt: Attempt, position: int, trouble: str) -> HttpResponse:
    answers = saved_answers(attempt)
    context = _frame(attempt, answers) | {
        "question": question_at(attempt, position, answers),
        "typed": request.POST.get("value", ""),
        "trouble": trouble,
        "title": _("Question %(number)s") % {"number": position},
    }
    return render(request, "assessment/question.html", context, status=409 if trouble else 200)


def _frame(attempt: Attempt, answers: dict[int, Any]) -> dict[str, Any]:
    assert attempt.deadline is not None
    return {
        "attempt": attempt,
        "progress": progress_of(attempt, answers),
        "seconds": seconds_left(clock.now(), attempt.deadline),
        "minutes": -(-seconds_left(clock.now(), attempt.deadline) // 60),
        "token": make_token(attempt),
    }


@access(Role.TRAINEE)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Show what is answered and what is not; hand in after a second look."""
    actor = actor_of(request)
    attempt = _running(actor)
    if attempt is None:
        return _ended(request)
    if not _held(request, attempt):
        return render(request, "assessment/other_device.html", {"title": _("My test"), "attempt": attempt})
    if request.method == "POST":
        if request.POST.get("sure") == "yes":
            submit_attempt(actor=actor, attempt_uuid=attempt.uuid)
            request.session.pop(HELD, None)
            return redirect("assessment:result")
        messages.error(request, _("Tick the box to say that you want to hand in."))
    context = _frame(attempt, saved_answers(attempt)) | {"title": _("Before you hand in")}
    return render(request, "assessment/review.html", context)


@access(Role.TRAINEE)
def result(request: HttpRequest) -> HttpResponse:
    """Show the mark, right answers per axis, whether it is passed, and what comes next."""
    attempts = _settled(actor_of(request))
    done = [a for a in attempts if a.state in {Attempt.State.SCORED, Attempt.State.VOID, Attempt.State.ABSENT}]
    if not done:
        return redirect("assessment:my_test")
    last = done[-1]
    on = clock.local(last.sitting.opens_at).date()
    waiting = next((a for a in attempts if a.state == Attempt.State.ASSIGNED), None)
    context = {
        "title": _("Result of the test"),
        "attempt": last,
        "attempts": done,
        "outcome": best_marks([last.placement_id])[last.placement_id],
        "axes": _axis_rows(last),
        "pass_mark": pass_mark_on(last.sitting.blueprint.campaign_id, on),
        "resits_left": resits_allowed(last.sitting.blueprint.campaign_id, on) - _resits_used(attempts),
        "waiting": waiting,
    }
    return render(request, "assessment/result.html", context)


def _axis_rows(attempt: Attempt) -> list[dict[str, Any]]:
    if attempt.state != Attempt.State.SCORED:
        return []
    return [{"name": AXES[row.axis], "right": row.right, "total": row.total} for row in axis_scores(attempt)]


def _resits_used(attempts: list[Attempt]) -> int:
    return sum(a.sitting.kind == Sitting.Kind.RESIT and a.state != Attempt.State.VOID for a in attempts)


def _settled(actor: Actor) -> list[Attempt]:
    """Return the candidate's attempts; one whose time is over is handed in on the way."""
    attempts = with_shown(own_attempts(actor))
    late = [attempt for attempt in attempts if is_overdue(attempt)]
    for attempt in late:
        settle_attempt(actor=actor, attempt_uuid=attempt.uuid)
    return with_shown(own_attempts(actor)) if late else attempts


def _running(actor: Actor) -> Attempt | None:
    attempt = current_of(_settled(actor))
    return attempt if attempt and attempt.state == Attempt.State.STARTED else None


def _ended(request: HttpRequest) -> HttpResponse:
    if request.session.pop(HELD, None):
        messages.info(request, _("Your test has ended. The answers saved before the end count."))
        return redirect("assessment:result")
    return redirect("assessment:my_test")


def _is_open(attempt: Attempt) -> bool:
    return attempt.sitting.state == Sitting.State.OPEN and clock.now() >= attempt.sitting.opens_at


def _hold(request: HttpRequest, attempt: Attempt) -> None:
    request.session[HELD] = [attempt.pk, attempt.token_number]


def _held(request: HttpRequest, attempt: Attempt) -> bool:
    return bool(request.session.get(HELD) == [attempt.pk, attempt.token_number])

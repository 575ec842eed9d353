"""Questions, the help queue and polls: the instructor's side and the trainee's."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ui.access import access
from hocvu.ui.charts import Series, bars
from hocvu.ui.http import actor_of

from ...models import Poll, Question
from ...queries.class_room import PollResult, poll_results, questions_of
from ...rules import own_sessions, run_sessions
from ...services.polls import close_poll, open_poll, vote
from ...services.questions import answer_question, ask_question, take_question, withdraw_question
from ..forms import AnswerForm, PollForm, QuestionForm
from .parts import add_refused, posted, run_session, say_refused, session_state

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)


@access(*RUN)
def questions(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List the questions and calls for help of a half-day, those that wait first."""
    session = run_session(request, uuid)
    context = {
        "title": _("Questions and calls for help"),
        "session": session,
        "state": session_state(session),
        "questions": questions_of(session.pk),
    }
    return render(request, "delivery/questions.html", context)


@access(*RUN)
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answer one question, or say that someone is coming."""
    rows = Question.objects.filter(session__in=run_sessions(actor_of(request)))
    question = get_object_or_404(rows.select_related("session__cohort", "placement__person"), uuid=uuid)
    taking = request.POST.get("do") == "take"
    form = AnswerForm(request.POST if request.method == "POST" and not taking else None)
    if request.method == "POST" and (taking or form.is_valid()):
        actor = actor_of(request)
        try:
            if taking:
                take_question(actor=actor, question_id=question.pk)
            else:
                answer_question(actor=actor, question_id=question.pk, text=form.cleaned_data["text"])
        except Refused as refused:
            say_refused(request, refused)
        return redirect("delivery:questions", question.session.uuid)
    context = {"title": _("Answer"), "question": question, "form": form}
    return render(request, "delivery/answer.html", context)


@access(Role.TRAINEE)
@require_POST
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask a question in one's class, or call for help."""
    session = get_object_or_404(own_sessions(actor_of(request)), uuid=uuid)
    helping = request.POST.get("kind") == Question.Kind.HELP
    form = QuestionForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    try:
        ask_question(actor=actor_of(request), session_id=session.pk, text=text, kind="help" if helping else "question")
    except Refused as refused:
        say_refused(request, refused)
    else:
        said = _("Help is called. Stay at your place.") if helping else _("Your question is asked.")
        messages.success(request, said)
    return redirect("delivery:my_class")


@access(Role.TRAINEE)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take one's own question back."""
    question = get_object_or_404(Question.objects.filter(session__in=own_sessions(actor_of(request))), uuid=uuid)
    try:
        withdraw_question(actor=actor_of(request), question_id=question.pk)
    except NotAllowed as refused:
        raise Http404 from refused
    except Refused as refused:
        say_refused(request, refused)
    return redirect("delivery:my_class")


@access(*RUN)
def polls(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a half-day's polls with their results, and put a new one."""
    session = run_session(request, uuid)
    form = PollForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            open_poll(
                actor=actor_of(request),
                session_id=session.pk,
                text=form.cleaned_data["text"],
                options=form.lines(),
            )
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("The poll is open. Trainees see it on their class page."))
            return redirect("delivery:polls", uuid)
    context = {
        "title": _("Polls"),
        "session": session,
        "state": session_state(session),
        "results": [(result, _chart(result)) for result in poll_results(session.pk)],
        "form": form,
    }
    return render(request, "delivery/polls.html", context)


def _chart(result: PollResult) -> SafeString:
    votes = ngettext("%(n)s vote", "%(n)s votes", result.total) % {"n": result.total}
    return bars(
        title=result.poll.text,
        description=votes,
        labels=[chr(ord("A") + at) for at in range(len(result.options))],
        series=[Series(votes, [float(number) for _text, number in result.options])],
    )


@access(*RUN)
@require_POST
def end_poll(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End a poll."""
    poll = get_object_or_404(
        Poll.objects.filter(session__in=run_sessions(actor_of(request))).select_related("session"), uuid=uuid
    )
    close_poll(actor=actor_of(request), poll_id=poll.pk)
    messages.success(request, _("The poll is closed."))
    return redirect("delivery:polls", poll.session.uuid)


@access(Role.TRAINEE)
@require_POST
def cast(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose in a poll of one's class."""
    poll = get_object_or_404(Poll.objects.filter(session__in=own_sessions(actor_of(request))), uuid=uuid)
    typed = request.POST.get("option", "")
    try:
        option = int(typed) if typed.isascii() and typed.isdigit() else -1
        vote(actor=actor_of(request), poll_id=poll.pk, option=option)
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Your choice is kept. You may change it while the poll is open."))
    return redirect("delivery:my_class")

"""Difficulties: report one from any page, follow it, work on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access, signed_in
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ... import rules
from ...models import Difficulty
from ...queries.escalation import escalation_rules
from ...queries.where import where_from
from ...services import difficulties as services
from ..forms import DifficultyForm, StepForm
from ..tables import WAITING, Difficulties, MyDifficulties, is_late
from ..words import CATEGORIES, LEVELS, STATES, STEPS

Deed = Callable[..., Difficulty]
DEEDS: dict[str, tuple[Deed, Any]] = {
    "take": (services.take_difficulty, gettext_lazy("You work on it.")),
    "note": (services.note_difficulty, gettext_lazy("The note is kept.")),
    "propose": (services.propose, gettext_lazy("The solution is proposed.")),
    "escalate": (services.escalate, gettext_lazy("It was handed one level up.")),
    "decide": (services.decide_difficulty, gettext_lazy("The decision is kept.")),
    "close": (services.close_difficulty, gettext_lazy("The difficulty is closed.")),
}


@signed_in
def report_difficulty(request: HttpRequest) -> HttpResponse:
    """Report a difficulty; the page one came from fills in the place."""
    campaign = campaign_in_view()
    if campaign is None:
        raise Http404
    actor = actor_of(request)
    if request.method == "POST":
        form = DifficultyForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                made = services.report_difficulty(actor=actor, campaign_id=campaign.id, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, sentence(refused))
            else:
                messages.success(request, _("Thank you. Your report has number %(n)s.") % {"n": made.number})
                return redirect("monitoring:difficulty", made.uuid)
    else:
        where = where_from(actor, request.GET.get("from", ""))
        form = DifficultyForm(initial={"place": where.place, "cohort_code": where.cohort_code})
    context = {"title": _("Report a difficulty"), "form": form}
    return render(request, "monitoring/report_difficulty.html", context, status=422 if form.errors else 200)


@access(*rules.FOLLOWS)
def difficulties(request: HttpRequest) -> HttpResponse:
    """List the difficulties in the actor's scope."""
    actor = actor_of(request)
    context = {
        "title": _("Difficulties"),
        "states": [(key, word) for key, (word, _colour) in STATES.items()],
        "levels": LEVELS.items(),
        "waiting": rules.waiting_for(actor).count(),
    }
    return render(request, "monitoring/difficulties.html", context | table_context(Difficulties(), request, actor))


@signed_in
def my_difficulties(request: HttpRequest) -> HttpResponse:
    """List what one reported oneself."""
    actor = actor_of(request)
    context = {"title": _("What I reported")}
    return render(request, "monitoring/my_difficulties.html", context | table_context(MyDifficulties(), request, actor))


@signed_in
def difficulty(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one difficulty: what, where, its clock, its steps, and what the actor can do."""
    return _page(request, _found(actor_of(request), uuid), StepForm(), "")


@signed_in
def step(request: HttpRequest, uuid: UUID, deed: str) -> HttpResponse:
    """Do one step: take, note, propose, escalate, decide, close."""
    actor = actor_of(request)
    found = _found(actor, uuid)
    if deed not in DEEDS:
        raise Http404
    if request.method != "POST":
        return redirect("monitoring:difficulty", uuid)
    service, said = DEEDS[deed]
    form = StepForm(request.POST)
    if form.is_valid():
        words = {} if deed == "take" else {"text": form.cleaned_data["text"]}
        try:
            service(actor=actor, difficulty_id=found.pk, **words)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, str(said))
            return redirect(_next(request, found))
    return _page(request, found, form, deed)


def _next(request: HttpRequest, found: Difficulty) -> str:
    if request.POST.get("back") == "leader":
        return reverse("monitoring:leader")
    return reverse("monitoring:difficulty", args=[found.uuid])


@signed_in
def photo(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """Give the photo of a difficulty to those who may see it."""
    found = _found(actor_of(request), uuid)
    if not found.photo:
        raise Http404
    response = FileResponse(found.photo.open("rb"), content_type="image/jpeg")
    response["Content-Disposition"] = f'inline; filename="difficulty-{found.number}.jpg"'
    return response


def _found(actor: Actor, uuid: UUID) -> Difficulty:
    rows = rules.visible_difficulties(actor).select_related("organisation", "owner_organisation", "campaign")
    return get_object_or_404(rows, uuid=uuid)


def _page(request: HttpRequest, found: Difficulty, form: StepForm, deed: str) -> HttpResponse:
    actor = actor_of(request)
    found.refresh_from_db(fields=["state", "level", "due_at", "proposal", "decision"])
    waiting = found.state in WAITING
    own = actor.account_id is not None and found.reporter_account_id == actor.account_id
    context = {
        "title": _("Difficulty %(n)s") % {"n": found.number},
        "difficulty": found,
        "category": CATEGORIES.get(found.category, found.category),
        "state": STATES[found.state],
        "level": LEVELS[found.level],
        "waiting": waiting,
        "late": is_late(found),
        "steps": [(one, STEPS[one.kind]) for one in found.steps.all()],
        "errors": [str(error) for found_errors in form.errors.values() for error in found_errors],
        "deed": deed,
        "typed": form["text"].value() or "" if deed else "",
        "can_work": waiting and rules.works_on(actor, found),
        "can_propose": waiting and rules.can_propose(actor, found),
        "can_escalate": waiting and rules.can_escalate(actor, found),
        "can_close": found.state != Difficulty.State.CLOSED and rules.can_close(actor, found),
        "can_note": own or rules.can_propose(actor, found),
        "follows": actor.role in rules.FOLLOWS,
        "clock_certainty": escalation_rules().certainty,
    }
    return render(request, "monitoring/difficulty.html", context, status=422 if form.errors else 200)

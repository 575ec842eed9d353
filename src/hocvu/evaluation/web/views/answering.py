"""The forms one is asked to fill in: the list, one form, thanks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.paging import page_of
from hocvu.ui.refusals import sentence

from ... import rules
from ...domain.scoring import HIGHEST, LOWEST, most_blanks
from ...models import Form, Invitation
from ...queries.shipped import form_words, indicator_text, object_labels
from ...services.answers import MOST_LETTERS, answer, most_blank_pct

MARKS = range(LOWEST, HIGHEST + 1)


@access(*rules.ANSWERS)
def my_forms(request: HttpRequest) -> HttpResponse:
    """List the forms that wait for me, the soonest due first, and those I answered."""
    actor = actor_of(request)
    own = rules.own_invitations(actor).select_related("form", "placement__person", "placement__cohort")
    waiting = own.filter(state=Invitation.State.SENT, due_on__gte=clock.today()).order_by("due_on", "form_id", "pk")
    context = {
        "title": _("Forms to fill in"),
        "page": page_of(waiting, request),
        "answered": list(own.filter(state=Invitation.State.ANSWERED).order_by("-pk")[:20]),
        "person_id": actor.person_id,
    }
    return render(request, "evaluation/my_forms.html", context)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement on the page: its number, its words, what is chosen, whether it was pointed out as blank."""

    code: str
    number: int
    text: Mapping[str, str]
    chosen: str
    missed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The statements of one object."""

    label: Mapping[str, str]
    statements: list[Statement]


@access(*rules.ANSWERS)
def form(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Fill in one form: every statement at once, sent once; what was entered is never lost on the way."""
    actor = actor_of(request)
    own = rules.own_invitations(actor).select_related("form", "placement__person", "placement__cohort")
    invitation = get_object_or_404(own, uuid=uuid)
    if invitation.state != Invitation.State.SENT or invitation.due_on < clock.today():
        context = {"title": invitation.form.title, "invitation": invitation}
        return render(request, "evaluation/closed.html", context)
    entered = request.POST if request.method == "POST" else {}
    codes = [one["code"] for one in invitation.form.indicators]
    scores = {c: int(entered[f"s-{c}"]) for c in codes if _is_mark(entered.get(f"s-{c}", ""))}
    words = {one["code"]: entered.get(f"w-{one['code']}", "") for one in invitation.form.questions}
    limit = most_blanks(len(codes), most_blank_pct(invitation.form.campaign_id, clock.today()))
    blanks = len(codes) - len(scores)
    too_many = request.method == "POST" and blanks > limit
    trouble = ""
    if request.method == "POST" and (not too_many or "as_it_is" in entered):
        try:
            answer(actor=actor, invitation_id=invitation.pk, scores=scores, words=words)
        except Refused as refused:
            trouble = sentence(refused)
        else:
            messages.success(request, _("Thank you. Your answers are kept."))
            return redirect("evaluation:thanks", uuid)
    context = {
        "title": invitation.form.title,
        "invitation": invitation,
        "about": None if invitation.respondent_id == invitation.placement.person_id else invitation.placement.person,
        "words": form_words(invitation.form.kind),
        "sections": _sections(invitation.form, invitation.placement.group_code, scores, mark_blanks=too_many),
        "questions": [(one, words[one["code"]]) for one in invitation.form.questions],
        "marks": MARKS,
        "most_letters": MOST_LETTERS,
        "count": len(codes),
        "limit": limit,
        "blanks": blanks,
        "too_many": too_many,
        "trouble": trouble,
    }
    return render(request, "evaluation/form.html", context, status=422 if too_many or trouble else 200)


def _is_mark(text: str) -> bool:
    return text.isascii() and text.isdigit() and LOWEST <= int(text) <= HIGHEST


def _sections(asked: Form, group: str, scores: Mapping[str, int], *, mark_blanks: bool) -> list[Section]:
    labels = object_labels()
    sections: dict[str, Section] = {}
    for number, one in enumerate(asked.indicators, start=1):
        name = one["object"]
        section = sections.setdefault(name, Section(labels.get(name, {"vi": name}), []))
        chosen: Any = scores.get(one["code"], "")
        missed = mark_blanks and chosen == ""
        section.statements.append(Statement(one["code"], number, indicator_text(one, group), str(chosen), missed))
    return list(sections.values())


@access(*rules.ANSWERS)
def thanks(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say thank you and what comes next."""
    actor = actor_of(request)
    own = rules.own_invitations(actor)
    invitation = get_object_or_404(own.filter(state=Invitation.State.ANSWERED).select_related("form"), uuid=uuid)
    waiting = own.filter(state=Invitation.State.SENT, due_on__gte=clock.today()).order_by("due_on", "form_id", "pk")
    context = {
        "title": _("Thank you"),
        "invitation": invitation,
        "waiting": waiting.count(),
        "next": waiting.select_related("form", "placement__person").first(),
        "person_id": actor.person_id,
    }
    return render(request, "evaluation/thanks.html", context)

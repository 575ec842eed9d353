"""The practice test: a question, at once its right answer and why, at the end the result by axis."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...domain.scoring import by_axis
from ...models import ItemVersion, PracticeTest
from ...queries.bank import right_keys
from ...queries.candidates import options_in_order
from ...rules import own_placements, own_practice
from ...services.practice import answer_practice, start_practice
from ..words import AXES


@access(Role.TRAINEE)
@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest) -> HttpResponse:
    """Show the practice tests done, and start another."""
    actor = actor_of(request)
    placement = own_placements(actor).order_by("-pk").first()
    if request.method == "POST":
        if placement is None:
            raise Http404
        try:
            test = start_practice(actor=actor, placement_id=placement.pk)
        except Refused as refused:
            messages.error(request, sentence(refused))
            return redirect("assessment:practice")
        return redirect("assessment:practice_question", uuid=test.uuid, position=_first_open(test))
    tests = list(own_practice(actor)[:10])
    rows = [{"test": t, "total": len(t.paper), "answered": len(t.answers), "next": _first_open(t)} for t in tests]
    context = {"title": _("Practice test"), "rows": rows, "placement": placement}
    return render(request, "assessment/practice.html", context)


@access(Role.TRAINEE)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, uuid: UUID, position: int) -> HttpResponse:
    """Show a question of the practice pool; once answered, which answer is right and why."""
    actor = actor_of(request)
    test = get_object_or_404(own_practice(actor), uuid=uuid)
    if not 1 <= position <= len(test.paper):
        raise Http404
    if request.method == "POST":
        try:
            answer_practice(actor=actor, practice_id=test.pk, position=position, value=request.POST.get("value", ""))
        except Refused:
            messages.error(request, _("Choose one of the answers first."))
        return redirect("assessment:practice_question", uuid=uuid, position=position)
    return render(request, "assessment/practice_question.html", _place(test, position))


def _place(test: PracticeTest, position: int) -> dict[str, Any]:
    version_id, order = test.paper[position - 1]
    words = ItemVersion.objects.select_related("item").get(pk=version_id)
    chosen = test.answers.get(str(position), "")
    return {
        "title": _("Practice question %(number)s") % {"number": position},
        "test": test,
        "position": position,
        "total": len(test.paper),
        "stem": words.stem,
        "options": options_in_order(words.options, order, chosen),
        "chosen": chosen,
        "right": words.right_key if chosen else "",
        "explanation": words.explanation if chosen else None,
        "lesson": words.item.lesson_code,
        "next": position + 1 if position < len(test.paper) else None,
    }


@access(Role.TRAINEE)
def result(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a finished practice test by axis."""
    test = get_object_or_404(own_practice(actor_of(request)), uuid=uuid)
    if test.finished_at is None:
        return redirect("assessment:practice_question", uuid=uuid, position=_first_open(test))
    keys = right_keys(pk for pk, _order in test.paper)
    scores = by_axis(
        [keys[pk][0] for pk, _order in test.paper],
        [keys[pk][1] for pk, _order in test.paper],
        {int(place): key for place, key in test.answers.items()},
    )
    axes = [{"name": AXES[row.axis], "right": row.right, "total": row.total} for row in scores]
    context = {"title": _("Result of the practice test"), "test": test, "total": len(test.paper), "axes": axes}
    return render(request, "assessment/practice_result.html", context)


def _first_open(test: PracticeTest) -> int:
    return next((n for n in range(1, len(test.paper) + 1) if str(n) not in test.answers), len(test.paper))

"""One candidate in the room: let in, extra time, another device, void."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import lines_of
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...models import Answer, Attempt
from ...rules import ROOM_ROLES, SITTING_ROLES, can_run, name_shown, visible_sittings
from ...services.attempts import give_extra_time, let_in, take_over, void_attempt
from ..forms import ExtraTimeForm, ReasonForm
from ..words import ATTEMPT_STATES

SHOWN = ("sitting__cohort", "sitting__blueprint", "placement__person", "placement__organisation", "placement__cohort")


@access(*SITTING_ROLES)
@require_http_methods(["GET", "POST"])
def seat(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one candidate's test without its questions, and do what the invigilator asks."""
    actor = actor_of(request)
    rows = Attempt.objects.filter(sitting__in=visible_sittings(actor)).select_related(*SHOWN)
    attempt = get_object_or_404(rows, uuid=uuid)
    formed: dict[str, forms.Form] = {"extra": ExtraTimeForm(prefix="extra"), "void": ReasonForm(prefix="void")}
    if request.method == "POST":
        if not can_run(actor):
            raise PermissionDenied
        done = _act(request, actor, attempt, formed)
        if done:
            messages.success(request, done)
            return redirect("assessment:attempt", uuid=uuid)
    return render(request, "assessment/attempt.html", _context(actor, attempt, formed))


def _act(request: HttpRequest, actor: Actor, attempt: Attempt, formed: dict[str, forms.Form]) -> str:
    """Do the deed of the form sent; return what to say, or nothing where it was refused."""
    deed = request.POST.get("deed", "")
    try:
        if deed == "let_in":
            let_in(actor=actor, attempt_uuid=attempt.uuid)
            return _("The candidate may start now.")
        if deed == "device":
            take_over(actor=actor, attempt_uuid=attempt.uuid)
            return _("The device before is locked out. The candidate signs in on another one and goes on there.")
        if deed in formed:
            return _formed(request, deed, formed, _deeds(actor, attempt))
    except Refused as refused:
        messages.error(request, sentence(refused))
    return ""


def _deeds(actor: Actor, attempt: Attempt) -> dict[str, Callable[[dict[str, Any]], str]]:
    def extra(data: dict[str, Any]) -> str:
        give_extra_time(actor=actor, attempt_uuid=attempt.uuid, minutes=data["minutes"], reason=data["reason"])
        return _("%(minutes)s extra minutes given.") % {"minutes": data["minutes"]}

    def void(data: dict[str, Any]) -> str:
        void_attempt(actor=actor, attempt_uuid=attempt.uuid, reason=data["reason"])
        return _("The test is void; its trace stays.")

    return {"extra": extra, "void": void}


def _formed(
    request: HttpRequest, deed: str, formed: dict[str, forms.Form], deeds: dict[str, Callable[[dict[str, Any]], str]]
) -> str:
    formed[deed] = type(formed[deed])(request.POST, prefix=deed)
    if not formed[deed].is_valid():
        return ""
    try:
        return deeds[deed](formed[deed].cleaned_data)
    except Refused as refused:
        formed[deed].add_error(None, sentence(refused))
        return ""


def _context(actor: Actor, attempt: Attempt, formed: dict[str, forms.Form]) -> dict[str, Any]:
    on = clock.local(attempt.sitting.opens_at).date()
    answers = Answer.objects.filter(attempt=attempt).exclude(value="").order_by("-received_at")
    return {
        "attempt": attempt,
        "name": name_shown(actor, attempt.placement.person, on),
        "words": ATTEMPT_STATES[attempt.state],
        "answered": answers.count(),
        "last": answers.first(),
        "total": len(attempt.paper),
        "forms": formed,
        "can_run": actor.role in ROOM_ROLES,
        "lines": list(lines_of("attempt", attempt.uuid)[:20]),
        "title": _("Candidate %(number)s of class %(code)s")
        % {"number": attempt.placement.number, "code": attempt.placement.cohort.code},
        "back": reverse("assessment:sitting", args=[attempt.sitting.uuid]),
    }

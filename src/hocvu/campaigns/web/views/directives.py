"""Directives: issued, reported on, followed to their end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import Directive
from ...rules import can_answer, can_direct, visible_directives
from ...services.steering import ENDED, issue_directive, report_on_directive
from ..forms import DirectiveForm, ReportForm
from ..scope import campaign_or_404, posted
from ..tables import Directives
from ..words import DIRECTIVE_STATES, state_tag

SEES = (Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER, Role.FOCAL_POINT, Role.HEAD)


@access(*SEES)
def directives(request: HttpRequest) -> HttpResponse:
    """List the directives the actor may see."""
    shown = campaign_or_404()
    actor = actor_of(request)
    context = {
        "title": _("Directives"),
        "directs": can_direct(actor),
        "certainty": shown.facts.get("marks", {}).get("value", {}).get("directives", ""),
    }
    return render(request, "campaigns/directives.html", context | table_context(Directives(), request, actor))


@access(Role.MANAGER, Role.LEADER)
def new_directive(request: HttpRequest) -> HttpResponse:
    """Issue a directive."""
    shown = campaign_or_404()
    form = DirectiveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = issue_directive(
                actor=actor_of(request),
                campaign_id=shown.pk,
                text=form.texts(),
                organisation_id=data["body"].pk,
                due_on=data["due_on"],
                number=data["number"],
            )
        except Refused as refused:
            form.add_error("due_on", sentence(refused))
        else:
            messages.success(request, _("The directive is issued."))
            return redirect("campaigns:directive", uuid=made.uuid)
    return render(request, "campaigns/directive_new.html", {"title": _("Issue a directive"), "form": form})


@access(*SEES)
def directive(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show a directive with its follow-up; report on it."""
    actor = actor_of(request)
    rows = visible_directives(actor).select_related("organisation").filter(campaign=campaign_or_404())
    found = get_object_or_404(rows, uuid=uuid)
    states = _states(found, directs=can_direct(actor), answers=can_answer(actor, found))
    form = ReportForm(posted(request), states=states) if states else None
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        try:
            report_on_directive(actor=actor, directive_id=found.pk, text=data["text"], state=data["state"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The report is kept with the directive."))
            return redirect("campaigns:directive", uuid=uuid)
    context = {
        "title": _("Directive"),
        "directive": found,
        "state": state_tag(DIRECTIVE_STATES, found.state),
        "late": found.state not in ENDED and found.due_on < clock.today(),
        "steps": [(s, state_tag(DIRECTIVE_STATES, s.state)) for s in found.steps.all()],
        "form": form,
    }
    return render(request, "campaigns/directive.html", context)


def _states(found: Directive, *, directs: bool, answers: bool) -> list[str]:
    """Return the states the actor may give the directive now."""
    ended = found.state in ENDED
    states: list[str] = []
    if answers and not ended:
        states.append(Directive.State.REPORTED)
    if directs:
        states += [Directive.State.OPEN] if ended else [Directive.State.DONE, Directive.State.DROPPED]
    return [str(state) for state in states]

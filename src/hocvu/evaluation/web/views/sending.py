"""Who was asked, who has not answered; sending and reminding, each confirmed first."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvu.campaigns.api import current_campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import Table, table_context

from ... import rules
from ...models import Form, Invitation
from ...services.forms import make_forms
from ...services.invitations import plan_sending, remind
from ...tasks import send_form
from ..parts import pin
from ..tables import AnswersByAgency, Invitations


@access(*rules.SEES_INVITED)
def invitations(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List who was asked to fill in a form."""
    return _list(request, uuid, Invitations(), "evaluation/invitations.html")


@access(*rules.SEES_RESULTS, *rules.OWN_AGENCY)
def agencies(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List how many of each agency have answered."""
    return _list(request, uuid, AnswersByAgency(), "evaluation/agencies.html")


def _list(request: HttpRequest, uuid: UUID, table: Table, template: str) -> HttpResponse:
    actor = actor_of(request)
    form = get_object_or_404(Form, uuid=uuid)
    pin(request, form=str(uuid))
    context = {
        "title": form.title,
        "form": form,
        "reminds": rules.can_remind(actor),
        "sees_names": actor.role in rules.SEES_INVITED,
    }
    return render(request, template, context | table_context(table, request, actor))


@access(Role.MANAGER, *rules.OWN_AGENCY)
def remind_silent(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask once more, then remind those who have not answered."""
    actor = actor_of(request)
    form = get_object_or_404(Form, uuid=uuid)
    if request.method == "POST":
        number = remind(actor=actor, form_id=form.pk)
        words = ngettext("%(n)s form: a reminder was written.", "%(n)s forms: reminders were written.", number)
        messages.success(request, words % {"n": number})
        return redirect("evaluation:agencies", uuid)
    context = {"title": _("Remind those who have not answered"), "form": form, "number": _silent(actor, form)}
    return render(request, "evaluation/remind.html", context)


def _silent(actor: Actor, form: Form) -> int:
    waiting = rules.visible_invitations(actor).filter(form=form, state=Invitation.State.SENT)
    today = clock.today()
    return waiting.filter(due_on__gte=today).exclude(reminded_at__gte=clock.at(today, 0)).count()


@access(Role.MANAGER)
def send(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show whom a form would be sent to, then send it as a background job."""
    form = get_object_or_404(Form, uuid=uuid)
    actor = actor_of(request)
    if request.method == "POST":
        send_form.enqueue(form.pk, actor.account_id, actor.organisation_id, actor.label)
        messages.success(request, _("The form is being sent. The number of those asked grows as you load this page."))
        return redirect("evaluation:forms")
    context = {"title": _("Send a form"), "form": form}
    try:
        context["plan"] = plan_sending(campaign_id=form.campaign_id, kind=form.kind, month=form.month)
    except Refused as refused:
        messages.error(request, sentence(refused))
    return render(request, "evaluation/send.html", context)


@access(Role.MANAGER)
def make(request: HttpRequest) -> HttpResponse:
    """Make the shipped forms of the campaign."""
    if request.method == "POST":
        make_forms(actor=actor_of(request), campaign_id=current_campaign().pk)
        messages.success(request, _("The forms are ready."))
    return redirect("evaluation:forms")

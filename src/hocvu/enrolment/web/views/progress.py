"""How far the agencies are, for those who run the campaign: progress, letters, quotas."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvu.campaigns.api import target_groups
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.people.api import in_being
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...importing.quotas import Trouble, read_quotas
from ...models import AgencyList
from ...queries.progress import list_progress
from ...queries.staff import waiting_lists
from ...services.letters import call_agencies, remind_agencies
from ...services.quotas import set_quotas
from ..forms import QuotasForm
from ..scope import campaign_or_404, uploaded
from ..sentences import trouble_sentence
from ..tables import AgencyProgress, Quotas


@access(Role.MANAGER, Role.LEADER)
def progress(request: HttpRequest) -> HttpResponse:
    """Show how many agencies have answered, and each one."""
    actor = actor_of(request)
    shown = campaign_or_404()
    held = list_progress(shown.pk)
    context = {
        "title": _("Nomination by the agencies"),
        "progress": held,
        "waiting": held.open + held.returned,
        "missing": max(0, held.seats - held.named),
        "runs": actor.role is Role.MANAGER,
        "chosen": request.GET.get("state", ""),
        "filters": [
            ("", _("All")),
            ("waiting", _("Not answered")),
            ("late", _("Late")),
            (AgencyList.State.SUBMITTED, _("Waiting for the head")),
            (AgencyList.State.APPROVED, _("Approved")),
        ],
    }
    return render(request, "enrolment/progress.html", context | table_context(AgencyProgress(), request, actor))


@access(Role.MANAGER)
def remind(request: HttpRequest) -> HttpResponse:
    """Ask before letters go to all agencies that have not answered; then write them."""
    shown = campaign_or_404()
    if request.method == "POST":
        return _letters(request, lambda: remind_agencies(actor=actor_of(request), campaign_id=shown.pk))
    number = waiting_lists(shown.pk).count()
    text = ngettext(
        "%(number)d agency has not answered. Its focal point gets a letter; an agency without one gets it on paper.",
        "%(number)d agencies have not answered. Their focal points get a letter; agencies without one get it on paper.",
        number,
    ) % {"number": number}
    context = {"title": _("Remind the agencies"), "text": text, "button": _("Write the letters")}
    return render(request, "enrolment/letters.html", context)


@access(Role.MANAGER)
def call(request: HttpRequest) -> HttpResponse:
    """Ask before the call to nominate goes to all agencies; then write it."""
    shown = campaign_or_404()
    if request.method == "POST":
        return _letters(request, lambda: call_agencies(actor=actor_of(request), campaign_id=shown.pk))
    number = AgencyList.objects.filter(campaign=shown).count()
    text = ngettext(
        "The call to nominate goes to %(number)d agency, with its quota and the day its list is due.",
        "The call to nominate goes to %(number)d agencies, each with its quota and the day its list is due.",
        number,
    ) % {"number": number}
    context = {"title": _("Call for nominations"), "text": text, "button": _("Write the letters")}
    return render(request, "enrolment/letters.html", context)


def _letters(request: HttpRequest, write: Any) -> HttpResponse:
    try:
        number = write()
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        words = ngettext("%(number)d letter is in the outbox.", "%(number)d letters are in the outbox.", number)
        messages.success(request, words % {"number": number})
    return redirect("enrolment:progress")


@access(Role.MANAGER)
def quotas(request: HttpRequest) -> HttpResponse:
    """Show the quotas and take new ones from a spreadsheet, all or none."""
    actor = actor_of(request)
    shown = campaign_or_404()
    due_on = list_progress(shown.pk).due_on or shown.starts_on - timedelta(days=2)
    form = QuotasForm(*uploaded(request), initial={"due_on": due_on.strftime("%d/%m/%Y")})
    troubles: list[Trouble] = []
    if request.method == "POST" and form.is_valid():
        codes = dict(in_being().values_list("code", "pk"))
        groups = {group.code for group in target_groups(shown.pk)}
        found = read_quotas(form.cleaned_data["file"].read(), codes, groups)
        troubles = found.troubles
        if not troubles:
            try:
                number = set_quotas(
                    actor=actor, campaign_id=shown.pk, due_on=form.cleaned_data["due_on"], rows=found.rows
                )
            except Refused as refused:
                form.add_error("file", sentence(refused))
            else:
                words = ngettext("%(number)d quota is set.", "%(number)d quotas are set.", number)
                messages.success(request, words % {"number": number})
                return redirect("enrolment:quotas")
    context = {
        "title": _("Quotas of the agencies"),
        "form": form,
        "troubles": [(trouble, trouble_sentence(trouble)) for trouble in troubles],
    }
    context |= table_context(Quotas(), request, actor)
    return render(request, "enrolment/quotas.html", context, status=422 if troubles else 200)

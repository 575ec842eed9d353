"""Put people on a list; withdraw, replace, note days away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.paging import page_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import Tag

from ...models import AgencyList, Nomination
from ...queries.progress import group_places
from ...queries.staff import positions_of, staff_to_name
from ...rules import visible_nominations
from ...services.names import name_people, replace_person, set_unavailable, withdraw_person
from ...types import NameRow
from ..forms import DaysForm, NamesForm, ReasonForm, ReplaceForm
from ..scope import posted
from ..tables import campaign_id, said
from ..words import NOMINATION_STATES
from .lists import SEES, list_or_404

MOST_OFFERED = 30  # people offered as a replacement at once; the search narrows them


@access(Role.FOCAL_POINT, Role.MANAGER)
def add_names(request: HttpRequest, uuid: str) -> HttpResponse:
    """Choose people of the agency's own staff and put them on the list."""
    actor = actor_of(request)
    shown = list_or_404(actor, uuid)
    places = [(place, said(place.name)) for place in group_places(shown)]
    if not places:
        messages.error(request, _("This agency has no quota yet."))
        return redirect("enrolment:list", uuid=uuid)
    chosen = [int(pk) for pk in request.POST.getlist("person") if pk.isdecimal() and len(pk) < 19]
    form = NamesForm(posted(request), places=places)
    if request.method == "POST" and form.is_valid():
        rows = [NameRow(pk, shown.organisation_id, form.cleaned_data["group"]) for pk in chosen]
        try:
            number = name_people(actor=actor, campaign_id=shown.campaign_id, rows=rows)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            words = ngettext("%(number)d person was named.", "%(number)d people were named.", number)
            messages.success(request, words % {"number": number})
            return redirect("enrolment:list", uuid=uuid)
    words = clean(request.GET.get("q", ""))
    page = page_of(staff_to_name(shown, words), request)
    held = positions_of([person.pk for person in page.rows])
    context = {
        "title": _("Name people"),
        "list": shown,
        "form": form,
        "page": page,
        "people": [(person, held.get(person.pk, ""), person.pk in chosen) for person in page.rows],
        "words": words,
    }
    return render(request, "enrolment/add_names.html", context)


def _nomination_or_404(actor: Actor, uuid: str) -> Nomination:
    rows = visible_nominations(actor).filter(campaign_id=campaign_id())
    rows = rows.select_related("person", "target_group", "organisation", "campaign", "replaces__person")
    return get_object_or_404(rows, uuid=uuid)


def _list_of(row: Nomination) -> AgencyList:
    return AgencyList.objects.get(campaign_id=row.campaign_id, organisation_id=row.organisation_id)


@access(*SEES)
def nomination(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one person on a list, with what may be done."""
    actor = actor_of(request)
    row = _nomination_or_404(actor, uuid)
    days = row.campaign.calendar.get("working_days", [])
    form = DaysForm(posted(request), days=days, initial={"days": row.unavailable})
    changes = actor.role in {Role.FOCAL_POINT, Role.MANAGER}
    if request.method == "POST" and changes and form.is_valid():
        try:
            set_unavailable(actor=actor, nomination_id=row.pk, days=form.cleaned_data["days"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The days are noted."))
            return redirect("enrolment:nomination", uuid=uuid)
    text, colour = NOMINATION_STATES[row.state]
    context = {
        "title": row.person.full_name,
        "row": row,
        "list": _list_of(row),
        "state": Tag(text, colour),
        "position": positions_of([row.person_id]).get(row.person_id, ""),
        "group": said(row.target_group.name),
        "successor": Nomination.objects.filter(replaces=row).select_related("person").first(),
        "form": form if changes and days else None,
        "changes": changes and row.state in {Nomination.State.NAMED, Nomination.State.APPROVED},
        "days_away": [f"{day[8:10]}/{day[5:7]}/{day[:4]}" for day in row.unavailable],
    }
    return render(request, "enrolment/nomination.html", context)


@access(Role.FOCAL_POINT, Role.MANAGER)
def withdraw(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take a person off the list, with the reason."""
    actor = actor_of(request)
    row = _nomination_or_404(actor, uuid)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_person(actor=actor, nomination_id=row.pk, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("%(name)s is off the list.") % {"name": row.person.full_name})
            return redirect("enrolment:list", uuid=_list_of(row).uuid)
    context = {"title": _("Withdraw %(name)s") % {"name": row.person.full_name}, "row": row, "form": form}
    return render(request, "enrolment/withdraw.html", context)


@access(Role.FOCAL_POINT, Role.MANAGER)
def replace(request: HttpRequest, uuid: str) -> HttpResponse:
    """Name someone else of the agency in a person's place."""
    actor = actor_of(request)
    row = _nomination_or_404(actor, uuid)
    agency_list = _list_of(row)
    words = clean(request.GET.get("q", ""))
    form = ReplaceForm(posted(request), people=_offered(agency_list, words, request.POST))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            new = replace_person(
                actor=actor, nomination_id=row.pk, person_id=int(data["person"]), reason=data["reason"]
            )
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _replaced(agency_list, new))
            return redirect("enrolment:list", uuid=agency_list.uuid)
    context = {
        "title": _("Replace %(name)s") % {"name": row.person.full_name},
        "row": row,
        "form": form,
        "words": words,
        "more": len(form.fields["person"].choices) >= MOST_OFFERED,  # type: ignore[attr-defined]
    }
    return render(request, "enrolment/replace.html", context)


def _offered(agency_list: AgencyList, words: str, posted: Any) -> list[tuple[str, str]]:
    """Return the people to choose from; one chosen before stays a choice even outside the first ones."""
    rows = staff_to_name(agency_list, words)
    people = list(rows[:MOST_OFFERED])
    chosen = posted.get("person", "")
    if chosen.isdecimal() and len(chosen) < 19 and all(str(person.pk) != chosen for person in people):
        people += list(staff_to_name(agency_list).filter(pk=int(chosen)))
    held = positions_of([person.pk for person in people])
    return [(str(p.pk), f"{p.full_name}, {held[p.pk]}" if held.get(p.pk) else p.full_name) for p in people]


def _replaced(before: AgencyList, new: Nomination) -> str:
    if before.state == AgencyList.State.APPROVED and new.state == Nomination.State.NAMED:
        return _("The person is replaced. The head of the agency must approve the change.")
    return _("The person is replaced.")

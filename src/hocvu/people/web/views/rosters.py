"""Rosters: send a file, see what it would do, enter it or drop it."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.forms import SmallFileField
from hocvu.ui.http import actor_of
from hocvu.ui.paging import page_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ... import rules
from ...exporting.roster_template import roster_template
from ...importing.plan import plan_roster
from ...importing.roster import read_roster
from ...models import Organisation, RosterImport
from ...queries.organisations import in_being
from ...services.rosters import apply_roster, drop_roster, keep_roster
from ..roster_words import ACTIONS, SKIPPED, finding_sentence
from ..tables import Rosters

SENDERS = (Role.FOCAL_POINT, Role.MANAGER, Role.OFFICE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RosterFileField(SmallFileField):
    """A list; what is inside is looked at by the reader, which says more than "wrong kind"."""

    SIGNATURES = {}


class RosterForm(forms.Form):
    """A file, and whose people it lists."""

    organisation = forms.CharField(
        label=gettext_lazy("Code of the agency whose people these are"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "size": 20}),
    )
    file = RosterFileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy(
            "An Excel file (.xlsx) or CSV in UTF-8, up to 10 MB. Nothing is entered before you have seen it."
        ),
        kinds=("xlsx", "csv", "xlsm", "xls"),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_organisation(self) -> Organisation:
        """Return the body of the code, inside the actor's scope."""
        code = self.cleaned_data["organisation"].strip()
        today = in_being().filter(code=code).values("pk")
        found = rules.visible_organisations(self.actor).filter(pk__in=today).first()
        if found is None:
            raise forms.ValidationError(_("You can send lists for your own agency only; this code is not one of them."))
        return found


@access(*SENDERS)
def rosters(request: HttpRequest) -> HttpResponse:
    """List the files sent in."""
    context = {"title": _("Lists of people")} | table_context(Rosters(), request, actor_of(request))
    return render(request, "people/rosters.html", context)


@access(*SENDERS)
def new_roster(request: HttpRequest) -> HttpResponse:
    """Take a file, read it, keep it with what was read; people are not touched."""
    actor = actor_of(request)
    initial = {"organisation": request.GET.get("organisation") or _own_code(actor)}
    form = RosterForm(request.POST or None, request.FILES or None, actor=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        roster = _read_and_keep(actor, form.cleaned_data["organisation"], upload.name, upload.read())
        return redirect("people:roster", roster.uuid)
    return render(request, "people/roster_new.html", {"title": _("Send a list of people"), "form": form})


def _own_code(actor: Actor) -> str:
    if actor.role is not Role.FOCAL_POINT:
        return ""
    return Organisation.objects.filter(pk=actor.organisation_id or 0).values_list("code", flat=True).first() or ""


def _read_and_keep(actor: Actor, organisation: Organisation, name: str, content: bytes) -> RosterImport:
    rows: list[dict[str, Any]] = []
    try:
        reading = read_roster(content, name, clock.today())
        plan = plan_roster(reading, actor=actor, organisation=organisation, today=clock.today())
    except Refused as refused:
        found = [{"code": refused.code, "severity": "error", "data": refused.data, "cell": "", "sheet": ""}]
    else:
        rows, found = plan.rows, [finding.kept() for finding in plan.findings]
    return keep_roster(
        actor=actor,
        organisation_id=organisation.pk,
        file_name=name,
        content=content,
        rows=rows,
        messages=found,
        readable=bool(rows),
    )


@access(*SENDERS)
def roster(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show what a list would do, row by row, with all remarks by cell."""
    return _show(request, _visible(request, uuid))


def _visible(request: HttpRequest, uuid: str) -> RosterImport:
    found = rules.visible_rosters(actor_of(request)).select_related("organisation")
    return get_object_or_404(found, uuid=uuid)


def _show(request: HttpRequest, found: RosterImport, trouble: str = "", status: int = 200) -> HttpResponse:
    counts = dict.fromkeys(ACTIONS, 0)
    for row in found.rows:
        counts[row["action"]] += row.get("rows", 1)
    severities = {
        level: [m for m in found.messages if m["severity"] == level] for level in ("error", "warning", "note")
    }
    people = [row for row in found.rows if row["action"] != "skip"]
    chosen = request.POST
    several = len({row["sheet"] for row in found.rows}) > 1
    asked = [(at, row, chosen.get(f"row-{at}", "")) for at, row in enumerate(found.rows) if row["action"] == "ask"]
    remarks = page_of([*severities["error"], *severities["warning"], *severities["note"]], request, name="m")
    page = page_of(people, request)
    context = {
        "title": found.file_name,
        "roster": found,
        "trouble": trouble,
        "counts": [(*ACTIONS[action], number) for action, number in counts.items() if number],
        "errors": len(severities["error"]),
        "warnings": len(severities["warning"]),
        "notes": len(severities["note"]),
        "remarks": remarks,
        "remark_lines": [(m["severity"], finding_sentence(m, several=several)) for m in remarks.rows],
        "page": page,
        "several": several,
        "lines": [(row, _born(row["values"]), *ACTIONS[row["action"]]) for row in page.rows],
        "skipped": [(row, SKIPPED[row["reason"]]) for row in found.rows if row["action"] == "skip"],
        "asked": asked,
        "open": found.state == RosterImport.State.SHOWN,
        "can_apply": found.state == RosterImport.State.SHOWN and not severities["error"] and bool(people),
    }
    return render(request, "people/roster.html", context, status=status)


def _born(values: dict[str, Any]) -> str:
    day = values["birth_date"]
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else str(values["birth_year"] or "")


@access(*SENDERS)
@require_POST
def apply(request: HttpRequest, uuid: str) -> HttpResponse:
    """Enter the people of a list."""
    found = _visible(request, uuid)
    if found.state == RosterImport.State.SHOWN and request.POST.get("seen") != "yes":
        return _show(request, found, _("Tick that you have looked at the remarks, then enter the people."), 400)
    decisions = {
        int(name[4:]): str(answer)
        for name, answer in request.POST.items()
        if name.startswith("row-") and name[4:].isdecimal() and len(name) < 12
    }
    try:
        counts = apply_roster(actor=actor_of(request), roster_id=found.pk, decisions=decisions)
    except Refused as refused:
        return _show(request, found, sentence(refused), 409)
    messages.success(request, _("Entered: %(new)s new people, %(known)s known ones brought up to date.") % counts)
    return redirect("people:roster", found.uuid)


@access(*SENDERS)
@require_POST
def drop(request: HttpRequest, uuid: str) -> HttpResponse:
    """Put a list aside."""
    found = _visible(request, uuid)
    try:
        drop_roster(actor=actor_of(request), roster_id=found.pk)
    except Refused as refused:
        return _show(request, found, sentence(refused), 409)
    messages.success(request, _("The list is put aside. Nobody was entered."))
    return redirect("people:rosters")


@access(*SENDERS)
def original(request: HttpRequest, uuid: str) -> FileResponse:
    """Hand out the file as it came."""
    found = _visible(request, uuid)
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.file_name,
        content_type="application/octet-stream",
    )


@access(*SENDERS)
def template(request: HttpRequest) -> HttpResponse:
    """Hand out the blank list."""
    own = Organisation.objects.filter(pk=actor_of(request).organisation_id or 0).first()
    response = HttpResponse(roster_template(own.name_vi if own else ""), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="danh-sach-hoc-vien.xlsx"'
    return response

"""Reports: the list, one report with each figure leading to its rows, its files, its words and number."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvu.campaigns.api import current_campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ... import rules
from ...models import Report
from ...services.report_papers import report_docx, report_pdf
from ...services.reports import WRITABLE, begin_report, number_report, write_report
from ...tasks import count_report
from ..forms import MakeReportForm, ReportNumberForm, ReportWordsForm
from ..parts import Rows
from ..tables import Reports
from ..words import CATEGORIES, FORM_KINDS, LEVELS, MODES, REASONS, REPORT_KINDS, STATES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {"docx": (report_docx, DOCX), "pdf": (report_pdf, "application/pdf")}


@access(*rules.SEES_FIGURES)
def reports(request: HttpRequest) -> HttpResponse:
    """List the reports; the manager makes one as a background job."""
    actor = actor_of(request)
    makes = rules.can_make_reports(actor)
    form = MakeReportForm(
        request.POST if request.method == "POST" else None,
        initial={"kind": Report.Kind.DAILY, "day": f"{clock.today():%d/%m/%Y}"},
    )
    if request.method == "POST":
        if not makes:
            return redirect("monitoring:reports")
        if form.is_valid():
            try:
                report = begin_report(actor=actor, campaign_id=current_campaign().pk, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, sentence(refused))
            else:
                count_report.enqueue(report.pk, actor.account_id, actor.organisation_id, actor.label)
                return redirect("monitoring:report", report.uuid)
    context = {"title": _("Reports"), "form": form, "makes": makes}
    return render(request, "monitoring/reports.html", context | table_context(Reports(), request, actor))


@access(*rules.SEES_FIGURES)
def report(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a report; each figure opens its rows as they are today."""
    found = _found(request, uuid)
    if "totals" not in found.figures:
        context = {"title": REPORT_KINDS[found.kind], "report": found, "progress": found.figures.get("progress", {})}
        return render(request, "monitoring/report_progress.html", context)
    return _page(request, found, ReportWordsForm(initial=found.words), ReportNumberForm())


def _found(request: HttpRequest, uuid: UUID) -> Report:
    rows = rules.visible_reports(actor_of(request)).select_related("campaign__organiser", "campaign__owner")
    return get_object_or_404(rows, uuid=uuid)


def _page(request: HttpRequest, found: Report, words: ReportWordsForm, number: ReportNumberForm) -> HttpResponse:
    actor = actor_of(request)
    totals: dict[str, Any] = found.figures["totals"]
    context = {
        "title": _("%(kind)s of %(day)s") % {"kind": REPORT_KINDS[found.kind], "day": f"{found.day:%d/%m/%Y}"},
        "report": found,
        "t": totals,
        "until": datetime.fromisoformat(totals["until"]),
        "rows": Rows(actor),
        "modes": [(one, MODES[one["mode"]]) for one in totals["modes"]],
        "days": [(one, date.fromisoformat(one["day"])) for one in totals["days"] if one["presence"]["expected"]],
        "came": sum(totals["presence"][key] for key in ("present", "late", "made_up")),
        "failed": totals["tested"] - totals["passed"],
        "marks": [("10" if n == 10 else f"{n}–<{n + 1}", value, n) for n, value in enumerate(totals["marks"])],
        "refusals": [(REASONS.get(code, code), n, code) for code, n in totals["refused_by_reason"].items()],
        "forms": [(FORM_KINDS.get(one["kind"], one["kind"]), one) for one in totals["forms"] if one["sent"]],
        "difficulties": [
            (one, CATEGORIES.get(one["category"], one["category"]), STATES[one["state"]], LEVELS[one["level"]])
            for one in found.words.get("difficulties", [])
        ],
        "all_difficulties": sum(totals["difficulties"].values()),
        "written": [found.words.get(name, "") for name in WRITABLE],
        "can_write": rules.can_make_reports(actor) and not found.number,
        "words_form": words,
        "number_form": number,
    }
    bad = bool(words.errors or number.errors)
    return render(request, "monitoring/report.html", context, status=422 if bad else 200)


@access(*rules.SEES_FIGURES)
def report_file(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give a report as .docx or PDF."""
    if kind not in FILES:
        raise Http404
    found = _found(request, uuid)
    draw, content_type = FILES[kind]
    try:
        body = draw(found)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("monitoring:report", uuid)
    response = HttpResponse(body, content_type=content_type)
    name = "bao-cao-nhanh" if found.kind == Report.Kind.DAILY else "bao-cao"
    response["Content-Disposition"] = f'attachment; filename="{name}-{found.day:%Y-%m-%d}.{kind}"'
    return response


@access(Role.MANAGER)
def report_words(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what the manager writes in a report."""
    found = _found(request, uuid)
    if request.method != "POST" or "totals" not in found.figures:
        return redirect("monitoring:report", uuid)
    form = ReportWordsForm(request.POST)
    if form.is_valid():
        try:
            write_report(actor=actor_of(request), report_id=found.pk, words=form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("What you wrote is kept and stands in the report."))
            return redirect("monitoring:report", uuid)
    return _page(request, found, form, ReportNumberForm())


@access(Role.MANAGER)
def report_number(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Enter the number of a report; from then on it no longer changes."""
    found = _found(request, uuid)
    if request.method != "POST" or "totals" not in found.figures:
        return redirect("monitoring:report", uuid)
    form = ReportNumberForm(request.POST)
    if form.is_valid():
        try:
            number_report(actor=actor_of(request), report_id=found.pk, number=form.cleaned_data["number"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The report has its number and no longer changes."))
            return redirect("monitoring:report", uuid)
    return _page(request, found, ReportWordsForm(initial=found.words), form)

"""The training office's way with a class: find, confirm, number, issue, make the files."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.api import instructors_of
from hocvu.planning.models import Cohort
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ... import rules
from ...models import Recognition
from ...queries.classes import decisions_of, figures_of, files_made, latest_sheet, with_stage
from ...services.eligibility import find_eligibility
from ...services.issuing import begin, pause
from ...services.recognitions import confirm_mark_sheet, number_recognition
from ...tasks import issue_attestations, make_files, packed
from ..forms import ExaminersForm, RegistryForm, registry_initial
from ..tables import Classes, stages_shown
from ..words import STAGES


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def class_list(request: HttpRequest) -> HttpResponse:
    """Show every class and how far it is."""
    actor = actor_of(request)
    context = {
        "title": _("Attestations"),
        "stages": stages_shown(actor),
        "stage": request.GET.get("stage", ""),
        **table_context(Classes(), request, actor),
    }
    return render(request, "attestations/classes.html", context)


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def one_class(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one class: counts, papers, the next step."""
    return _class_page(request, _cohort(request, uuid))


@access(Role.OFFICE, Role.MANAGER)
@require_POST
def find(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Find the verdicts of a class anew."""
    cohort = _cohort(request, uuid)
    return _done(request, cohort, lambda: _find(request, cohort))


def _find(request: HttpRequest, cohort: Cohort) -> str:
    counts = find_eligibility(actor=actor_of(request), cohort_id=cohort.pk)
    return _("%(eligible)s meet the conditions, %(refused)s do not, %(open)s are not decided yet.") % {
        "eligible": counts.eligible,
        "refused": counts.refused,
        "open": counts.open,
    }


@access(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Confirm the mark sheet with two examiners."""
    cohort = _cohort(request, uuid)
    team = instructors_of([cohort.pk]).get(cohort.pk, [])
    names = [one.instructor.person.full_name for one in team] + ["", ""]
    form = ExaminersForm(
        request.POST if request.method == "POST" else None,
        initial={"first_examiner": names[0], "second_examiner": names[1]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            confirm_mark_sheet(actor=actor_of(request), cohort_id=cohort.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The mark sheet is confirmed. Print it, and prepare the decision."))
            return redirect("attestations:class", cohort.uuid)
    context = {"title": _("Confirm the mark sheet"), "form": form, "cohort": cohort, "back": _back(cohort)}
    context["figures"] = figures_of([cohort.pk])[cohort.pk]
    return render(request, "attestations/sheet.html", context)


@access(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def number(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Enter what the registry office gave to the decision."""
    cohort = _cohort(request, uuid)
    usual = cohort.plan.campaign.attestation.get("signer_title") or {}
    form = RegistryForm(request.POST if request.method == "POST" else None, initial=registry_initial(usual))
    if request.method == "POST" and form.is_valid():
        try:
            number_recognition(actor=actor_of(request), cohort_id=cohort.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The decision is entered. The attestations can be issued."))
            return redirect("attestations:class", cohort.uuid)
    context = {"title": _("Number of the decision"), "form": form, "cohort": cohort, "back": _back(cohort)}
    return render(request, "attestations/number.html", context)


@access(Role.OFFICE)
@require_POST
def start_issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Start issuing in the background, or go on with it."""
    cohort, actor = _cohort(request, uuid), actor_of(request)
    try:
        begin(actor=actor, cohort_id=cohort.pk)
        issue_attestations.enqueue(packed(actor), cohort.pk)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("attestations:class", cohort.uuid)
    return redirect("attestations:progress", cohort.uuid)


@access(Role.OFFICE)
@require_POST
def pause_issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop issuing after the batch under way."""
    cohort = _cohort(request, uuid)

    def deed() -> str:
        pause(actor=actor_of(request), cohort_id=cohort.pk)
        return _("Issuing is paused. What is issued stays; go on whenever you like.")

    return _done(request, cohort, deed)


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def progress(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how far the issue and the making of files are."""
    cohort = _cohort(request, uuid)
    decision = next((one for one in reversed(decisions_of(cohort)) if one.number), None)
    covered = sum(row["recognised"] for row in decision.sheet.rows) if decision else 0
    made, entries = files_made(cohort)
    context = {
        "title": _("Issuing class %(code)s") % {"code": cohort.code},
        "cohort": cohort,
        "decision": decision,
        "covered": covered,
        "running": decision is not None and decision.state == Recognition.State.ISSUING,
        "made": made,
        "entries": entries,
        "back": _back(cohort),
    }
    return render(request, "attestations/progress.html", context)


@access(Role.OFFICE, Role.MANAGER)
@require_POST
def start_files(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make the PDF files of a class in the background."""
    cohort = _cohort(request, uuid)
    make_files.enqueue(cohort.pk)
    messages.success(request, _("The PDF files are being made. This page shows how many are ready."))
    return redirect("attestations:progress", cohort.uuid)


def _class_page(request: HttpRequest, cohort: Any) -> HttpResponse:
    made, entries = files_made(cohort)
    context = {
        "title": _("Class %(code)s") % {"code": cohort.code},
        "cohort": cohort,
        "stage": cohort.stage,
        "stage_words": STAGES[cohort.stage],
        "figures": figures_of([cohort.pk])[cohort.pk],
        "sheet": latest_sheet(cohort),
        "decisions": decisions_of(cohort),
        "made": made,
        "entries": entries,
        "may_issue": rules.can_issue(actor_of(request)),
        "back": reverse("attestations:classes"),
    }
    return render(request, "attestations/class.html", context)


def _cohort(request: HttpRequest, uuid: UUID) -> Any:
    """Return a class in the actor's scope, with its ``stage``."""
    rows = with_stage(rules.visible_cohorts(actor_of(request))).select_related("plan__campaign")
    return get_object_or_404(rows, uuid=uuid)


def _back(cohort: Cohort) -> str:
    return reverse("attestations:class", args=[cohort.uuid])


def _done(request: HttpRequest, cohort: Cohort, deed: Callable[[], str]) -> HttpResponse:
    """Do something, say what came of it, and show the class again."""
    try:
        messages.success(request, deed())
    except Refused as refused:
        messages.error(request, sentence(refused))
    return redirect("attestations:class", cohort.uuid)

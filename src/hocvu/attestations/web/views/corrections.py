"""The training office decides what trainees say would be printed wrong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ... import rules
from ...services.corrections import decide_correction
from ..forms import CorrectionDecisionForm
from ..tables import Corrections
from ..words import CORRECTED, CORRECTION_STATES


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what was asked, undecided first."""
    context = {
        "title": _("Corrections asked for"),
        "state": request.GET.get("state", ""),
        "states": [(key, words[0]) for key, words in CORRECTION_STATES.items()],
    }
    return render(
        request, "attestations/corrections.html", context | table_context(Corrections(), request, actor_of(request))
    )


@access(Role.OFFICE, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one request and decide it."""
    actor = actor_of(request)
    rows = rules.visible_corrections(actor).select_related("placement__person", "placement__cohort")
    row = get_object_or_404(rows, uuid=uuid)
    form = CorrectionDecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        accept = form.cleaned_data["decision"] == "accept"
        try:
            decide_correction(actor=actor, correction_id=row.pk, accept=accept, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason" if refused.code.endswith("reason") else None, sentence(refused))
        else:
            messages.success(request, _("The name or date is corrected.") if accept else _("The request is refused."))
            return redirect("attestations:corrections")
    context = {
        "title": _("Correction asked for"),
        "row": row,
        "form": form,
        "field": CORRECTED[row.field],
        "state": CORRECTION_STATES[row.state],
        "may_decide": rules.can_decide_correction(actor) and row.state == row.State.ASKED,
        "back": reverse("attestations:corrections"),
    }
    return render(request, "attestations/correction.html", context)

"""The register: its list, one entry, its file, its revocation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.people.api import masked_name
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ... import rules
from ...models import Attestation, Revocation
from ...queries.printed import verify_address
from ...queries.verification import record_of
from ...services.files import attestation_pdf
from ...services.revocations import revoke
from ..forms import RevocationForm, today_text
from ..tables import Register, masks_restricted
from ..words import CAUSES, FIELDS, STATES
from .papers import attachment

READERS = (Role.OFFICE, Role.MANAGER, Role.FOCAL_POINT, Role.HEAD, Role.TRAINEE)


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the register: search by name, number or code."""
    context = {
        "title": _("Register of attestations"),
        "cohort": request.GET.get("cohort", ""),
        **table_context(Register(), request, actor_of(request)),
    }
    return render(request, "attestations/register.html", context)


@access(*READERS)
@require_GET
def attestation(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one entry with every printed field."""
    actor = actor_of(request)
    row = _entry(actor, uuid)
    record = record_of(row)
    masked = masks_restricted(actor) and record.restricted
    context = {
        "title": _("Attestation %(number)s") % {"number": row.number},
        "row": row,
        "record": record,
        "name": masked_name(row.payload["name"]) if masked else row.payload["name"],
        "revocation": Revocation.objects.filter(attestation=row).first(),
        "fields": FIELDS,
        "causes": CAUSES,
        "states": STATES,
        "address": verify_address(row.code),
        "may_revoke": rules.can_revoke(actor),
        "may_download": not masked,
        "back": _list_of(actor),
    }
    return render(request, "attestations/attestation.html", context)


@access(*READERS)
@require_GET
def attestation_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Return the signed PDF of an entry."""
    actor = actor_of(request)
    row = _entry(actor, uuid)
    if masks_restricted(actor) and row.payload["restricted"]:
        return redirect("attestations:attestation", row.uuid)
    try:
        data = attestation_pdf(row)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("attestations:attestation", row.uuid)
    return attachment(data, "application/pdf", f"giay-chung-nhan-{row.register_number:05d}.pdf")


@access(Role.OFFICE, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def revoke_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for cause and decision, show them once more, then revoke."""
    actor = actor_of(request)
    row = _entry(actor, uuid)
    form = RevocationForm(request.POST if request.method == "POST" else None, initial={"decided_on": today_text()})
    context = {"row": row, "form": form, "back": reverse("attestations:attestation", args=[row.uuid])}
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            title = _("Revoke attestation %(number)s?") % {"number": row.number}
            asked = form.cleaned_data | {"title": title, "cause_words": CAUSES[form.cleaned_data["cause"]]}
            return render(request, "attestations/revoke_confirm.html", context | asked)
        try:
            revoke(actor=actor, attestation_id=row.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("Attestation %(number)s is revoked.") % {"number": row.number})
            return redirect("attestations:attestation", row.uuid)
    context["title"] = _("Revoke attestation %(number)s") % {"number": row.number}
    return render(request, "attestations/revoke.html", context)


def _entry(actor: Actor, uuid: UUID) -> Attestation:
    return get_object_or_404(rules.visible_attestations(actor).select_related("recognition", "placement"), uuid=uuid)


def _list_of(actor: Actor) -> str:
    if actor.role is Role.TRAINEE:
        return reverse("attestations:mine")
    return reverse("attestations:people" if actor.role in rules.OWN_AGENCY else "attestations:register")

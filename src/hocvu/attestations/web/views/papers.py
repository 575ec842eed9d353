"""Papers to print: mark sheet, decision, register book, all files of a class."""

import io
import zipfile
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.papers import PaperContent, to_docx, to_pdf
from hocvu.ui.refusals import sentence

from ... import rules
from ...exporting.papers import mark_sheet, recognition_decision, register_book
from ...models import Attestation, MarkSheet
from ...services.files import attestation_pdf

KINDS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (to_pdf, "application/pdf"),
}
MOST_PAGES_ROWS = 1000


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def mark_sheet_file(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Return a mark sheet as .docx or PDF."""
    rows = MarkSheet.objects.filter(cohort__in=rules.visible_cohorts(actor_of(request)))
    found = get_object_or_404(rows.select_related("cohort__plan__campaign"), uuid=uuid)
    return _paper(mark_sheet(found), f"bang-diem-{found.cohort.code}-{found.version}", kind)


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def decision_file(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Return a recognition decision with its list as .docx or PDF."""
    rows = rules.visible_recognitions(actor_of(request))
    found = get_object_or_404(rows.select_related("cohort__plan__campaign", "sheet"), uuid=uuid)
    return _paper(recognition_decision(found), f"quyet-dinh-{found.cohort.code}-{found.ordinal}", kind)


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def register_pages(request: HttpRequest) -> HttpResponse:
    """Return pages of the register book: of one class, or from one entry on, at most a thousand lines."""
    rows = rules.visible_attestations(actor_of(request)).order_by("register_number")
    code, start = request.GET.get("cohort", ""), request.GET.get("from", "")
    if code:
        rows = rows.filter(placement__cohort__code=code)
    if start.isdecimal():
        rows = rows.filter(register_number__gte=int(start[:9]))
    entries = list(rows.defer("seal")[:MOST_PAGES_ROWS])
    if not entries:
        raise Http404
    title = f"Từ số {entries[0].register_number} đến số {entries[-1].register_number}"
    title = f"Lớp {code}. {title}" if code else title
    return _paper(register_book(entries, title=title), f"so-goc-{entries[0].register_number}", "pdf")


@access(Role.OFFICE, Role.MANAGER)
@require_GET
def class_zip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Return every PDF of a class in one .zip, once all are made."""
    cohort = get_object_or_404(rules.visible_cohorts(actor_of(request)), uuid=uuid)
    entries = list(Attestation.objects.filter(placement__cohort=cohort).order_by("register_number"))
    if not entries or not all(entry.file for entry in entries):
        messages.error(request, _("Make the PDF files of this class first."))
        return redirect("attestations:class", cohort.uuid)
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
            for entry in entries:
                bundle.writestr(f"{entry.register_number:05d}.pdf", attestation_pdf(entry))
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("attestations:class", cohort.uuid)
    return attachment(buffer.getvalue(), "application/zip", f"giay-chung-nhan-{cohort.code}.zip")


def _paper(content: PaperContent, name: str, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    write, content_type = KINDS[kind]
    return attachment(write(content), content_type, f"{name}.{kind}")


def attachment(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to save under a name."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""Lists as .xlsx: at once when they are short, by a job with progress when they are long."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.post.api import ask_export
from hocvu.post.models import Export
from hocvu.ui.access import signed_in
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_named

from ..exporting.xlsx import write_xlsx
from ..tasks import write_export

MOST_AT_ONCE = 5000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
def export(request: HttpRequest, name: str) -> HttpResponse:
    """Return a table as a spreadsheet, with the search and order of the page it was asked from."""
    table = table_named(name)
    if table is None:
        raise Http404
    actor = actor_of(request)
    if actor.role not in table.roles:
        raise PermissionDenied
    params = request.GET.dict()
    rows = table.selected(actor, params)
    total = rows.count()
    if total > MOST_AT_ONCE:
        asked = ask_export(
            actor=actor, table=name, params=params | {"__person": actor.person_id}, total=total,
            language=translation.get_language() or "vi",
        )  # fmt: skip
        write_export.enqueue(asked.pk)
        return HttpResponseRedirect(reverse("web:export_state", args=[asked.uuid]))
    response = HttpResponse(write_xlsx(table, rows.iterator(chunk_size=2000)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{_file_name(name)}"'
    return response


def _file_name(name: str) -> str:
    return f"hocvu-{name}-{clock.local(clock.now()):%Y-%m-%d-%H%M}.xlsx"


def _mine(request: HttpRequest, uuid: object) -> Export:
    return get_object_or_404(Export, uuid=uuid, account_id_value=actor_of(request).account_id)


@signed_in
def export_state(request: HttpRequest, uuid: object) -> HttpResponse:
    """Show how far a spreadsheet is, and hand it out when it is ready."""
    return render(request, "web/export.html", {"title": _("Spreadsheet"), "export": _mine(request, uuid)})


@signed_in
def export_file(request: HttpRequest, uuid: object) -> HttpResponseBase:
    """Hand out a finished spreadsheet to the account that asked for it."""
    found = _mine(request, uuid)
    if found.state != Export.State.READY or not found.file:
        raise Http404
    return FileResponse(found.file.open(), as_attachment=True, filename=_file_name(found.table), content_type=XLSX)

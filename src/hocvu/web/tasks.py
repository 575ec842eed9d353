"""Write long lists to spreadsheets in the background."""

from django.utils import translation
from django_tasks import task

from hocvu.kernel.actor import Actor, Role
from hocvu.post.api import finish_export, tell_progress
from hocvu.post.models import Export
from hocvu.ui.tables import table_named

from .exporting.xlsx import write_xlsx


@task()
def write_export(export_id: int) -> None:
    """Write one asked-for spreadsheet, as its account and role may see it, in its language."""
    export = Export.objects.get(pk=export_id)
    table = table_named(export.table)
    actor = Actor(
        role=Role(export.role),
        label="",
        account_id=export.account_id_value,
        person_id=export.params.get("__person"),
        organisation_id=export.organisation_id_value,
    )
    if table is None or export.state != Export.State.WAITING:
        return
    try:
        with translation.override(export.language):
            params = {name: value for name, value in export.params.items() if not name.startswith("__")}
            rows = table.selected(actor, params).iterator(chunk_size=2000)
            content = write_xlsx(table, rows, lambda count: tell_progress(export=export, written=count))
    except BaseException:
        finish_export(export=export, content=None)
        raise
    finish_export(export=export, content=content)

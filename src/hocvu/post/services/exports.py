"""Ask for a spreadsheet made in the background, follow it, and clear old ones away."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.ledger.api import record

from ..models import Export

KEPT = timedelta(days=1)


@transaction.atomic
def ask_export(*, actor: Actor, table: str, params: Mapping[str, Any], language: str, total: int) -> Export:
    """Put a wish for a spreadsheet down; the caller starts the job."""
    made = Export.objects.create(
        account_id_value=actor.account_id or 0,
        role=actor.role,
        organisation_id_value=actor.organisation_id,
        language=language,
        table=table,
        params=dict(params),
        total=total,
        asked_at=clock.now(),
    )
    record(
        actor=actor, action="post.export_asked", object_type="export", object_key=made.uuid,
        data={"table": table, "rows": total},
    )  # fmt: skip
    return made


def tell_progress(*, export: Export, written: int) -> None:
    """Say how many rows are written."""
    Export.objects.filter(pk=export.pk).update(state=Export.State.WRITING, written=written)


def finish_export(*, export: Export, content: bytes | None) -> None:
    """Keep the file, or say that it failed."""
    if content is None:
        export.state = Export.State.FAILED
    else:
        export.file.save(f"{export.uuid}.xlsx", ContentFile(content), save=False)
        export.state, export.written = Export.State.READY, export.total
    export.ready_at = clock.now()
    export.save()


def clear_exports() -> int:
    """Remove files older than a day; return how many."""
    old = list(Export.objects.filter(asked_at__lt=clock.now() - KEPT))
    for export in old:
        if export.file:
            export.file.delete(save=False)
        export.delete()
    return len(old)

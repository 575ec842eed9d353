"""Lists of the roof: the ledger."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.ledger.api import latest_lines
from hocvu.ui.tables import Column, Table, register_table

from .words import role_name


def _moment(line: Any) -> str:
    return f"{clock.local(line.at):%d/%m/%Y %H:%M:%S}"


@register_table
class Ledger(Table):
    """Every line, newest first; the data of a line stay in the database."""

    name = "ledger"
    title = _("Ledger")
    empty = _("Nothing has been done yet.")
    roles = frozenset({Role.OPERATOR, Role.MANAGER})
    columns = (
        Column("sequence", _("Line"), lambda x: x.sequence, sort="sequence", numeric=True, width=10),
        Column("at", _("When"), _moment, sort="at", width=20),
        Column("actor", _("Who"), lambda x: x.shown_actor or "—", width=28),
        Column("role", _("In the role of"), lambda x: role_name(x.role), phone=False, width=24),
        Column("action", _("Deed"), lambda x: x.action, sort="action", width=32),
        Column("object", _("On what"), lambda x: f"{x.object_type} {x.object_key}".strip(), phone=False, width=48),
        Column("count", _("Rows"), lambda x: x.count, numeric=True, phone=False, width=8),
        Column("hash", _("Hash"), lambda x: x.hash[:12], phone=False, width=16),
    )
    search = ("action__icontains", "object_type__icontains", "object_key__iexact", "shown_actor__icontains")
    order = ("-sequence",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return every line with the name this actor may read."""
        return latest_lines().annotate(shown_actor=_shown_actor(actor))


def _shown_actor(actor: Actor) -> Any:
    # Who runs the installation sees no trainee by name, nor finds one by searching; the line itself stays.
    if actor.role is Role.OPERATOR:
        return Case(When(role=Role.TRAINEE.value, then=Value("")), default=F("actor_label"))
    return F("actor_label")

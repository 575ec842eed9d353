"""Triggers that refuse to change or remove a line of the ledger, on both databases."""

from typing import Any

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER ledger_line_no_update BEFORE UPDATE ON ledger_line
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
    """CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON ledger_line
       BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END""",
]
POSTGRES = [
    """CREATE FUNCTION ledger_line_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """CREATE TRIGGER ledger_line_no_change BEFORE UPDATE OR DELETE ON ledger_line
       FOR EACH ROW EXECUTE FUNCTION ledger_line_refuse()""",
]


def make(apps: Any, editor: Any) -> None:
    """Create the triggers of the database in use."""
    for statement in POSTGRES if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


class Migration(migrations.Migration):
    """After the table, its guard."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]

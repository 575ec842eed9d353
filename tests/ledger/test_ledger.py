"""The ledger cannot be altered quietly."""

import pytest
from django.db import DatabaseError, connection, transaction

from hocvu.kernel.actor import SYSTEM
from hocvu.ledger.api import latest_lines, lines_of, record, verify_chain
from hocvu.ledger.models import Line

pytestmark = pytest.mark.django_db


def _three() -> None:
    for number in range(3):
        record(actor=SYSTEM, action="test.done", object_type="thing", object_key=number, data={"n": number})


def test_lines_are_chained() -> None:
    _three()

    state = verify_chain()

    assert (state.lines, state.broken_at) == (3, None)
    first, second, third = Line.objects.order_by("sequence")
    assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
    assert state.head == third.hash


@pytest.mark.parametrize("statement", ["UPDATE ledger_line SET role = 'x'", "DELETE FROM ledger_line"])
def test_the_database_refuses_to_change_a_line(statement: str) -> None:
    _three()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_altered_line_is_found() -> None:
    _three()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER ledger_line_no_update")
        else:
            cursor.execute("ALTER TABLE ledger_line DISABLE TRIGGER ALL")
        cursor.execute("UPDATE ledger_line SET actor_label = 'someone else' WHERE sequence = 2")

    assert verify_chain().broken_at == 2


def test_bulk_rows_leave_their_count_and_digest() -> None:
    line = record(actor=SYSTEM, action="test.many", object_type="thing", object_key="*", rows=[[1, "a"], [2, "b"]])
    other = record(actor=SYSTEM, action="test.many", object_type="thing", object_key="*", rows=[[2, "b"], [1, "a"]])

    assert (line.count, len(line.digest)) == (2, 64)
    assert line.digest != other.digest


def test_a_deed_that_fails_leaves_no_line() -> None:
    def deed() -> None:
        with transaction.atomic():
            record(actor=SYSTEM, action="test.done", object_type="thing", object_key=1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()

    assert latest_lines().count() == 0


def test_lines_of_an_object_come_newest_first() -> None:
    _three()
    record(actor=SYSTEM, action="test.again", object_type="thing", object_key=1)

    assert [line.action for line in lines_of("thing", 1)] == ["test.again", "test.done"]

"""Many rows in one statement prepared once.

The ORM spends some 50 microseconds on each row it writes; a campaign has 1.04 million answers and writes a
hundred papers at once when a sitting ends. Column names come from the models, values are bound.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from ..models import Answer, Attempt

AnswerRow = tuple[int, int, str, int, datetime | None, datetime]
ANSWER_FIELDS = ("attempt_id", "position", "value", "client_sequence", "client_at", "received_at")
ATTEMPT_FIELDS = ("state", "started_at", "deadline", "submitted_at", "right", "mark", "token_number")


def insert_answers(rows: Iterable[AnswerRow]) -> None:
    """Insert answers; columns as :data:`ANSWER_FIELDS`."""
    columns = ", ".join(_quoted(name) for name in ANSWER_FIELDS)
    places = ", ".join(["%s"] * len(ANSWER_FIELDS))
    table = _quoted(Answer._meta.db_table)  # noqa: SLF001 - the public face of a model
    values = [
        (attempt, position, value, sequence, _instant(client_at), _instant(received_at))
        for attempt, position, value, sequence, client_at, received_at in rows
    ]
    _run(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608 - names of our own


def store_attempts(attempts: Iterable[Attempt]) -> None:
    """Write what scoring and closing change: :data:`ATTEMPT_FIELDS`."""
    changes = ", ".join(f"{_quoted(name)} = %s" for name in ATTEMPT_FIELDS)
    table = _quoted(Attempt._meta.db_table)  # noqa: SLF001 - the public face of a model
    values = [
        (a.state, *map(_instant, (a.started_at, a.deadline, a.submitted_at)), a.right, a.mark, a.token_number, a.pk)
        for a in attempts
    ]
    _run(f"UPDATE {table} SET {changes} WHERE {_quoted('id')} = %s", values)  # noqa: S608 - names of our own


def _run(statement: str, values: Sequence[Sequence[Any]]) -> None:
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _instant(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if value is not None else None

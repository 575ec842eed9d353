"""Keep a roster file with what was read from it; enter it, or drop it."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.kernel.vietnamese import fold
from hocvu.ledger.api import record

from ..models import Organisation, Person, Posting, RosterImport
from ..rules import can_send_roster, visible_rosters
from ..types import PersonRow
from .persons import register_people

ENTERED = ("new", "update", "same")


@transaction.atomic
def keep_roster(
    *,
    actor: Actor,
    organisation_id: int,
    file_name: str,
    content: bytes,
    rows: Sequence[dict[str, Any]],
    messages: Sequence[dict[str, Any]],
    readable: bool = True,
) -> RosterImport:
    """Keep the file as it came, its hash, what would be done and what was found; people are not touched."""
    organisation = Organisation.objects.get(pk=organisation_id)
    if not can_send_roster(actor, organisation):
        raise NotAllowed
    roster = RosterImport(
        organisation=organisation,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        state=RosterImport.State.SHOWN if readable else RosterImport.State.REFUSED,
        rows=list(rows),
        messages=list(messages),
        uploaded_at=clock.now(),
        uploaded_by=actor.label[:160],
    )
    ending = file_name.rsplit(".", 1)[-1].lower()
    kind = ending if ending in {"xlsx", "xlsm", "xls", "csv"} else "bin"
    roster.file.save(f"{roster.uuid}.{kind}", ContentFile(content), save=True)
    record(
        actor=actor, action="people.roster_kept", object_type="roster", object_key=roster.uuid,
        data={"sha256": roster.sha256, "state": roster.state, "organisation": organisation.code},
    )  # fmt: skip
    return roster


@transaction.atomic
def apply_roster(*, actor: Actor, roster_id: int, decisions: Mapping[int, str]) -> dict[str, int]:
    """Enter a list that was shown; return how many people are new and how many were known.

    ``decisions`` says for each row to be asked about (its place in ``rows``) ``same`` or ``new``. Raises
    ``people.roster_done``, ``…_has_errors``, ``…_undecided``, ``…_stale``, ``…_empty``; then nothing is entered.
    """
    roster = visible_rosters(actor).select_for_update().filter(pk=roster_id).first()
    if roster is None or not can_send_roster(actor, roster.organisation):
        raise NotAllowed
    if roster.state != RosterImport.State.SHOWN:
        raise Refused("people.roster_done")
    if any(message["severity"] == "error" for message in roster.messages):
        raise Refused("people.roster_has_errors")
    rows = _decided(roster.rows, decisions)
    if not rows:
        raise Refused("people.roster_empty")
    fresh = [row for row in rows if row["action"] == "new"]
    _refuse_stale(fresh, [row for row in fresh if not row.get("decided")], roster.organisation_id)
    today = clock.today()
    people = [_person_row(number, row, roster.organisation.restricted, today) for number, row in enumerate(rows)]
    register_people(actor=actor, rows=people)
    roster.rows = [*rows, *(row for row in roster.rows if row["action"] == "skip")]
    roster.state, roster.applied_at = RosterImport.State.APPLIED, clock.now()
    roster.save(update_fields=["rows", "state", "applied_at"])
    counts = {"new": len(fresh), "known": len(rows) - len(fresh)}
    record(
        actor=actor, action="people.roster_applied", object_type="roster", object_key=roster.uuid,
        data=counts | {"sha256": roster.sha256},
    )  # fmt: skip
    return counts


def _decided(rows: Sequence[dict[str, Any]], decisions: Mapping[int, str]) -> list[dict[str, Any]]:
    """Return the rows to enter, those asked about with their answer."""
    decided, left = [], 0
    for at, row in enumerate(rows):
        if row["action"] in ENTERED:
            decided.append(row)
        elif row["action"] == "ask":
            answer = decisions.get(at)
            if answer == "same":
                decided.append(row | {"action": "update", "decided": True})
            elif answer == "new" and not _same_number(row):
                decided.append(row | {"action": "new", "person_id": None, "decided": True})
            else:
                left += 1
    if left:
        raise Refused("people.roster_undecided", count=left)
    return decided


def _same_number(row: dict[str, Any]) -> bool:
    """Say whether the person known bears the row's identity number: then they cannot be two."""
    number = row["values"]["national_id"]
    return bool(number) and Person.objects.filter(national_id=number).exists()


def _refuse_stale(fresh: Sequence[dict[str, Any]], unasked: Sequence[dict[str, Any]], organisation_id: int) -> None:
    """Refuse when someone in the list was entered in another way since the list was read."""
    numbers = [row["values"]["national_id"] for row in fresh if row["values"]["national_id"]]
    for at in range(0, len(numbers), 400):
        if Person.objects.filter(national_id__in=numbers[at : at + 400]).exists():
            raise Refused("people.roster_stale")
    wanted = {
        (fold(row["values"]["full_name"]), row["values"]["birth_year"], row["organisation_id"])
        for row in unasked
        if not row["values"]["national_id"]
    }
    homes = {home for _, _, home in wanted} | {organisation_id}
    there = Posting.objects.filter(organisation__in=homes, ends_on__isnull=True, person__national_id="")
    if wanted and not wanted.isdisjoint(there.values_list("person__folded", "person__birth_year", "organisation_id")):
        raise Refused("people.roster_stale")


def _person_row(number: int, row: dict[str, Any], restricted: bool, today: date) -> PersonRow:
    values = row["values"]
    return PersonRow(
        key=str(number),
        full_name=values["full_name"],
        birth_date=date.fromisoformat(values["birth_date"]) if values["birth_date"] else None,
        birth_year=values["birth_year"],
        sex=values["sex"],
        organisation_id=row["organisation_id"],
        position=values["position"],
        job_group=values["job_group"],
        national_id=values["national_id"],
        phone=values["phone"],
        email=values["email"],
        restricted=restricted,
        starts_on=today,
        person_id=row["person_id"],
        source="roster",
    )


@transaction.atomic
def drop_roster(*, actor: Actor, roster_id: int) -> None:
    """Put a list aside that was shown; its rows are wiped, the file and its hash stay."""
    roster = visible_rosters(actor).select_for_update().filter(pk=roster_id).first()
    if roster is None:
        raise NotAllowed
    if roster.state != RosterImport.State.SHOWN:
        raise Refused("people.roster_done")
    roster.state, roster.rows = RosterImport.State.DROPPED, []
    roster.save(update_fields=["state", "rows"])
    record(actor=actor, action="people.roster_dropped", object_type="roster", object_key=roster.uuid)

"""Revoke an attestation by a decision, for one of the five causes."""

from datetime import date

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record
from hocvu.post.api import Draft, write_letters

from ..domain.words import day
from ..models import Attestation, Revocation
from ..rules import can_revoke, hold


@transaction.atomic
def revoke(
    *, actor: Actor, attestation_id: int, cause: str, reason: str, decision_number: str, decided_on: date
) -> Revocation:
    """Revoke; the entry, its number and its file stay, the public page says since when and why.

    ``cause``: fraud, false_file, not_entitled, wrong_authority, altered. Refuses an unknown cause, a missing
    reason or decision, a day before the issue or to come, and an attestation revoked already.
    """
    hold(can_revoke(actor))
    row = Attestation.objects.select_for_update(of=("self",)).select_related("person").get(pk=attestation_id)
    if row.state == Attestation.State.REVOKED:
        raise Refused("attestations.revoked_already", number=row.number)
    if cause not in Revocation.Cause.values:
        raise Refused("attestations.cause_unknown")
    why, decision = clean(reason), clean(decision_number)
    if not why or not decision:
        raise Refused("attestations.revocation_fields")
    issued_on = row.recognition.decided_on
    if decided_on > clock.today() or (issued_on is not None and decided_on < issued_on):
        raise Refused("attestations.revocation_day")
    made = Revocation.objects.create(
        attestation=row, cause=cause, reason=why, decision_number=decision[:60], decided_on=decided_on,
        revoked_at=clock.now(), revoked_by=actor.label[:160],
    )  # fmt: skip
    row.state = Attestation.State.REVOKED
    row.save(update_fields=["state"])
    _tell(row, made)
    record(
        actor=actor,
        action="attestations.revoked",
        object_type="attestation",
        object_key=row.uuid,
        data={"number": row.number, "cause": cause, "decision": made.decision_number},
    )
    return made


def _tell(row: Attestation, made: Revocation) -> None:
    """Write to the person (letters go out in Vietnamese, the language of the decision)."""
    text = (
        f"Kính gửi anh/chị {row.person.full_name},\n\n"
        f"Giấy chứng nhận số {row.number} của anh/chị đã bị thu hồi theo Quyết định số "
        f"{made.decision_number} ngày {day(made.decided_on)}.\nLý do: {made.reason}\n\n"
        "Nếu không đồng ý, anh/chị có quyền khiếu nại với cơ quan ra quyết định."
    )
    draft = Draft(
        kind="attestation_revoked", receiver=row.person.full_name, address=row.person.email,
        subject=f"Thu hồi giấy chứng nhận số {row.number}", body=text, person_id=row.person_id,
    )  # fmt: skip
    write_letters(drafts=[draft])

"""Write letters to the outbox and send those that wait."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from hocvu.kernel import clock

from ..models import Letter

MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter says; ``address`` empty means a letter on paper."""

    kind: str
    receiver: str
    subject: str
    body: str
    address: str = ""
    person_id: int | None = None
    organisation_id: int | None = None


def write_letters(*, drafts: Sequence[Draft]) -> int:
    """Put letters into the outbox in the caller's transaction; return how many."""
    moment = clock.now()
    Letter.objects.bulk_create(
        [
            Letter(
                kind=draft.kind,
                receiver=draft.receiver[:200],
                address=draft.address,
                subject=draft.subject[:250],
                body=draft.body,
                person_id_value=draft.person_id,
                organisation_id_value=draft.organisation_id,
                written_at=moment,
                state=Letter.State.WAITING if draft.address else Letter.State.PAPER,
            )
            for draft in drafts
        ],
        batch_size=1000,
    )
    return len(drafts)


def send_waiting(*, limit: int = 500) -> tuple[int, int]:
    """Send up to ``limit`` waiting letters over one connection; return (sent, failed)."""
    sent = failed = 0
    waiting = list(Letter.objects.filter(state=Letter.State.WAITING).order_by("id")[:limit])
    if not waiting:
        return 0, 0
    with get_connection() as mail:
        for letter in waiting:
            letter.tries += 1
            try:
                EmailMessage(letter.subject, letter.body, to=[letter.address], connection=mail).send()
            except OSError as trouble:
                letter.trouble = str(trouble)[:300]
                letter.state = Letter.State.FAILED if letter.tries >= MOST_TRIES else letter.state
                failed += 1
            else:
                letter.state, letter.sent_at, letter.trouble = Letter.State.SENT, clock.now(), ""
                sent += 1
            with transaction.atomic():
                letter.save(update_fields=["state", "tries", "trouble", "sent_at"])
    return sent, failed

"""Tokens for programs: signed, short-lived, bound to an account in one of its roles.

A token is no row (ADR 0008): it says which account and which role, and carries a piece of the account's session
hash. So it ends after twelve hours, and at once with a new password or PIN, a closed account, or the end of the role.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.ledger.api import record
from hocvu.people.api import actor_for, live_grants
from hocvu.people.models import Account

SALT = "hocvu.web.rest"
LIFE = timedelta(hours=12)
_PIECE = 20  # letters of the session hash: 120 bits


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token, shown once, and when it ends (by the machine's own clock)."""

    token: str
    ends_at: datetime


@transaction.atomic
def make_token(*, actor: Actor) -> MadeToken:
    """Make a token for an actor's account in its present role; the ledger keeps that it was made."""
    account = Account.objects.get(pk=actor.account_id or 0)
    grant = next(
        g for g in live_grants(account.pk) if (g.role, g.organisation_id) == (str(actor.role), actor.organisation_id)
    )
    record(actor=actor, action="web.token_made", object_type="account", object_key=account.uuid)
    token = signing.dumps([account.pk, grant.pk, _piece(account)], salt=SALT)
    return MadeToken(token, clock.real_now() + LIFE)


def read_token(token: str) -> Actor | None:
    """Return who a token speaks for, or none where it is forged, over, or no longer holds."""
    try:
        account_id, grant_id, piece = signing.loads(token, salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or not constant_time_compare(piece, _piece(account)):
        return None
    grant = next((g for g in live_grants(account.pk) if g.pk == grant_id), None)
    return actor_for(account, grant) if grant else None


def _piece(account: Account) -> str:
    return account.get_session_auth_hash()[:_PIECE]

"""Slips: printed codes that open an account without e-mail."""

import hashlib
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from hocvu.kernel import clock, ids
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record

from ..models import AccessSlip, Account, Organisation, Posting, RoleGrant
from ..rules import can_print_slips, slip_roles, visible_people
from ..types import AccountRow, SlipPrinted
from .accounts import open_accounts

CODE_LETTERS = 12  # 58 bits


def code_digest(code: str) -> str:
    """Return what is kept of a code, however it was typed."""
    return hashlib.sha256(ids.clean_code(code).encode()).hexdigest()


@transaction.atomic
def print_slips(*, actor: Actor, organisation_id: int, everyone: bool = False) -> tuple[list[SlipPrinted], int]:
    """Make new codes for the people of one body, by name; return the slips and how many were left out.

    Left out are accounts with a role that a slip of this actor may not open, and, unless ``everyone``,
    people who have chosen their PIN. Older codes that were never used stop working.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    if actor.role is not Role.SYSTEM and not can_print_slips(actor, organisation):
        raise NotAllowed
    posts = Posting.objects.filter(organisation=organisation, ends_on__isnull=True).select_related("person")
    posts = posts.order_by("person__sort_key", "person_id")
    people = {post.person_id: post.person.full_name for post in posts}
    accounts = _accounts_of(actor, list(people.items()), organisation_id)
    allowed = _openable(actor, list(accounts.values()))
    chosen = [
        account
        for person_id in people
        if (account := accounts[person_id]).pk in allowed and account.is_active and (everyone or not account.has_secret)
    ]
    slips = _make(actor, chosen, organisation, people)
    return slips, len(people) - len(slips)


def _accounts_of(actor: Actor, people: Sequence[tuple[int, str]], organisation_id: int) -> dict[int, Account]:
    """Return the account of each person, opening those that are missing."""
    held = set(_by_person(dict(people)).values_list("person_id", flat=True))
    rows = [
        AccountRow(f"hv{person_id:06d}", name, person_id, Role.TRAINEE, organisation_id)
        for person_id, name in people
        if person_id not in held
    ]
    if rows:
        open_accounts(actor=actor, rows=rows)
    return {account.person_id or 0: account for account in _by_person(dict(people))}


def _by_person(people: dict[int, str]) -> QuerySet[Account]:
    return Account.objects.filter(person_id__in=list(people))


def _openable(actor: Actor, accounts: Sequence[Account]) -> set[int]:
    roles: dict[int, set[str]] = {account.pk: set() for account in accounts}
    live = RoleGrant.objects.filter(account_id__in=list(roles), ends_on__isnull=True)
    for account_id, role in live.values_list("account_id", "role"):
        roles[account_id].add(role)
    allowed = {str(role) for role in slip_roles(actor)}
    return {account_id for account_id, held in roles.items() if held <= allowed}


def _make(
    actor: Actor, accounts: Sequence[Account], organisation: Organisation, people: dict[int, str]
) -> list[SlipPrinted]:
    moment = clock.now()
    chosen = [account.pk for account in accounts]
    unused = AccessSlip.objects.filter(account_id__in=chosen, used_at__isnull=True, revoked_at__isnull=True)
    unused.update(revoked_at=moment)
    slips = [
        SlipPrinted(
            account_id=account.pk,
            full_name=people[account.person_id or 0],
            organisation=organisation.name_vi,
            code=ids.random_code(CODE_LETTERS),
        )
        for account in accounts
    ]
    AccessSlip.objects.bulk_create(
        [
            AccessSlip(
                account_id=slip.account_id,
                code_digest=code_digest(slip.code),
                printed_at=moment,
                printed_by=actor.label[:160],
            )
            for slip in slips
        ],
        batch_size=1000,
    )
    record(
        actor=actor, action="people.slips_printed", object_type="organisation", object_key=organisation.uuid,
        rows=[[slip.account_id] for slip in slips],
    )  # fmt: skip
    return slips


@transaction.atomic
def renew_slip(*, actor: Actor, person_id: int) -> SlipPrinted:
    """Make a new slip for one person who lost theirs or forgot the PIN: all older codes and the PIN stop."""
    person = visible_people(actor).filter(pk=person_id).first()
    post = Posting.objects.filter(person_id=person_id, ends_on__isnull=True).first()
    if person is None or post is None or not slip_roles(actor):
        raise NotAllowed
    account = _accounts_of(actor, [(person.pk, person.full_name)], post.organisation_id).get(person.pk)
    if account is None or account.pk not in _openable(actor, [account]):
        raise Refused("people.slip_not_for_this_account")
    AccessSlip.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=clock.now())
    account.password = make_password(None)
    account.save(update_fields=["password"])
    home = Organisation.objects.get(pk=post.organisation_id)
    return _make(actor, [account], home, {person.pk: person.full_name})[0]


def slip_for(code: str) -> AccessSlip | None:
    """Return the live slip of a typed code, with its account; none when unknown, stopped or closed."""
    return _live().filter(code_digest=code_digest(code)).first()


def live_slip(slip_id: int) -> AccessSlip | None:
    """Return a slip opened before, if it still works."""
    return _live().filter(pk=slip_id).first()


def _live() -> QuerySet[AccessSlip]:
    live = AccessSlip.objects.filter(revoked_at__isnull=True, account__is_active=True)
    return live.select_related("account", "account__person")


@transaction.atomic
def note_slip_used(*, slip_id: int) -> None:
    """Keep when a slip was first used."""
    AccessSlip.objects.filter(pk=slip_id, used_at__isnull=True).update(used_at=clock.now())

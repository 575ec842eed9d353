"""Open accounts, give and end roles, set passwords and PINs."""

from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from hocvu.kernel import clock, ids
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..domain.pins import weakness
from ..models import Account, Organisation, RoleGrant
from ..types import AccountRow

MANY = 2000


@transaction.atomic
def open_accounts(*, actor: Actor, rows: Sequence[AccountRow]) -> dict[str, int]:
    """Open accounts with their roles; return ``{user name: account id}``.

    A known user name keeps its password and gains the roles it lacks. Raises
    ``people.person_has_account`` when a person already opens by another name.
    """
    names = list(dict.fromkeys(row.username for row in rows))
    known = _known(names)
    first: dict[str, AccountRow] = {}
    for row in rows:
        first.setdefault(row.username, row)
    new = [first[name] for name in names if name not in known]
    _refuse_second_accounts(new)
    made = Account.objects.bulk_create([_account(row) for row in new], batch_size=2000)
    found = known | {account.username: account.pk for account in made}
    _grant(rows, found)
    record(
        actor=actor, action="people.accounts_opened", object_type="account", object_key="*",
        data={"new": len(new)},
        rows=[[row.username, row.person_id, row.role, row.organisation_id] for row in rows],
    )  # fmt: skip
    return {name: found[name] for name in names}


def _known(names: Sequence[str]) -> dict[str, int]:
    accounts = Account.objects.values_list("username", "pk")
    if len(names) < MANY:
        accounts = accounts.filter(username__in=names)
    wanted = set(names)
    return {name: pk for name, pk in accounts if name in wanted}


def _refuse_second_accounts(rows: Sequence[AccountRow]) -> None:
    people = [row.person_id for row in rows if row.person_id]
    if len(set(people)) != len(people):
        raise Refused("people.person_has_account")
    held = Account.objects.filter(person__isnull=False)
    if len(people) < MANY:
        clash = held.filter(person_id__in=people).exists()
    else:
        clash = not set(people).isdisjoint(held.values_list("person_id", flat=True))
    if clash:
        raise Refused("people.person_has_account")


def _account(row: AccountRow) -> Account:
    return Account(
        username=row.username,
        label=row.label[:160],
        person_id=row.person_id,
        password=make_password(row.password),
        is_demo=row.is_demo,
        created_at=clock.now(),
    )


def _grant(rows: Sequence[AccountRow], accounts: dict[str, int]) -> None:
    held = RoleGrant.objects.filter(ends_on__isnull=True).values_list("account_id", "role", "organisation_id")
    if len(accounts) < MANY:
        held = held.filter(account_id__in=accounts.values())
    there: set[tuple[int, str, int | None]] = set(held)
    today = clock.today()
    new: list[RoleGrant] = []
    for row in rows:
        key = (accounts[row.username], str(row.role), row.organisation_id)
        if key not in there:
            there.add(key)
            new.append(RoleGrant(account_id=key[0], role=key[1], organisation_id=key[2], starts_on=today))
    RoleGrant.objects.bulk_create(new, batch_size=2000)


@transaction.atomic
def grant_role(*, actor: Actor, account_id: int, role: Role, organisation_id: int | None) -> RoleGrant:
    """Give an account a role from today on; given already, nothing changes."""
    grant, made = RoleGrant.objects.get_or_create(
        account_id=account_id,
        role=role,
        organisation=Organisation.objects.filter(pk=organisation_id).first() if organisation_id else None,
        ends_on=None,
        defaults={"starts_on": clock.today()},
    )
    if made:
        _record_role(actor, "people.role_given", grant)
    return grant


@transaction.atomic
def end_role(*, actor: Actor, grant_id: int) -> None:
    """End a role today. The last one who runs the installation stays: ``people.last_operator``."""
    grant = RoleGrant.objects.select_for_update().get(pk=grant_id)
    others = RoleGrant.objects.filter(role=Role.OPERATOR, ends_on__isnull=True, account__is_active=True)
    if grant.role == Role.OPERATOR and not others.exclude(pk=grant.pk).exists():
        raise Refused("people.last_operator")
    if grant.ends_on is None:
        grant.ends_on = clock.today()
        grant.save(update_fields=["ends_on"])
        _record_role(actor, "people.role_ended", grant)


def _record_role(actor: Actor, action: str, grant: RoleGrant) -> None:
    record(
        actor=actor, action=action, object_type="account", object_key=grant.account_id,
        data={"role": grant.role, "organisation": grant.organisation_id},
    )  # fmt: skip


@transaction.atomic
def open_staff_account(
    *, actor: Actor, username: str, label: str, role: Role, organisation_id: int | None
) -> tuple[int, str]:
    """Open one account with a password made now; return the account's id and the password, shown once."""
    if Account.objects.filter(username__iexact=username).exists():
        raise Refused("people.username_taken", username=username)
    password = ids.random_code(12)
    row = AccountRow(username, label, role=role, organisation_id=organisation_id, password=password)
    return open_accounts(actor=actor, rows=[row])[username], password


@transaction.atomic
def renew_password(*, actor: Actor, account_id: int) -> str:
    """Give an account a new password made now and return it, to be shown once."""
    account = Account.objects.select_for_update().get(pk=account_id)
    password = ids.random_code(12)
    account.set_password(password)
    account.save(update_fields=["password"])
    record(actor=actor, action="people.password_renewed", object_type="account", object_key=account.pk)
    return password


@transaction.atomic
def set_active(*, actor: Actor, account_id: int, active: bool) -> None:
    """Close an account, or open it again."""
    if not active and account_id == actor.account_id:
        raise Refused("people.own_account")
    Account.objects.filter(pk=account_id).update(is_active=active)
    action = "people.account_reopened" if active else "people.account_closed"
    record(actor=actor, action=action, object_type="account", object_key=account_id)


@transaction.atomic
def change_password(*, actor: Actor, account_id: int, old: str, new: str) -> None:
    """Change one's own password. Raises ``people.wrong_password`` and ``people.weak_password`` (why)."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.check_password(old):
        raise Refused("people.wrong_password")
    try:
        validate_password(new, account)
    except ValidationError as trouble:
        raise Refused("people.weak_password", why=list(trouble.messages)) from trouble
    account.set_password(new)
    account.save(update_fields=["password"])
    record(actor=actor, action="people.password_changed", object_type="account", object_key=account.pk)


@transaction.atomic
def choose_pin(*, actor: Actor, account_id: int, pin: str, old: str | None = None) -> None:
    """Set one's own PIN of six digits; a PIN that is there must be given as ``old``.

    Raises ``people.wrong_pin`` and ``people.weak_pin`` with what is wrong.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    if account.has_secret and (old is None or not account.check_password(old)):
        raise Refused("people.wrong_pin")
    person = account.person
    facts = (person.birth_date, person.birth_year, person.phone, person.national_id) if person else (None, None, "", "")
    if trouble := weakness(pin, *facts):
        raise Refused("people.weak_pin", why=trouble)
    account.set_password(pin)
    account.save(update_fields=["password"])
    record(actor=actor, action="people.pin_chosen", object_type="account", object_key=account.pk)


@transaction.atomic
def choose_language(*, account_id: int, language: str) -> None:
    """Keep the language a person reads (for letters and papers)."""
    Account.objects.filter(pk=account_id).update(language=language)


@transaction.atomic
def open_first_account(*, username: str, label: str, password: str) -> int:
    """Make the administrator of an empty installation: operator, and manager of the campaign to come.

    Raises ``people.first_account_made`` when there is an account already, ``people.weak_password``.
    """
    if Account.objects.exists():
        raise Refused("people.first_account_made")
    try:
        validate_password(password, Account(username=username, label=label))
    except ValidationError as trouble:
        raise Refused("people.weak_password", why=list(trouble.messages)) from trouble
    rows = [AccountRow(username, label, role=role, password=password) for role in (Role.OPERATOR, Role.MANAGER)]
    return open_accounts(actor=SYSTEM, rows=rows)[username]

"""Read accounts and the roles they may act in."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role

from ..models import Account, RoleGrant


def live_grants(account_id: int) -> list[RoleGrant]:
    """Return the roles an account may act in today, oldest first, with their organisations."""
    today = clock.today()
    return list(
        RoleGrant.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), account_id=account_id)
        .filter(starts_on__lte=today)
        .select_related("organisation")
        .order_by("id")
    )


def actor_for(account: Account, grant: RoleGrant) -> Actor:
    """Return the actor that an account is in one of its roles."""
    return Actor(
        role=Role(grant.role),
        label=account.label,
        account_id=account.pk,
        person_id=account.person_id,
        organisation_id=grant.organisation_id,
    )


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that a demo offers: whom it shows and its first role."""

    uuid: UUID
    label: str
    role: str
    organisation: dict[str, str] | None


def demo_accounts() -> list[DemoAccount]:
    """Return the demo's accounts with their first role, in the order of the roles."""
    order = [role.value for role in Role]
    grants = RoleGrant.objects.filter(
        account__is_demo=True, account__is_active=True, ends_on__isnull=True
    ).select_related("account", "organisation")
    first: dict[int, DemoAccount] = {}
    for grant in grants.order_by("pk"):
        body = grant.organisation
        shown = DemoAccount(grant.account.uuid, grant.account.label, grant.role, body.name if body else None)
        first.setdefault(grant.account_id, shown)
    return sorted(first.values(), key=lambda one: (order.index(one.role), one.label))


def nobody_yet() -> bool:
    """Say whether the installation has no account at all."""
    return not Account.objects.exists()

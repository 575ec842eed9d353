"""Read accounts and the roles they may act in."""

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

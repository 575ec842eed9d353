"""The demo accounts: one per role, and who each of them is."""

from hocvu.kernel.actor import Actor, Role
from hocvu.people.api import actor_for, live_grants
from hocvu.people.models import Account

# user name -> role; the label shown is written by the foundation scene, in Vietnamese.
USERNAMES = {
    "manager": Role.MANAGER,
    "office": Role.OFFICE,
    "reviewer": Role.REVIEWER,
    "leader": Role.LEADER,
    "instructor": Role.INSTRUCTOR,
    "invigilator": Role.INVIGILATOR,
    "focal": Role.FOCAL_POINT,
    "head": Role.HEAD,
    "trainee": Role.TRAINEE,
    "operator": Role.OPERATOR,
}


def demo_actor(name: str) -> Actor:
    """Return the actor of a demo account."""
    account = Account.objects.get(username=f"demo-{name}")
    return actor_for(account, live_grants(account.pk)[0])


def trainee_actor(person_id: int) -> Actor:
    """Return the actor a trainee is."""
    account = Account.objects.get(person_id=person_id)
    return Actor(Role.TRAINEE, account.label, account.pk, person_id)

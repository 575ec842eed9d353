"""Names of roles and of the checks of health, in the page's language."""

from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Role
from hocvu.ui.tables import Tag

_ROLE_NAMES = {
    Role.TRAINEE: _("trainee"),
    Role.INSTRUCTOR: _("instructor"),
    Role.INVIGILATOR: _("invigilator"),
    Role.FOCAL_POINT: _("focal point"),
    Role.HEAD: _("head of agency"),
    Role.OFFICE: _("training office of the university"),
    Role.REVIEWER: _("Department of Science and Technology"),
    Role.MANAGER: _("Department of Home Affairs"),
    Role.LEADER: _("Provincial People's Committee"),
    Role.OPERATOR: _("operator"),
}


def role_name(role: Role) -> str:
    """Return a role's name in the page's language."""
    return str(_ROLE_NAMES.get(role, role))


_HEALTH_NAMES = {
    "database": _("Database"),
    "migrations": _("Version of the database"),
    "disk": _("Disk"),
    "secret_key": _("Secret key"),
    "signing_key": _("Key that signs attestations"),
    "worker": _("Background worker"),
    "ledger": _("Ledger"),
}
HEALTH_STATES = {"ok": Tag(_("in order"), "green"), "warning": Tag(_("look at it"), "yellow"), "failed": Tag(_("failed"), "red")}


def health_name(name: str) -> str:
    """Return what a check of health looks at, in the page's language."""
    return str(_HEALTH_NAMES.get(name, name))

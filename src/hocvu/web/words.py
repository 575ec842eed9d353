"""Names of roles (those of the people app) and of the checks of health, in the page's language."""

from django.utils.translation import gettext_lazy as _

from hocvu.people.web.words import role_name
from hocvu.ui.tables import Tag

_HEALTH_NAMES = {
    "database": _("Database"),
    "migrations": _("Version of the database"),
    "disk": _("Disk"),
    "secret_key": _("Secret key"),
    "signing_key": _("Key that signs attestations"),
    "worker": _("Background worker"),
    "ledger": _("Ledger"),
}
HEALTH_STATES = {
    "ok": Tag(_("in order"), "green"),
    "warning": Tag(_("look at it"), "yellow"),
    "failed": Tag(_("failed"), "red"),
}


def health_name(name: str) -> str:
    """Return what a check of health looks at, in the page's language."""
    return str(_HEALTH_NAMES.get(name, name))


__all__ = ["HEALTH_STATES", "health_name", "role_name"]

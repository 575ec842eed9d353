"""Words that the pages of people share: roles, kinds and levels of bodies, kinds of succession."""

from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Role

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
_SECTORS = {
    "state": _("State administration"),
    "party": _("Party and mass organisations"),
    "commune": _("Communes and wards"),
    "police": _("Provincial police"),
    "education": _("Education"),
    "health": _("Health"),
    "university": _("University and college"),
}
_SUCCESSIONS = {
    "merge": _("merger"),
    "rename": _("goes on under a new name or a new parent"),
    "abolish": _("ended, its people moved"),
}


def role_name(role: Role | str) -> str:
    """Return a role's name in the page's language."""
    return str(_ROLE_NAMES.get(Role(role), role))


def sector_name(sector: str) -> str:
    """Return the name of a sector in the page's language."""
    return str(_SECTORS.get(sector, sector))


def succession_name(kind: str) -> str:
    """Return how one body follows another, in the page's language."""
    return str(_SUCCESSIONS.get(kind, kind))


SECTORS = tuple(_SECTORS.items())

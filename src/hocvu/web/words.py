"""Names of roles, in the page's language."""

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


def role_name(role: Role) -> str:
    """Return a role's name in the page's language."""
    return str(_ROLE_NAMES.get(role, role))

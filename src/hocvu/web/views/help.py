"""Help for each role, and what is kept about people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hocvu.campaigns.api import current_campaign
from hocvu.campaigns.models import Campaign
from hocvu.kernel.actor import Role
from hocvu.ui.access import public, signed_in
from hocvu.ui.http import actor_of

from ..helping import HELPED, help_text, privacy_text
from ..words import role_name


@signed_in
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the help of the visitor's own role."""
    return _help(request, actor_of(request).role)


@signed_in
def help_of_role(request: HttpRequest, role: str) -> HttpResponse:
    """Show the help of any role: who works together may read what the others do."""
    found = next((one for one in HELPED if one.value == role.replace("-", "_")), None)
    if found is None:
        raise Http404
    return _help(request, found)


def _help(request: HttpRequest, role: Role) -> HttpResponse:
    shown = help_text(role.value, get_language() or "vi")
    context = {
        "title": _("Help: %(role)s") % {"role": role_name(role)},
        "body": SafeString(shown.html),
        "contents": shown.contents,
        "others": [(one.value.replace("_", "-"), role_name(one)) for one in HELPED if one is not role],
        "contact": _contact(),
    }
    return render(request, "web/help/help.html", context)


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about people, why, for how long, who sees it, and their rights."""
    shown = privacy_text(get_language() or "vi")
    context = {
        "title": _("Your personal data"),
        "body": SafeString(shown.html),
        "contents": shown.contents,
        "contact": _contact(),
    }
    return render(request, "web/help/privacy.html", context)


def _contact() -> dict[str, object]:
    try:
        return dict(current_campaign().contact)
    except Campaign.DoesNotExist:
        return {}

"""The legal acts of the campaign."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ..tables import Acts
from .campaign import ORGANISERS


@access(*ORGANISERS)
def acts(request: HttpRequest) -> HttpResponse:
    """List the acts the campaign's papers cite."""
    context = {"title": _("Legal acts")} | table_context(Acts(), request, actor_of(request))
    return render(request, "campaigns/acts.html", context)

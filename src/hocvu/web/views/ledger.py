"""The ledger for those who answer for it: read it, and prove that nobody changed it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hocvu.kernel.actor import Role
from hocvu.ledger.api import ChainState, verify_chain
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ..tables import Ledger


@access(Role.OPERATOR, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest) -> HttpResponse:
    """List the lines, newest first; a POST walks the whole chain and says what it found."""
    state: ChainState | None = verify_chain() if request.method == "POST" else None
    context = {"title": _("Ledger"), "state": state} | table_context(Ledger(), request, actor_of(request))
    return render(request, "web/ledger.html", context)

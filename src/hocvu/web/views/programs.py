"""Access for programs: what the API is, and a token for twelve hours."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hocvu.kernel import clock
from hocvu.ui.access import signed_in
from hocvu.ui.http import actor_of

from ..rest.tokens import make_token


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def programs(request: HttpRequest) -> HttpResponse:
    """Tell how a program gets in; a POST makes a token and shows it this once."""
    made = make_token(actor=actor_of(request)) if request.method == "POST" else None
    context = {
        "title": _("Access for programs"),
        "token": made.token if made else "",
        "ends_at": clock.local(made.ends_at) if made else None,
    }
    return render(request, "web/programs.html", context)

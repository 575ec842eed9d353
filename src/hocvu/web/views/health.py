"""Live, ready, and why not: for load balancers, monitors and people."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hocvu.ui.access import public

from ..health import look
from ..words import HEALTH_STATES, health_name


@public
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 when ready, 503 when not; ``?strict=1`` takes warnings for failures.

    JSON with ``?format=json`` or where JSON is accepted and HTML is not; else a page that needs no database.
    """
    found = look()
    good = found.spotless if request.GET.get("strict") else found.ready
    status = 200 if good else 503
    if wants_json(request):
        checks = {c.name: {"state": c.state, "found": c.found} for c in found.checks}
        data = {"live": True, "ready": found.ready, "reasons": found.reasons, "checks": checks}
        return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    context = {
        "language": get_language() or "vi",
        "title": _("The installation is ready") if found.ready else _("The installation is not ready"),
        "health": found,
        "rows": [(health_name(c.name), HEALTH_STATES[c.state], c) for c in found.checks],
    }
    # Without the request no context processor runs: the frame of the other pages asks the database.
    return HttpResponse(render_to_string("web/health.html", context), status=status)


def wants_json(request: HttpRequest) -> bool:
    """Say whether the asker wants JSON rather than a page."""
    if request.GET.get("format") == "json":
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted

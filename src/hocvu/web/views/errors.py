"""Pages for what went wrong: kind words, what to do next, no detail that could leak.

Programs (addresses under ``/api/v1/``) get the same as JSON, in the shape of every error of the API.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ui.access import public

from ..rest.errors import answer, is_api


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    if is_api(request):
        return answer(Refused("web.bad_request", why=""))
    return render(request, "web/errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    if is_api(request):
        return answer(NotAllowed())
    return render(request, "web/errors/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    if is_api(request):
        return answer(Refused("web.not_found"))
    return render(request, "web/errors/404.html", status=404)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token did not fit (an old tab, cookies off)."""
    if is_api(request):
        return answer(Refused("web.csrf"))
    return render(request, "web/errors/csrf.html", status=403)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database."""
    if is_api(request):
        return answer(Refused("web.trouble"))
    # Without the request no context processor runs: the frame of the other pages asks the database.
    return HttpResponse(render_to_string("web/errors/500.html", {"language": get_language() or "vi"}), status=500)

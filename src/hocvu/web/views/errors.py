"""Pages for what went wrong: kind words, what to do next, no detail that could leak."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvu.ui.access import public


@public
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return render(request, "web/errors/400.html", status=400)


@public
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return render(request, "web/errors/403.html", status=403)


@public
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404."""
    return render(request, "web/errors/404.html", status=404)


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token did not fit (an old tab, cookies off)."""
    return render(request, "web/errors/csrf.html", status=403)


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database."""
    return render(request, "web/errors/500.html", {"frame": None}, status=500)

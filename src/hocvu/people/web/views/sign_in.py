"""Sign in and out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvu.ui.access import public


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page."""
    return render(request, "web/home.html", {"title": "hocvu"})


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Answer too many wrong passwords."""
    return render(request, "web/errors/403.html", status=429)

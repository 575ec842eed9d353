"""The first page: the public campaign page for passers-by, the role's own first screen for the others."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hocvu.ui.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show the first screen of whoever asks."""
    return render(request, "web/home.html", {"title": "hocvu"})

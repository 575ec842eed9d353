"""Choose the language of the pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from hocvu.ui.access import public
from hocvu.ui.middleware import LANGUAGE_COOKIE


@public
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        LANGUAGE_COOKIE, code, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response

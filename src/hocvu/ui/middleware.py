"""Language and access, for every request."""

import errno
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import translation

from .access import access_of
from .http import visitor_of

LANGUAGE_COOKIE = "hocvu_language"
GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Vietnamese unless the visitor chose another language; the browser's wish is not asked.

    (Phones sold in Vietnam often run in English though their owners read Vietnamese.)
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
            return response


class AccessMiddleware:
    """Hold each view to what it declares; a view that declares nothing does not run."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if visitor_of(request) is not None:
            # Pages about people stay out of shared caches and of the back button after signing out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the view run, send to sign-in, or refuse."""
        rule = access_of(view)
        if rule is None:
            raise ImproperlyConfigured(f"{view!r} declares no access: use hocvu.ui.access")
        visitor = visitor_of(request)
        if rule.admits(visitor.role if visitor else None):
            return None
        if visitor is None:
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
        raise PermissionDenied


NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class StorageMiddleware:
    """When the disk is full, say so: nothing was saved, nothing is lost, go back and send again later."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """Answer 507 for a full disk or a file at its limit; anything else goes on as it was."""
        full = isinstance(trouble, OSError) and trouble.errno in NO_ROOM
        words = str(trouble).lower()
        full = full or (isinstance(trouble, OperationalError) and ("full" in words or "no space" in words))
        if not full:
            return None
        logging.getLogger(__name__).error("no room to save: %s", trouble)
        return render(request, "web/errors/507.html", status=507)

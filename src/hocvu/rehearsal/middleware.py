"""In a demo, the clock of each request is the rehearsal's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from hocvu.kernel import clock

from .queries.stage import demo_now


class ClockMiddleware:
    """Set the clock for the request; outside a demo it does nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if not settings.DEMO:
            return self.get_response(request)
        moment = demo_now()
        with clock.frozen(moment) if moment else clock.running():
            return self.get_response(request)

"""One shape for every error: ``{"code", "message", "data"}``; the code is stable, the message is for people."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ui.refusals import sentence

from .limits import TooMany

logger = logging.getLogger(__name__)

# What a refusal means for a program; any other is 409: the state of things says no.
STATUS = {
    "assessment.token_bad": 403,
    "assessment.answer_unknown": 422,
    "assessment.batch_too_long": 422,
    "delivery.minutes_late": 422,
    "delivery.not_in_class": 422,
    "delivery.unknown_sign": 422,
    "web.bad_request": 400,
    "web.csrf": 403,
    "web.future": 422,
    "web.invalid": 422,
    "web.not_found": 404,
    "web.not_signed_in": 401,
    "web.other_day": 422,
    "web.too_many": 429,
    "web.trouble": 500,
    "web.unknown_places": 422,
    "web.wrong_method": 405,
}


def answer(refused: Refused) -> JsonResponse:
    """Return a refusal as JSON with its status."""
    status = 403 if isinstance(refused, NotAllowed) else STATUS.get(refused.code, 409)
    data = {"code": refused.code, "message": sentence(refused), "data": refused.data}
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response["Retry-After"] = str(refused.data["seconds"])
    return response


def is_api(request: HttpRequest) -> bool:
    """Say whether a program asked, so that even what no operation answers is JSON."""
    return request.path.startswith("/api/v")


def register(api: NinjaAPI) -> None:
    """Make every error of an API answer in the one shape."""
    refusals: dict[type[Exception], Callable[[Any], Refused]] = {
        Refused: lambda error: error,
        TooMany: lambda error: Refused("web.too_many", seconds=error.seconds),
        Http404: lambda _error: Refused("web.not_found"),
        ValidationError: _invalid,
        HttpError: _http,
    }
    for kind, refusal in refusals.items():
        api.add_exception_handler(kind, _answering(refusal))
    api.add_exception_handler(Exception, _trouble)


def _answering(refusal: Callable[[Any], Refused]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda _request, error: answer(refusal(error))


def _invalid(error: ValidationError) -> Refused:
    # Without the values: what was sent may be personal, and is known to the sender.
    faults = [{"where": [str(part) for part in one["loc"]], "what": one["msg"]} for one in error.errors]
    return Refused("web.invalid", count=len(faults), errors=faults[:50])


def _http(error: HttpError) -> Refused:
    if error.status_code == 401:
        return Refused("web.not_signed_in")
    if error.status_code == 403:
        return Refused("web.csrf")
    if error.status_code == 404:
        return Refused("web.not_found")
    return Refused("web.bad_request", why=str(error))


def _trouble(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("%s %s", request.method, request.path, exc_info=error)
    return answer(Refused("web.trouble"))

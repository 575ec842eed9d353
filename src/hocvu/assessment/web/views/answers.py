"""Save a batch of answers sent by script: a signed token instead of a session, JSON in and out."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hocvu.kernel.errors import Refused
from hocvu.ui.access import public
from hocvu.ui.refusals import sentence

from ...saving import save_answers
from ...types import AnswerIn

MOST_BYTES = 32 * 1024
STATUS = {"assessment.token_bad": 403, "assessment.answer_unknown": 400, "assessment.batch_too_long": 400}


@public
@csrf_exempt  # the token is the right to save; no cookie is read
@require_POST
def save(request: HttpRequest) -> JsonResponse:
    """Answer ``{"saved": [places], "last": sequence, "remaining_seconds": n}`` after the commit.

    Body: ``{"token": …, "answers": [{"position", "value", "client_sequence", "client_at"}, …]}``.
    400: not readable; 403: the token; 409: too late, handed in, or another device.
    """
    if len(request.body) > MOST_BYTES:
        return JsonResponse({"error": "assessment.batch_too_long"}, status=413)
    try:
        token, answers = read(json.loads(request.body))
    except (ValueError, TypeError, KeyError, AttributeError):
        return JsonResponse({"error": "assessment.not_readable"}, status=400)
    try:
        report = save_answers(token=token, answers=answers)
    except Refused as refused:
        status = STATUS.get(refused.code, 409)
        return JsonResponse({"error": refused.code, "message": sentence(refused)}, status=status)
    return JsonResponse(
        {"saved": list(report.saved), "last": report.last, "remaining_seconds": report.remaining_seconds}
    )


def read(body: Any) -> tuple[str, list[AnswerIn]]:
    """Return token and answers of a body; raise ValueError, TypeError or KeyError where it is not one."""
    if not isinstance(body["token"], str) or not isinstance(body["answers"], list):
        raise TypeError(body)
    return body["token"], [_answer(one) for one in body["answers"]]


def _answer(one: Any) -> AnswerIn:
    position, value, sequence = one["position"], one["value"], one.get("client_sequence")
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (position, sequence) if n is not None)
    if not whole or position is None or not isinstance(value, str):
        raise TypeError(one)
    return AnswerIn(position=position, value=value, client_sequence=sequence, client_at=_instant(one.get("client_at")))


def _instant(text: Any) -> datetime | None:
    """Return the device's own time if it gave one; it is kept as a trace only and never decides."""
    found = parse_datetime(text) if isinstance(text, str) and len(text) < 40 else None
    return found if found is not None and found.tzinfo is not None else None

"""The rotating code on the wall, and checking in with it."""

from datetime import datetime
from uuid import UUID

import segno
from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Session
from hocvu.ui.access import access, public
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.templatetags.hocvu import hour

from ...queries.class_room import half_day_cards
from ...queries.sessions import TaughtHalfDay, half_days
from ...services.presence import check_in, check_in_by_code, find_by_code, make_check_in_code
from ...types import CheckIn
from ..forms import CodeForm
from .parts import add_refused, run_session

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)
SCAN_COOKIE = "hocvu_scan"
SCAN_SECONDS = 15 * 60  # between scanning and confirming people may have to sign in first


@access(*RUN)
def code(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the code of a half-day in big letters and as a picture, for the projector."""
    session = run_session(request, uuid)
    return render(request, "delivery/code.html", {"title": _("Check-in code")} | _code(request, session))


@access(*RUN)
def code_picture(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Return only the part of the page that changes."""
    session = run_session(request, uuid)
    return render(request, "delivery/code_picture.html", _code(request, session))


def _code(request: HttpRequest, session: Session) -> dict[str, object]:
    card = half_day_cards(Session.objects.filter(pk=session.pk))[0]
    found: dict[str, object] = {"session": session, "card": card, "letters": "", "now": clock.now()}
    if card.state != "open":
        return found
    shown = make_check_in_code(session.pk)
    address = request.build_absolute_uri(reverse("delivery:check_in_code", args=[shown.code]))
    return found | {
        "letters": f"{shown.code[:3]}-{shown.code[3:]}",
        "seconds_left": shown.seconds_left,
        "address": request.build_absolute_uri(reverse("delivery:check_in")),
        "picture": qr_picture(address, _("Scan to check in to class %(code)s") % {"code": card.cohort_code}),
    }


def qr_picture(text: str, title: str) -> SafeString:
    """Return a QR code as SVG that scales with the page."""
    made = segno.make(text, error="m", micro=False)
    svg = made.svg_inline(title=title, svgclass="hv-qr", lineclass=None, omitsize=True, border=3, light="#fff")
    return mark_safe(svg)  # noqa: S308 - made by segno, which escapes the title


@public
def check_in_code(request: HttpRequest, letters: str) -> HttpResponse:
    """Take a scanned code, remember for this browser that it was good when scanned, and go on to confirm.

    Who has to sign in first keeps the moment of scanning: the code on the wall will be another by then.
    """
    answer = HttpResponseRedirect(reverse("delivery:check_in"))
    session = find_by_code(letters, clock.now())
    if session is None:
        messages.error(request, sentence(Refused("delivery.wrong_code")))
        answer.delete_cookie(SCAN_COOKIE)
        return answer
    answer.set_signed_cookie(
        SCAN_COOKIE,
        f"{session.id}:{clock.now().timestamp():.0f}",
        max_age=SCAN_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


@access(Role.TRAINEE)
def check_in_page(request: HttpRequest) -> HttpResponse:
    """Confirm a scanned code with one button, or type the six letters."""
    scanned = _scanned(request)
    form = CodeForm(request.POST if request.method == "POST" and "code" in request.POST else None)
    if request.method == "POST" and (form.is_valid() or (scanned and not form.is_bound)):
        try:
            done = _enter(request, form, scanned)
        except Refused as refused:
            if form.is_bound:
                add_refused(form, refused)
            else:
                messages.error(request, sentence(refused))
        else:
            return _went_well(request, done)
    context = {"title": _("Check in"), "form": form, "scanned": scanned[0] if scanned else None}
    return render(request, "delivery/check_in.html", context)


def _enter(request: HttpRequest, form: CodeForm, scanned: tuple[TaughtHalfDay, datetime] | None) -> CheckIn:
    actor = actor_of(request)
    if form.is_bound or scanned is None:
        return check_in_by_code(actor=actor, code=form.cleaned_data["code"])
    session, scanned_at = scanned
    return check_in(actor=actor, session_id=session.id, at=scanned_at)


def _went_well(request: HttpRequest, done: CheckIn) -> HttpResponse:
    if done.already:
        text = _("You were checked in to class %(code)s already. All is well.") % {"code": done.cohort_code}
    else:
        text = _("You are checked in to class %(code)s at %(hour)s.") % {
            "code": done.cohort_code, "hour": hour(clock.now()),
        }  # fmt: skip
    messages.success(request, text)
    answer = redirect("delivery:my_class")
    answer.delete_cookie(SCAN_COOKIE)
    return answer


def _scanned(request: HttpRequest) -> tuple[TaughtHalfDay, datetime] | None:
    try:
        value = request.get_signed_cookie(SCAN_COOKIE, max_age=SCAN_SECONDS)
    except (KeyError, BadSignature):
        return None
    session_id, _sep, stamp = (value or "").partition(":")
    found = half_days([int(session_id)])
    return (found[0], datetime.fromtimestamp(int(stamp), clock.LOCAL)) if found else None

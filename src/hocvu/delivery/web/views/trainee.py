"""The trainee's pages: my class today, my presence, joining and leaving an online class, reading lessons."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Placement
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...queries.class_room import signs_of
from ...queries.my_class import MyClass, my_class
from ...queries.scope import own_placements
from ...rules import own_sessions
from ...services.presence import join_class, leave_class
from ...services.readings import record_reading
from ..forms import QuestionForm
from .parts import say_refused


def _place(request: HttpRequest) -> Placement | None:
    return next(iter(own_placements(actor_of(request).person_id)), None)


@access(Role.TRAINEE)
def my_class_page(request: HttpRequest) -> HttpResponse:
    """Show a trainee's class: check in, join, ask, vote; what comes next."""
    place = _place(request)
    if place is None:
        return render(request, "delivery/no_place.html", {"title": _("My class today")})
    found: MyClass = my_class(place)
    context = {"title": _("My class today"), "mine": found, "place": place, "form": QuestionForm()}
    return render(request, "delivery/my_class.html", context)


@access(Role.TRAINEE)
def my_presence(request: HttpRequest) -> HttpResponse:
    """Show a trainee's half-days and everything seen of them."""
    place = _place(request)
    if place is None:
        return render(request, "delivery/no_place.html", {"title": _("My presence")})
    found = my_class(place)
    ids = [s.session_id for s in found.states] + [g.session_id for g in found.guest_half_days]
    context = {
        "title": _("My presence"),
        "mine": found,
        "place": place,
        "signs": signs_of(place.pk, ids),
    }
    return render(request, "delivery/my_presence.html", context)


@access(Role.TRAINEE)
def join(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Log the join of an online class and go on to its meeting room.

    A GET on purpose: a form may not be sent on to another site under our content policy.
    """
    session = get_object_or_404(own_sessions(actor_of(request)), uuid=uuid)
    try:
        url = join_class(actor=actor_of(request), session_id=session.pk)
    except Refused as refused:
        say_refused(request, refused)
        return redirect("delivery:my_class")
    return HttpResponseRedirect(url)


@access(Role.TRAINEE)
@require_POST
def leave(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Log that one leaves an online class."""
    session = get_object_or_404(own_sessions(actor_of(request)), uuid=uuid)
    try:
        was_in = leave_class(actor=actor_of(request), session_id=session.pk)
    except Refused as refused:
        say_refused(request, refused)
    else:
        if was_in:
            messages.success(request, _("You have left the class. You can join again at any time."))
    return redirect("delivery:my_class")


@access(Role.TRAINEE)
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Add seconds for which a lesson's page was active: fields ``lesson``, ``version``, ``seconds``."""
    place = _place(request)
    lesson, version, seconds = (request.POST.get(name, "") for name in ("lesson", "version", "seconds"))
    right = all(value.isascii() and value.isdigit() and len(value) < 6 for value in (version, seconds))
    if place is None or not right or not lesson or len(lesson) > 10 or int(version) > 32767:
        return HttpResponse(status=400)
    record_reading(
        actor=actor_of(request), placement_id=place.pk, lesson_code=lesson, version_number=int(version),
        seconds=int(seconds),
    )  # fmt: skip
    return HttpResponse(status=204)

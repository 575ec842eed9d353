"""The timetable by day, by room, by instructor."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ...exporting.feeds import feed_token
from ...models import Venue
from ...queries.grids import day_grid, days_of, teacher_names
from ...rules import live_cohorts, visible_instructors, visible_rooms
from ..tables import Instructors, Rooms

STAFF = (Role.OFFICE, Role.MANAGER, Role.LEADER, Role.INVIGILATOR, Role.INSTRUCTOR, Role.REVIEWER)


def _asked_day(text: str, days: list[date]) -> date | None:
    """Return the day asked for, else today when classes sit, else the next day with classes, else the last."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        asked = clock.today()
    if asked in days or not days:
        return asked if asked in days else None
    return next((day for day in days if day >= asked), days[-1])


@access(*STAFF)
def timetable(request: HttpRequest) -> HttpResponse:
    """Show one day: every room, and the online classes."""
    campaign = campaign_in_view()
    days = days_of(campaign.id) if campaign else []
    day = _asked_day(request.GET.get("day", ""), days)
    venue = request.GET.get("venue", "")
    context = {
        "title": _("Timetable"),
        "days": days,
        "day": day,
        "venue": venue,
        "venues": Venue.objects.filter(campaign_id=campaign.id) if campaign else [],
        "grid": day_grid(campaign.id, day, venue) if campaign and day else None,
        "can_plan": actor_of(request).role is Role.MANAGER,
    }
    return render(request, "planning/timetable.html", context)


@access(*STAFF)
def rooms(request: HttpRequest) -> HttpResponse:
    """List the rooms."""
    context = {"title": _("Rooms")} | table_context(Rooms(), request, actor_of(request))
    return render(request, "planning/list.html", context)


@access(*STAFF)
def room(request: HttpRequest, uuid: object) -> HttpResponse:
    """Show the classes of a room, its computers, its calendar."""
    found = get_object_or_404(visible_rooms(actor_of(request)).select_related("venue"), uuid=uuid)
    cohorts = list(live_cohorts().filter(room=found).order_by("starts_on"))
    names = teacher_names([cohort.pk for cohort in cohorts])
    context = {
        "title": found.code,
        "room": found,
        "labs": found.labs.select_related("lab"),
        "lines": [(cohort, names.get(cohort.pk, ())) for cohort in cohorts],
        "token": feed_token("room", found.pk),
    }
    return render(request, "planning/room.html", context)


@access(Role.OFFICE, Role.MANAGER, Role.LEADER)
def instructors(request: HttpRequest) -> HttpResponse:
    """List the instructors."""
    context = {"title": _("Instructors")} | table_context(Instructors(), request, actor_of(request))
    return render(request, "planning/list.html", context)


@access(Role.OFFICE, Role.MANAGER, Role.LEADER, Role.INSTRUCTOR)
def instructor(request: HttpRequest, uuid: object) -> HttpResponse:
    """Show the classes of an instructor and their calendar."""
    rows = visible_instructors(actor_of(request)).select_related("person", "home_venue")
    found = get_object_or_404(rows, uuid=uuid)
    cohorts = live_cohorts().filter(team__instructor=found).select_related("room__venue").order_by("starts_on")
    context = {
        "title": found.person.full_name,
        "instructor": found,
        "cohorts": cohorts,
        "token": feed_token("instructor", found.pk),
    }
    return render(request, "planning/instructor.html", context)

"""The register and the diary of a class, presence by agency, the log of an online class."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.planning.models import Session
from hocvu.ui.access import access

from ...queries.class_room import half_day_cards, join_log
from ..agency_tables import PresenceByAgency
from ..tables import Register
from .parts import run_session, seen_cohort, show_table

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)
AGENCY = (Role.FOCAL_POINT, Role.HEAD)


@access(*RUN, *AGENCY)
def register(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the register of a class: everyone for those who run it, their own people for agencies."""
    cohort = seen_cohort(request, uuid)
    title = _("Register of class %(code)s") % {"code": cohort.code}
    return show_table(
        request, Register(), "delivery/register.html", kept={"cohort": str(uuid)}, cohort=cohort, title=title
    )


@access(*RUN)
def diary(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the diary of a class: each half-day opened, closed, and what was written."""
    cohort = seen_cohort(request, uuid)
    cards = half_day_cards(Session.objects.filter(cohort=cohort))
    title = _("Diary of class %(code)s") % {"code": cohort.code}
    return render(request, "delivery/diary.html", {"title": title, "cohort": cohort, "cards": cards})


@access(Role.OFFICE, Role.MANAGER, Role.LEADER, *AGENCY)
def presence_by_agency(request: HttpRequest) -> HttpResponse:
    """List presence by agency."""
    return show_table(request, PresenceByAgency(), "delivery/list.html")


@access(*RUN)
def log(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show who joined and left an online half-day, newest first."""
    session = run_session(request, uuid)
    context = {"title": _("Joins and leaves"), "session": session, "signs": join_log(session.pk)}
    return render(request, "delivery/log.html", context)

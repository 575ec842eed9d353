"""Lists of classes and places; one class."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ...models import LabGroup, Session
from ...queries.grids import teacher_names
from ...rules import can_print, shown_name, visible_cohorts, visible_places
from ..tables import Cohorts, Places
from .grids import STAFF

PEOPLE = (Role.OFFICE, Role.MANAGER, Role.INSTRUCTOR, Role.FOCAL_POINT, Role.HEAD)


@access(*STAFF)
def cohorts(request: HttpRequest) -> HttpResponse:
    """List the classes."""
    context = {"title": _("Classes")} | table_context(Cohorts(), request, actor_of(request))
    return render(request, "planning/list.html", context)


@access(*PEOPLE)
def places(request: HttpRequest) -> HttpResponse:
    """List everybody's place, as far as this actor may see."""
    context = {"title": _("Places")} | table_context(Places(), request, actor_of(request))
    return render(request, "planning/list.html", context)


@access(*STAFF, Role.FOCAL_POINT, Role.HEAD, Role.TRAINEE)
def cohort(request: HttpRequest, uuid: object) -> HttpResponse:
    """Show one class: when, where, who teaches, who is in it (as far as this actor may see), its papers."""
    actor = actor_of(request)
    found = get_object_or_404(visible_cohorts(actor).select_related("room__venue", "plan__campaign"), uuid=uuid)
    rows = (
        visible_places(actor)
        .filter(cohort=found)
        .select_related("person", "organisation", "lab_group__lab")
        .order_by("number")
    )
    context = {
        "title": found.code,
        "cohort": found,
        "teachers": teacher_names([found.pk]).get(found.pk, ()),
        "sessions": Session.objects.filter(cohort=found).order_by("half_day"),
        "lab_groups": LabGroup.objects.filter(cohort=found).select_related("lab"),
        "people": [(placement, shown_name(actor, placement)) for placement in rows],
        "can_print": can_print(actor),
    }
    return render(request, "planning/cohort.html", context)

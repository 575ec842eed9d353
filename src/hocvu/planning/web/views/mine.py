"""A trainee's own place: when, where, with whom, and the calendar for the phone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel.actor import Role
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...exporting.feeds import feed_token
from ...models import Session
from ...queries.grids import teacher_names
from ...queries.timetable import placement_of_person


@access(Role.TRAINEE)
def mine(request: HttpRequest) -> HttpResponse:
    """Show the place of the trainee who asks."""
    actor = actor_of(request)
    campaign = campaign_in_view()
    placement = placement_of_person(campaign.id, actor.person_id) if campaign and actor.person_id else None
    context: dict[str, Any] = {"title": _("My place"), "placement": placement}
    if placement is not None:
        context |= {
            "sessions": Session.objects.filter(cohort=placement.cohort_id).order_by("half_day"),
            "teachers": teacher_names([placement.cohort_id]).get(placement.cohort_id, ()),
            "token": feed_token("person", placement.person_id),
        }
    return render(request, "planning/mine.html", context)

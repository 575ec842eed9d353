"""People: the list of one's agency, one person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ... import rules
from ...domain.names import masked_number
from ...queries.persons import posts_of, ways_in
from ..tables import WAYS, People

KEEPERS = (Role.FOCAL_POINT, Role.HEAD, Role.MANAGER, Role.OFFICE)


@access(*KEEPERS)
def people(request: HttpRequest) -> HttpResponse:
    """List the people in one's scope."""
    context = {"title": _("People")} | table_context(People(), request, actor_of(request))
    return render(request, "people/people.html", context)


@access(*KEEPERS)
def person(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one person: what is kept, their posts, their way in."""
    actor = actor_of(request)
    found = get_object_or_404(rules.visible_people(actor), uuid=uuid)
    way = ways_in([found.pk]).get(found.pk)
    state, colour = WAYS[way.state if way else "none"]
    context = {
        "title": found.full_name,
        "person": found,
        "national_id": masked_number(found.national_id),
        "posts": posts_of(found.pk),
        "way": state,
        "way_colour": colour,
        "can_renew": actor.role in rules.PRINTS_SLIPS,
    }
    return render(request, "people/person.html", context)

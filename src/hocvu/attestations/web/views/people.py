"""Who meets the conditions and why: the list, and one page a person with the evidence."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hocvu.kernel.actor import Role
from hocvu.people.api import masked_name
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ... import rules
from ..explain import explain
from ..tables import People, masks_restricted
from ..words import VERDICTS


@access(Role.OFFICE, Role.MANAGER, Role.FOCAL_POINT, Role.HEAD)
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Show people of the actor's scope with their verdicts."""
    context = {
        "title": _("Who meets the conditions"),
        "verdicts": [(key, words[0]) for key, words in VERDICTS.items() if key],
        "cohort": request.GET.get("cohort", ""),
        "verdict": request.GET.get("verdict", ""),
        **table_context(People(), request, actor_of(request)),
    }
    return render(request, "attestations/people.html", context)


@access(Role.OFFICE, Role.MANAGER, Role.FOCAL_POINT, Role.HEAD, Role.TRAINEE)
@require_GET
def eligibility(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show on one page whether a person meets the conditions, by which rule, on what evidence."""
    actor = actor_of(request)
    rows = rules.visible_placements(actor).select_related("person", "organisation", "cohort__plan__campaign")
    place = get_object_or_404(rows, uuid=uuid)
    masked = masks_restricted(actor) and (place.person.restricted or place.organisation.restricted)
    own = actor.role is Role.TRAINEE
    context = {
        "title": _("Do you meet the conditions?") if own else _("Does this person meet the conditions?"),
        "place": place,
        "name": masked_name(place.person.full_name) if masked else place.person.full_name,
        "shown": explain(place),
        "own": own,
        "back": reverse("attestations:mine" if own else "attestations:people"),
    }
    return render(request, "attestations/eligibility.html", context)

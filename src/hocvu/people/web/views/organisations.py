"""Organisations: the list on a day, one body with what stands around it."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ... import rules
from ...models import Organisation
from ...queries.organisations import Kin, kin_of, organisations_under
from ...queries.persons import people_counts
from ..days import read_day
from ..forms import OrganisationFilterForm
from ..tables import Organisations
from ..words import sector_name, succession_name

READERS = (
    Role.FOCAL_POINT, Role.HEAD, Role.MANAGER, Role.OFFICE, Role.LEADER, Role.REVIEWER, Role.OPERATOR,
)  # fmt: skip


@access(*READERS)
def organisations(request: HttpRequest) -> HttpResponse:
    """List the bodies in being on a day."""
    actor = actor_of(request)
    on = read_day(request.GET.get("on", "")) or clock.today()
    form = OrganisationFilterForm(initial={"on": on, "sector": request.GET.get("sector", "")})
    context = {"title": _("Organisations"), "form": form, "on": on}
    return render(request, "people/organisations.html", context | table_context(Organisations(), request, actor))


@access(*READERS)
def organisation(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show one body on a day: above, below, before, after, how many people."""
    actor = actor_of(request)
    body = get_object_or_404(rules.visible_organisations(actor), uuid=uuid)
    on = _day_within(body, request.GET.get("on", ""))
    kin = kin_of(body, on)
    counts = actor.role in rules.COUNTS_PEOPLE
    below = organisations_under(body.pk, on)
    people = people_counts(below, on) if counts else {}
    context = {
        "title": body.name_vi,
        "body": body,
        "on": on,
        "sector": sector_name(body.sector),
        "kin": kin,
        "openable": _openable(actor, kin),
        "people_here": people.get(body.pk, 0),
        "people_below": sum(people.values()),
        "people": people,
        "counts": counts,
        "successions": {kind: succession_name(kind) for kind in ("merge", "rename", "abolish")},
        "sees_people": actor.role in rules.SEES_PEOPLE,
        "can_print": rules.can_print_slips(actor, body),
        "can_send": rules.can_send_roster(actor, body),
    }
    return render(request, "people/organisation.html", context)


def _openable(actor: Actor, kin: Kin) -> set[int]:
    """Return the bodies around one that the actor may open."""
    around = [o.pk for o in (*kin.above, *kin.below)]
    around += [s.predecessor_id for s in kin.predecessors] + [s.successor_id for s in kin.successors]
    return set(rules.visible_organisations(actor).filter(pk__in=around).values_list("pk", flat=True))


def _day_within(body: Organisation, asked: str) -> date:
    """Return the day asked for, else today, held inside the body's life."""
    day = read_day(asked) or clock.today()
    if day < body.valid_from:
        return body.valid_from
    if body.valid_to and day >= body.valid_to:
        return body.valid_to - timedelta(days=1)
    return day

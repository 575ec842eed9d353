"""The campaign for everyone: what, who, when, figures, contact, legal acts. No personal data."""

from collections.abc import Callable, Sequence

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hocvu.kernel.texts import pick
from hocvu.ui.access import public

from ...models import Campaign, Event, TargetGroup
from ...queries.campaigns import current_campaign
from ...queries.law import campaign_acts, target_groups
from ..words import MODES

# (number, words); the roof gives those that come from higher floors.
Figure = tuple[int, str]
LiveFigures = Callable[[int], Sequence[Figure]]


@public
def campaign_public(request: HttpRequest, live: LiveFigures | None = None) -> HttpResponse:
    """Show the campaign to passers-by; before there is one, say so."""
    try:
        shown = current_campaign()
    except Campaign.DoesNotExist:
        return render(request, "campaigns/public_none.html", {"title": _("No campaign yet")})
    groups = list(target_groups(shown.pk))
    context = {
        "title": pick(shown.name, get_language() or "vi"),
        "campaign": shown,
        "purpose": shown.purpose,
        "groups": [(group, MODES[group.mode]) for group in groups],
        "figures": [*_planned(shown.pk), *(live(shown.pk) if live else ())],
        "venues": shown.facts.get("venues", {}).get("value", []),
        "events": Event.objects.filter(campaign=shown, public=True),
        "acts": campaign_acts(shown.pk),
        "contact": shown.contact,
        "half_days": shown.calendar.get("half_days", []),
    }
    return render(request, "campaigns/public.html", context)


def _planned(campaign_id: int) -> list[Figure]:
    sums = dict(
        TargetGroup.objects.filter(campaign_id=campaign_id).order_by().values_list("mode").annotate(n=Sum("quota"))
    )
    return [
        (sum(sums.values()), _("people to be trained")),
        (sums.get("in_person", 0), _("in person")),
        (sums.get("online", 0), _("online")),
    ]

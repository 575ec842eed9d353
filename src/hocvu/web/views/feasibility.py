"""Does the plan fit? Places and instructors against what there is, before anyone signs.

The arithmetic is planning's (closed forms on totals); this page puts the campaign's facts into it, says
"fits" or the smallest shortfall with its cause, and lists the repairs, cheapest first, each with its effect.
"""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hocvu.campaigns.api import current_campaign, target_groups
from hocvu.campaigns.models import Campaign
from hocvu.kernel.actor import Role
from hocvu.planning.domain.limits import (
    Capacity,
    Facts,
    Repair,
    StaffCapacity,
    capacity,
    repairs,
    staff_capacity,
)
from hocvu.ui.access import access
from hocvu.ui.charts import Series, bars

CLASSES_EACH = 4  # a load people can carry beside their own work; chosen for this product


@dataclass(frozen=True, slots=True)
class Totals:
    """The facts of the rooms (people in person), and all people, whom the classes are divided over."""

    facts: Facts
    people: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """One set of values and what follows from it."""

    name: str
    facts: Facts
    places: Capacity
    staff: StaffCapacity
    repairs: list[Repair]

    @property
    def fits(self) -> bool:
        """Say whether everyone has a place and every class a team."""
        return not self.places.short and not self.staff.classes_short


def scenario(name: str, facts: Facts, people: int) -> Scenario:
    """Return what follows from ``facts``; rooms serve those in person, instructors all ``people``."""
    for_rooms = [r for r in repairs(facts) if r.resource == "places"]
    for_staff = [r for r in repairs(replace(facts, demand=people)) if r.resource == "staff"]
    return Scenario(
        name,
        facts,
        capacity(facts.computers, facts.waves, facts.demand, facts.turns),
        staff_capacity(facts.staff, facts.team, facts.waves, facts.classes),
        for_rooms + for_staff,
    )


def published_facts(campaign: Campaign) -> Totals:
    """Return the campaign's facts as published: one turn, waves on working days, all days as the other way."""
    held = campaign.facts
    days = max(1, int(campaign.calendar.get("session_days", 2)))
    quotas = [(g.mode, g.quota) for g in target_groups(campaign.pk)]
    all_days = (campaign.ends_on - campaign.starts_on).days + 1
    facts = Facts(
        demand=sum(quota for mode, quota in quotas if mode == "in_person"),
        computers=_fact(held, "computers"),
        waves=len(campaign.calendar.get("working_days", [])) // days,
        waves_with_weekends=all_days // days,
        classes=_fact(held, "classes_in_person") + _fact(held, "classes_online"),
        staff=_fact(held, "staff"),
        team=_fact(held, "team") or 2,
    )
    return Totals(facts, sum(quota for _mode, quota in quotas))


def _fact(held: dict[str, Any], key: str) -> int:
    return int(held.get(key, {}).get("value") or 0)


def repaired_facts(campaign: Campaign, facts: Facts) -> Facts | None:
    """Return the facts after the repairs chosen in the plan, or none where none was chosen."""
    sets: dict[str, int] = {}
    for repair in campaign.repairs:
        sets |= repair.get("sets", {})
    known = {key: sets[key] for key in ("computers", "turns", "staff", "waves") if key in sets}
    return replace(facts, **known) if known else None


class TryForm(forms.Form):
    """Other values to try; nothing is kept."""

    computers = forms.IntegerField(label=gettext_lazy("Computers"), min_value=0, max_value=100_000)
    waves = forms.IntegerField(label=gettext_lazy("Two-day waves"), min_value=0, max_value=200)
    turns = forms.IntegerField(label=gettext_lazy("Turns at each computer"), min_value=1, max_value=4)
    staff = forms.IntegerField(label=gettext_lazy("Instructors"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"size": 6, "inputmode": "numeric"}


@access(Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER)
def feasibility(request: HttpRequest) -> HttpResponse:
    """Show whether the plan fits, and what would mend it."""
    try:
        campaign = current_campaign()
    except Campaign.DoesNotExist:
        raise Http404 from None
    totals = published_facts(campaign)
    facts = totals.facts
    chosen = repaired_facts(campaign, facts)
    shown = _scenarios(totals, chosen)
    asked = {key: request.GET[key] for key in TryForm.base_fields if key in request.GET}
    start = {key: getattr(chosen or facts, key) for key in TryForm.base_fields}
    form = TryForm(asked or None, initial=start)
    tried = None
    if asked and form.is_valid():
        # the days are the tried ones: no further weekends hide behind them
        tried_facts = replace(facts, **form.cleaned_data, waves_with_weekends=form.cleaned_data["waves"])
        tried = scenario(_("Values tried"), tried_facts, totals.people)
        shown.append(tried)
    context = {
        "title": _("Does the plan fit?"),
        "campaign": campaign,
        "facts": facts,
        "scenarios": shown,
        "verdict": shown[-1] if tried else (shown[2] if chosen else shown[0]),
        "published": shown[0],
        "published_repairs": [repair_words(r, totals) for r in shown[0].repairs],
        "tried": tried,
        "tried_repairs": [repair_words(r, totals) for r in tried.repairs] if tried else [],
        "chosen": campaign.repairs,
        "needed_at_load": -(-facts.classes * facts.team // CLASSES_EACH),
        "classes_each": CLASSES_EACH,
        "pictures": _pictures(shown),
        "form": form,
    }
    return render(request, "web/feasibility.html", context)


def _scenarios(totals: Totals, chosen: Facts | None) -> list[Scenario]:
    facts = totals.facts
    words = _("Published facts, %(waves)d waves on working days") % {"waves": facts.waves}
    weekend = _("Published facts, %(waves)d waves with weekends") % {"waves": facts.waves_with_weekends}
    found = [
        scenario(words, facts, totals.people),
        scenario(weekend, replace(facts, waves=facts.waves_with_weekends), totals.people),
    ]
    if chosen is not None:
        found.append(scenario(_("With the repairs chosen"), chosen, totals.people))
    return found


def repair_words(repair: Repair, totals: Totals) -> dict[str, Any]:
    """Return one repair as the page says it: what to do, what it gains, what is still missing."""
    n, now = repair.amount, -(-totals.people // max(1, totals.facts.classes))
    what = {
        "two_turns": lambda: _("Practise and test in %(n)d turns at each computer") % {"n": n},
        "weekends": lambda: (
            ngettext("Teach at weekends: %(n)d more wave", "Teach at weekends: %(n)d more waves", n) % {"n": n}
        ),
        "more_waves": lambda: ngettext("%(n)d more two-day wave", "%(n)d more two-day waves", n) % {"n": n},
        "larger_classes": lambda: _("Classes of %(n)d people instead of %(now)d") % {"n": n, "now": now},
        "smaller_classes": lambda: _("Classes of %(n)d people instead of %(now)d") % {"n": n, "now": now},
        "more_instructors": lambda: ngettext("%(n)d more instructor", "%(n)d more instructors", n) % {"n": n},
        "more_rooms": lambda: ngettext("%(n)d more computer room", "%(n)d more computer rooms", n) % {"n": n},
        "more_computers": lambda: ngettext("%(n)d more computer", "%(n)d more computers", n) % {"n": n},
    }[repair.kind]()  # fmt: skip
    return {
        "what": what,
        "for_staff": repair.resource == "staff",
        "gained": repair.places_gained,
        "short": repair.short_after,
        "enough": repair.short_after == 0,
    }


def _pictures(shown: list[Scenario]) -> list[SafeString]:
    labels = [str(at) for at in range(1, len(shown) + 1)]
    return [
        bars(
            title=_("Places and people in person"),
            description=_("For each row of the table: the places there are, and the people who need one."),
            labels=labels,
            series=[
                Series(_("places"), [s.places.places for s in shown]),
                Series(_("people"), [s.facts.demand for s in shown]),
            ],
        ),
        bars(
            title=_("Classes that can be carried and classes planned"),
            description=_("For each row of the table: the classes the instructors carry, and the classes planned."),
            labels=labels,
            series=[
                Series(_("classes carried"), [s.staff.classes_carried for s in shown]),
                Series(_("classes planned"), [s.facts.classes for s in shown]),
            ],
        ),
    ]

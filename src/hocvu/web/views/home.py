"""The first page: the campaign for passers-by, the role's own first screen for the others."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel.actor import Actor, Role
from hocvu.ui.access import public
from hocvu.ui.http import visitor_of

from ..homes.cards import Card, agency_cards, office_cards, operator_cards, reviewer_cards
from ..homes.trainee import trainee_home

# Roles whose work is one page begin on it.
PAGES = {
    Role.INSTRUCTOR: "delivery:today",
    Role.INVIGILATOR: "assessment:sittings",
    Role.MANAGER: "monitoring:dashboard",
    Role.LEADER: "monitoring:leader",
}
CARDS: dict[Role, tuple[Callable[[Actor], list[Card]], Any]] = {
    Role.FOCAL_POINT: (agency_cards, gettext_lazy("What is due from your agency")),
    Role.HEAD: (agency_cards, gettext_lazy("Your agency in the campaign")),
    Role.OFFICE: (office_cards, gettext_lazy("The day at the university")),
    Role.REVIEWER: (reviewer_cards, gettext_lazy("What waits for your review")),
    Role.OPERATOR: (operator_cards, gettext_lazy("The installation")),
}


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show the first screen of whoever asks."""
    actor = visitor_of(request)
    if actor is None:
        name = "web:campaign_public" if campaign_in_view() else "people:first_run"
        return HttpResponseRedirect(reverse(name))
    if actor.role is Role.TRAINEE:
        return render(request, "web/home/trainee.html", trainee_home(actor))
    if actor.role in PAGES:
        if campaign_in_view() is None and actor.role is Role.MANAGER:
            return HttpResponseRedirect(reverse("campaigns:create"))
        return HttpResponseRedirect(reverse(PAGES[actor.role]))
    make, heading = CARDS[actor.role]
    return render(request, "web/home/cards.html", {"heading": heading, "cards": make(actor), "title": _("Home")})

"""The trainee's own page: the attestation, or how the four conditions stand; say what would be printed wrong."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.planning.models import Placement
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ... import rules
from ...domain.words import birth
from ...models import Attestation
from ...services.corrections import ask_correction
from ..explain import explain
from ..forms import CorrectionForm
from ..words import CORRECTED, CORRECTION_STATES, STATES


@access(Role.TRAINEE)
@require_GET
def my_attestation(request: HttpRequest) -> HttpResponse:
    """Show the attestation, or what is still missing for it."""
    place = _place(actor_of(request))
    context = {
        "title": _("My attestation"),
        "place": place,
        "shown": explain(place) if place else None,
        "own": True,
        "states": STATES,
        "corrected": CORRECTED,
        "correction_states": CORRECTION_STATES,
        "birth": birth(place.person.birth_date, place.person.birth_year) if place else "",
    }
    return render(request, "attestations/mine.html", context)


@access(Role.TRAINEE)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Say that the name or the date of birth is wrong."""
    actor = actor_of(request)
    place = _place(actor)
    if place is None or Attestation.objects.filter(placement=place).exists():
        return redirect("attestations:mine")
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_correction(actor=actor, placement_id=place.pk, **form.cleaned_data)
        except Refused as refused:
            form.add_error("wanted", sentence(refused))
        else:
            messages.success(request, _("Thank you. The training office will look at it before anything is printed."))
            return redirect("attestations:mine")
    context = {
        "title": _("My name or date of birth is wrong"),
        "form": form,
        "place": place,
        "birth": birth(place.person.birth_date, place.person.birth_year),
        "back": reverse("attestations:mine"),
    }
    return render(request, "attestations/ask_correction.html", context)


def _place(actor: Actor) -> Placement | None:
    rows = rules.visible_placements(actor).select_related("person", "organisation", "cohort__plan__campaign")
    return rows.order_by("-cohort__starts_on").first()

"""The page on which the campaign manager moves the demo's clock."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.refusals import sentence

from ...models import Stage
from ...queries.stage import current_stage
from ...services.stages import ask_to_move, next_stop
from ...tasks import play_next_half_day


def _stage() -> Stage:
    stage = current_stage() if settings.DEMO else None
    if stage is None:
        raise Http404
    return stage


@access(Role.MANAGER)
def clock_page(request: HttpRequest) -> HttpResponse:
    """Show where the demo stands, and how far moving it has come."""
    stage = _stage()
    context = {
        "title": _("Clock of the demo"),
        "stage": stage,
        "next": next_stop(stage),
        "scenes": stage.scenes.order_by("-at", "-pk")[:15],
        "count": stage.scenes.count(),
    }
    return render(request, "rehearsal/clock.html", context)


@access(Role.MANAGER)
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Ask the job to play up to the next stop."""
    try:
        ask_to_move(_stage())
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        play_next_half_day.enqueue()
    return HttpResponseRedirect(reverse("rehearsal:clock"))

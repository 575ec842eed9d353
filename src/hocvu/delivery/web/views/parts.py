"""What the views share: find an object in the actor's scope, tell of a refusal, lists narrowed by an address."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.planning.models import Cohort, Placement, Session
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import Table, table_context

from ...queries.sessions import TaughtHalfDay, half_day
from ...rules import run_sessions, visible_cohorts, visible_placements


def run_session(request: HttpRequest, uuid: UUID) -> Session:
    """Return a half-day that the actor runs, with its class; else 404."""
    rows = run_sessions(actor_of(request)).select_related("cohort__room__venue")
    return get_object_or_404(rows, uuid=uuid)


def session_state(session: Session) -> TaughtHalfDay:
    """Return a half-day with its diary."""
    return half_day(session.pk)


def seen_cohort(request: HttpRequest, uuid: UUID) -> Cohort:
    """Return a class whose register the actor may open; else 404."""
    return get_object_or_404(visible_cohorts(actor_of(request)).select_related("room__venue"), uuid=uuid)


def seen_placement(request: HttpRequest, uuid: UUID) -> Placement:
    """Return a place in the actor's scope; else 404."""
    rows = visible_placements(actor_of(request)).select_related("person", "organisation", "cohort", "nomination")
    return get_object_or_404(rows, uuid=uuid)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form is bound to: also an empty form that was sent is one to be mended."""
    return request.POST if request.method == "POST" else None


def say_refused(request: HttpRequest, refused: Refused) -> None:
    """Put the sentence of a refusal on the next page."""
    if isinstance(refused, NotAllowed):
        raise Http404 from refused
    messages.error(request, sentence(refused))


def add_refused(form: Any, refused: Refused) -> None:
    """Put the sentence of a refusal at the head of a form, with nothing typed lost."""
    form.add_error(None, sentence(refused))


def show_table(
    request: HttpRequest, table: Table, template: str, *, kept: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """Show a page around a list; ``kept`` narrows it and travels to the export with the address."""
    if kept:
        params = request.GET.copy()
        for name, value in kept.items():
            params[name] = value
        request.GET = params  # type: ignore[assignment]
    context = {"title": table.title, **table_context(table, request, actor_of(request)), **more}
    return render(request, template, context)

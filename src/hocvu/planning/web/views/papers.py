"""Papers of a class, as PDF and, where it is a decision, as .docx."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from hocvu.kernel.actor import Role
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.papers import PaperContent, to_docx, to_pdf

from ...exporting import papers as content
from ...models import Cohort, Session
from ...rules import visible_cohorts, visible_places

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _sheet(half_day: int) -> Callable[[Cohort], PaperContent]:
    def make(cohort: Cohort) -> PaperContent:
        session = Session.objects.select_related("cohort__plan__campaign", "cohort__room__venue").get(
            cohort=cohort, half_day=half_day
        )
        return content.sign_in_sheet(session)

    return make


PAPERS: dict[str, Callable[[Cohort], PaperContent]] = {
    "opening-decision": content.opening_decision,
    "class-list": content.class_list,
    "door-sheet": content.door_sheet,
} | {f"sign-in-{number}": _sheet(number) for number in (1, 2, 3, 4)}
AS_DOCX = {"opening-decision"}


@access(Role.OFFICE, Role.MANAGER, Role.INSTRUCTOR)
def paper(request: HttpRequest, uuid: object, kind: str, ending: str) -> HttpResponse:
    """Return one paper of a class; instructors print those of their own classes."""
    if kind not in PAPERS or ending not in {"pdf", "docx"} or (ending == "docx" and kind not in AS_DOCX):
        raise Http404
    actor = actor_of(request)
    rows = visible_cohorts(actor)
    if actor.role is Role.INSTRUCTOR:
        rows = rows.filter(team__instructor__person_id=actor.person_id or 0)
    found = get_object_or_404(rows.select_related("plan__campaign", "room__venue"), uuid=uuid)
    made = PAPERS[kind](found)
    return _file(to_docx(made) if ending == "docx" else to_pdf(made), f"{found.code}-{kind}.{ending}", ending)


@access(Role.OFFICE, Role.MANAGER, Role.FOCAL_POINT, Role.HEAD, Role.TRAINEE)
def convocation(request: HttpRequest, uuid: object) -> HttpResponse:
    """Return the letter that calls a person to class: their own, their agency's, or any for the organisers."""
    rows = visible_places(actor_of(request)).select_related(
        "person", "organisation", "cohort__plan__campaign", "cohort__room__venue"
    )
    found = get_object_or_404(rows, uuid=uuid)
    return _file(to_pdf(content.convocation(found)), f"{found.cohort.code}-{found.number}.pdf", "pdf")


def _file(body: bytes, name: str, ending: str) -> HttpResponse:
    response = HttpResponse(body, content_type=DOCX if ending == "docx" else "application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response

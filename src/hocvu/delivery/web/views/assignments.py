"""Final assignments: handed in by the trainee, listed and graded by those who run the class."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of

from ...domain.rubric import CRITERIA
from ...models import Grade, Submission
from ...queries.scope import own_placements
from ...rules import visible_submissions
from ...services.assignments import grade_many, hand_in
from ...types import GradeRow
from .. import words
from ..forms import GradeForm, HandInForm
from ..tables import Ungraded
from .parts import add_refused, posted, show_table

RUN = (Role.INSTRUCTOR, Role.OFFICE, Role.MANAGER)


@access(*RUN)
def ungraded(request: HttpRequest) -> HttpResponse:
    """List the assignments that wait for a mark."""
    return show_table(request, Ungraded(), "delivery/list.html")


@access(*RUN)
def grade(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Read one assignment and grade it by the rubric."""
    actor = actor_of(request)
    rows = visible_submissions(actor).select_related(
        "placement__person", "placement__organisation", "placement__cohort"
    )
    submission = get_object_or_404(rows, uuid=uuid)
    grades = list(Grade.objects.filter(submission__placement_id=submission.placement_id))
    form = GradeForm(posted(request), initial=_initial(grades))
    if request.method == "POST" and form.is_valid():
        row = GradeRow(submission.placement_id, form.rubric(), form.cleaned_data["comment"])
        try:
            grade_many(actor=actor, cohort_id=submission.placement.cohort_id, rows=[row])
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("The mark is kept."))
            return redirect("delivery:ungraded")
    versions = Submission.objects.filter(placement_id=submission.placement_id).order_by("-version")
    context = {
        "title": _("Grade the assignment"),
        "submission": submission,
        "versions": versions,
        "grades": grades,
        "form": form,
    }
    return render(request, "delivery/grade.html", context)


def _initial(grades: list[Grade]) -> dict[str, object]:
    if not grades:
        return {}
    return {c: grades[0].rubric.get(c, 0) / 10 for c in CRITERIA} | {"comment": grades[0].comment}


@access(*RUN, Role.TRAINEE)
def submission_file(request: HttpRequest, uuid: UUID) -> HttpResponse | FileResponse:
    """Hand out the file of an assignment to its author and to those who grade it, as a download."""
    submission = get_object_or_404(visible_submissions(actor_of(request)), uuid=uuid)
    if not submission.file:
        raise Http404
    return FileResponse(submission.file.open("rb"), as_attachment=True, filename=submission.file_name)


@access(Role.TRAINEE)
def my_assignment(request: HttpRequest) -> HttpResponse:
    """Hand one's final assignment in, again until it is graded, and see the mark."""
    actor = actor_of(request)
    place = next(iter(own_placements(actor.person_id)), None)
    if place is None:
        return render(request, "delivery/no_place.html", {"title": _("My final assignment")})
    versions = list(Submission.objects.filter(placement_id=place.pk))
    grades = list(Grade.objects.filter(submission__placement_id=place.pk))
    initial = {"text": versions[0].text} if versions else {}
    form = HandInForm(posted(request), request.FILES, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            hand_in(
                actor=actor, placement_id=place.pk, text=form.cleaned_data["text"], upload=form.cleaned_data["upload"]
            )
        except Refused as refused:
            add_refused(form, refused)
        else:
            messages.success(request, _("Your assignment is handed in."))
            return redirect("delivery:my_assignment")
    points = []
    if grades:
        points = [(words.CRITERION[c][0], grades[0].rubric.get(c)) for c in CRITERIA]
    context = {
        "title": _("My final assignment"),
        "place": place,
        "versions": versions,
        "grade": grades[0] if grades else None,
        "points": points,
        "form": None if grades else form,
    }
    return render(request, "delivery/my_assignment.html", context)

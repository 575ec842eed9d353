"""Live figures of the public page, from the floors above campaigns: counts only, nobody's data."""

from django.db.models import Count
from django.utils.translation import gettext as _

from hocvu.enrolment.api import list_progress
from hocvu.kernel import clock
from hocvu.planning.models import Cohort, TimetablePlan


def public_figures(campaign_id: int) -> list[tuple[int, str]]:
    """Return how many are named, and how many classes are planned and over; nothing before there is any."""
    progress = list_progress(campaign_id)
    figures = [(progress.named, _("people named by their agencies"))] if progress.named else []
    plan = TimetablePlan.objects.filter(campaign_id=campaign_id, state=TimetablePlan.State.PUBLISHED).first()
    if plan is None:
        return figures
    classes = Cohort.objects.filter(plan=plan).aggregate(n=Count("id"))["n"]
    over = Cohort.objects.filter(plan=plan, ends_on__lt=clock.today()).aggregate(n=Count("id"))["n"]
    return [*figures, (classes, _("classes in the timetable")), (over, _("classes over"))]

"""Background work of monitoring: count a report; the round that looks after every clock."""

from dataclasses import dataclass
from datetime import timedelta

from django_tasks import task

from hocvu.assessment.api import close_sitting
from hocvu.assessment.models import Sitting
from hocvu.campaigns.models import Campaign
from hocvu.evaluation.api import expire_late
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.post.api import send_waiting

from .api import escalate_late, fill_report, make_report
from .models import Report


@task()
def count_report(report_id: int, account_id: int | None, organisation_id: int | None, label: str) -> None:
    """Count the figures of a report that was begun; the report's page shows how far it is."""
    actor = Actor(Role.MANAGER, label, account_id=account_id, organisation_id=organisation_id)
    fill_report(actor=actor, report_id=report_id)


GRACE = timedelta(minutes=30)  # the invigilator closes a sitting; this is for one who forgot
REPORT_HOUR = 18  # in Vietnam: the day's classes are over


@dataclass(frozen=True, slots=True)
class TickResult:
    """What a round did."""

    escalated: int
    expired: int
    sittings_closed: int
    reports_made: int
    letters_sent: int
    letters_failed: int


def tick() -> TickResult:
    """Do what time alone demands; return how much of it.

    Late difficulties climb, late forms and forgotten sittings are closed, the day's report is made, letters
    that wait are sent. Each part stands by itself and may be done twice without harm.
    """
    escalated = escalate_late(actor=SYSTEM)
    expired = expire_late(actor=SYSTEM)
    closed = _close_forgotten_sittings()
    made = _make_daily_reports()
    sent, failed = send_waiting()
    return TickResult(escalated, expired, closed, made, sent, failed)


def _close_forgotten_sittings() -> int:
    """Close sittings long past their end in which nobody has time left."""
    late = Sitting.objects.filter(state=Sitting.State.OPEN, closes_at__lt=clock.now() - GRACE)
    closed = 0
    for pk in late.order_by("pk").values_list("pk", flat=True):
        try:
            close_sitting(actor=SYSTEM, sitting_id=pk)
        except Refused:  # someone with extra time still writes: the next round will see
            continue
        closed += 1
    return closed


def _make_daily_reports() -> int:
    """Make the daily report of each running campaign in the evening of a day between its first and last."""
    today = clock.today()
    if clock.now() < clock.at(today, REPORT_HOUR):
        return 0
    running = Campaign.objects.filter(state=Campaign.State.RUNNING, starts_on__lte=today, ends_on__gte=today)
    made = 0
    for campaign in running:
        if not Report.objects.filter(campaign=campaign, kind=Report.Kind.DAILY, day=today).exists():
            make_report(actor=SYSTEM, campaign_id=campaign.pk, kind=Report.Kind.DAILY, day=today)
            made += 1
    return made


@task()
def run_tick() -> None:
    """Do a round in the background."""
    tick()

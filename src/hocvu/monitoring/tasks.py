"""Background work of monitoring: count a report; the round that looks after every clock."""

from dataclasses import dataclass

from django_tasks import task

from hocvu.evaluation.api import expire_late
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.post.api import send_waiting

from .api import escalate_late, fill_report


@task()
def count_report(report_id: int, account_id: int | None, organisation_id: int | None, label: str) -> None:
    """Count the figures of a report that was begun; the report's page shows how far it is."""
    actor = Actor(Role.MANAGER, label, account_id=account_id, organisation_id=organisation_id)
    fill_report(actor=actor, report_id=report_id)


@dataclass(frozen=True, slots=True)
class TickResult:
    """What a round did."""

    escalated: int
    expired: int
    letters_sent: int
    letters_failed: int


def tick() -> TickResult:
    """Do what time alone demands: hand up late difficulties, close late forms, send letters that wait.

    Each part stands by itself and may be done twice without harm.
    """
    escalated = escalate_late(actor=SYSTEM)
    expired = expire_late(actor=SYSTEM)
    sent, failed = send_waiting()
    return TickResult(escalated, expired, sent, failed)


@task()
def run_tick() -> None:
    """Do a round in the background."""
    tick()

"""Directives with their follow-up, and the organisers' tasks."""

from datetime import date

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import record

from ..models import Campaign, Directive, DirectiveStep, Task
from ..rules import can_answer, can_direct, may_run
from ..types import Texts

ENDED = frozenset({Directive.State.DONE, Directive.State.DROPPED})


def issue_directive(
    *,
    actor: Actor,
    campaign_id: int,
    text: Texts,
    organisation_id: int,
    due_on: date,
    number: str = "",
    issuer: Texts | None = None,
    issued_on: date | None = None,
) -> Directive:
    """Order something of one organisation until a day; without ``issuer`` the campaign's owner orders."""
    if not can_direct(actor):
        raise NotAllowed
    day = issued_on or clock.today()
    if due_on < day:
        raise Refused("campaigns.due_before", due_on=due_on, day=day)
    with transaction.atomic():
        campaign = Campaign.objects.select_related("owner").get(pk=campaign_id)
        directive = Directive.objects.create(
            campaign=campaign,
            number=number,
            issued_on=day,
            issuer=issuer or campaign.owner.name,
            text=text,
            organisation_id=organisation_id,
            due_on=due_on,
        )
        record(
            actor=actor,
            action="campaigns.issue_directive",
            object_type="directive",
            object_key=directive.uuid,
            data={"organisation": organisation_id, "due_on": due_on.isoformat(), "number": number},
        )
    return directive


def report_on_directive(
    *, actor: Actor, directive_id: int, text: str, state: str = Directive.State.REPORTED
) -> DirectiveStep:
    """Add a step to a directive's follow-up.

    The organisation concerned reports (``reported``); those who direct may also end it (``done``,
    ``dropped``) or open it again (``open``).
    """
    if state not in Directive.State.values:
        raise Refused("campaigns.directive_state", state=state)
    if not text.strip():
        raise Refused("campaigns.report_without_text")
    with transaction.atomic():
        directive = Directive.objects.select_for_update().get(pk=directive_id)
        reports = state == Directive.State.REPORTED and can_answer(actor, directive)
        if not (reports or can_direct(actor)):
            raise NotAllowed
        if directive.state in ENDED and state == Directive.State.REPORTED:
            raise Refused("campaigns.directive_ended")
        directive.state = state
        directive.save(update_fields=["state"])
        step = DirectiveStep.objects.create(
            directive=directive,
            at=clock.now(),
            actor_label=actor.label[:160],
            state=state,
            text=text.strip(),
        )
        record(
            actor=actor,
            action="campaigns.report_on_directive",
            object_type="directive",
            object_key=directive.uuid,
            data={"state": state},
        )
    return step


def add_task(*, actor: Actor, campaign_id: int, title: Texts, organisation_id: int, due_on: date) -> Task:
    """Give a task to one of the organisers, to be done by a day."""
    may_run(actor)
    with transaction.atomic():
        task = Task.objects.create(campaign_id=campaign_id, title=title, organisation_id=organisation_id, due_on=due_on)
        record(
            actor=actor,
            action="campaigns.add_task",
            object_type="task",
            object_key=task.uuid,
            data={"organisation": organisation_id, "due_on": due_on.isoformat()},
        )
    return task


def finish_task(*, actor: Actor, task_id: int, note: str = "", state: str = Task.State.DONE) -> Task:
    """Note that a task is done; only those who run the campaign may drop it or open it again."""
    if state not in Task.State.values:
        raise Refused("campaigns.task_state", state=state)
    with transaction.atomic():
        task = Task.objects.select_for_update().get(pk=task_id)
        if not can_answer(actor, task):
            raise NotAllowed
        if state != Task.State.DONE:
            may_run(actor)
        if state == task.state:
            raise Refused("campaigns.task_already", state=state)
        task.state = state
        task.done_at = clock.now() if state == Task.State.DONE else None
        task.note = note.strip() or task.note
        task.save(update_fields=["state", "done_at", "note"])
        record(
            actor=actor,
            action="campaigns.finish_task",
            object_type="task",
            object_key=task.uuid,
            data={"state": state},
        )
    return task

"""Directives with a deadline and a follow-up; tasks shared by the organisers."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation

from .campaign import Campaign


class Directive(models.Model):
    """What a leader ordered, to whom, until when, and what came of it."""

    class State(models.TextChoices):
        OPEN = "open"
        REPORTED = "reported"
        DONE = "done"
        DROPPED = "dropped"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    issuer = models.JSONField()
    text = models.JSONField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.number or f"directive {self.pk}"


class DirectiveStep(models.Model):
    """One report on a directive."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=Directive.State.choices)
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.state}"


class Task(models.Model):
    """A task of the university or a department, with owner and due date."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    title = models.JSONField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"task {self.pk}"

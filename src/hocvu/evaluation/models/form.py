"""Evaluation forms before, after and months after the course."""

from django.db import models

from hocvu.campaigns.models import Campaign
from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation, Person
from hocvu.planning.models import Placement


class Form(models.Model):
    """A form of one kind: its indicators in three languages, grouped by object, and its open questions.

    ``indicators``: ``[{"code", "object", "text": {vi, fr, en}}]``, each answered 1-10;
    ``questions``: ``[{"code", "text", "required"}]``, answered in words. Frozen once someone answered.
    """

    class Kind(models.TextChoices):
        BASELINE = "baseline"
        REACTION = "reaction"
        FOLLOW_UP_SELF = "follow_up_self"
        FOLLOW_UP_SUPERIOR = "follow_up_superior"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    month = models.PositiveSmallIntegerField(default=0, help_text="months after the course: 1, 3, 6; else 0")
    title = models.JSONField()
    indicators = models.JSONField()
    questions = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "kind", "month"], name="evaluation_form_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.month}"


class Invitation(models.Model):
    """One person asked to fill in one form about one placement (a superior fills it in about another).

    ``organisation`` is where the person stands when asked: after a merger, the successor body.
    """

    class State(models.TextChoices):
        SENT = "sent"
        ANSWERED = "answered"
        EXPIRED = "expired"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+", help_text="whose training it is about")
    respondent = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "placement", "respondent"], name="evaluation_invitation_once")
        ]
        indexes = [
            models.Index(fields=["respondent", "state"], name="evaluation_invitation_who"),
            models.Index(fields=["form", "organisation", "state"], name="evaluation_invitation_org"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} to {self.respondent_id}"


class Response(models.Model):
    """The answers to a form; more than 5 % blanks make it invalid: kept, left out of the means."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="+")
    scores = models.JSONField(help_text="{indicator code: 1-10}")
    words = models.JSONField(default=dict, help_text="{question code: text}")
    blanks = models.PositiveSmallIntegerField()
    valid = models.BooleanField()
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to {self.invitation_id}"

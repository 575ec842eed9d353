"""Questions, the help queue and live polls."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Placement, Session


class Question(models.Model):
    """A question to the class or a call for help at one's place."""

    class Kind(models.TextChoices):
        QUESTION = "question"
        HELP = "help"

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [models.Index(fields=["session", "state"], name="delivery_question_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Poll(models.Model):
    """A poll put to a class: one choice each, anonymous in what is shown."""

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        CLOSED = "closed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    text = models.CharField(max_length=300)
    options = models.JSONField(help_text="list of 2-6 short texts")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.CharField(max_length=160)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class PollVote(models.Model):
    """One trainee's choice."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    option = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "placement"], name="delivery_vote_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.option}"

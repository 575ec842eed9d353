"""Sittings, the paper each candidate gets, and their answers."""

from django.db import models
from django.db.models import Q

from hocvu.campaigns.models import Campaign
from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Cohort, Placement


class Blueprint(models.Model):
    """What a paper is made of: items per axis and difficulty, minutes."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    code = models.CharField(max_length=30)
    title = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    cells = models.JSONField(help_text='[{"axis": 1, "difficulty": "easy", "count": 4}, …]')

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="assessment_blueprint_code")]

    def __str__(self) -> str:
        return self.code


class Sitting(models.Model):
    """The event at which a class, or those who resit, take the test."""

    class Kind(models.TextChoices):
        FINAL = "final"
        RESIT = "resit"

    class State(models.TextChoices):
        PLANNED = "planned"
        OPEN = "open"
        CLOSED = "closed"
        CANCELLED = "cancelled"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    blueprint = models.ForeignKey(Blueprint, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    turn = models.PositiveSmallIntegerField(default=1, help_text="in person: turn at the computers; online 1")
    opens_at = models.DateTimeField(help_text="earliest start")
    closes_at = models.DateTimeField(help_text="latest end, for every attempt without extra time")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    opened_by = models.CharField(max_length=160, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="minutes of the sitting, in the invigilator's words")

    class Meta:
        ordering = ["opens_at", "id"]
        constraints = [models.UniqueConstraint(fields=["cohort", "kind", "turn"], name="assessment_sitting_once")]
        indexes = [models.Index(fields=["state", "opens_at"], name="assessment_sitting_state")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.kind}"


class Attempt(models.Model):
    """One candidate in one sitting: the frozen paper, the clock, the mark.

    ``paper``: ``[[item_version_id, "cabd"], …]`` in the order shown, with the order of the options; made
    from ``seed``, frozen before the start. ``mark`` in tenths of a point (0-100). ``token_number`` counts the
    devices that held the attempt: a saving token of a lower number no longer saves.
    """

    class State(models.TextChoices):
        ASSIGNED = "assigned"
        STARTED = "started"
        SUBMITTED = "submitted"
        SCORED = "scored"
        VOID = "void"
        ABSENT = "absent"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    seed = models.BigIntegerField()
    paper = models.JSONField()
    paper_code = models.CharField(max_length=10, help_text="shown to the invigilator (mã đề)")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    extra_minutes = models.PositiveSmallIntegerField(default=0)
    token_number = models.PositiveSmallIntegerField(default=0)
    let_in_by = models.CharField(max_length=160, blank=True, help_text="who let in a latecomer")
    started_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(null=True)
    mark = models.PositiveSmallIntegerField(null=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "placement"], name="assessment_attempt_once"),
            models.CheckConstraint(condition=Q(mark__isnull=True) | Q(mark__lte=100), name="assessment_attempt_mark"),
        ]
        indexes = [
            models.Index(fields=["placement", "state"], name="assessment_attempt_who"),
            models.Index(fields=["state", "mark"], name="assessment_attempt_state"),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.state}"


class Answer(models.Model):
    """The last acknowledged answer to one position of a paper; a lower client sequence never overwrites."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(help_text="1-based place on the paper")
    value = models.CharField(max_length=1, help_text="key of the option chosen; empty = withdrawn")
    client_sequence = models.PositiveIntegerField(default=0)
    client_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="assessment_answer_once")]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.position}"

"""Difficulties (khó khăn, vướng mắc): reported, owned, escalated, decided."""

from django.db import models

from hocvu.campaigns.models import Campaign
from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation


class Difficulty(models.Model):
    """Something that stands in the way; it has an owner and a clock, and climbs when it is late.

    ``level``: 1 university or agency, 2 Department of Home Affairs, 3 Provincial People's Committee.
    """

    class State(models.TextChoices):
        OPEN = "open"
        PROPOSED = "proposed"
        DECIDED = "decided"
        CLOSED = "closed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    category = models.CharField(max_length=20, help_text="room, computer, network, content, people, time, other")
    place = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    cohort_code = models.CharField(max_length=12, blank=True)
    text = models.TextField()
    photo = models.FileField(upload_to="difficulties/%Y/%m/", blank=True)
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=160)
    reporter_account_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    level = models.PositiveSmallIntegerField(default=1)
    owner_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="past this instant it climbs one level")
    proposal = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="monitoring_difficulty_number")]
        indexes = [models.Index(fields=["state", "due_at"], name="monitoring_difficulty_clock")]

    def __str__(self) -> str:
        return f"difficulty {self.number}"


class DifficultyStep(models.Model):
    """One step in the life of a difficulty."""

    class Kind(models.TextChoices):
        REPORTED = "reported"
        TAKEN = "taken"
        PROPOSED = "proposed"
        ESCALATED = "escalated"
        DECIDED = "decided"
        CLOSED = "closed"
        NOTE = "note"

    difficulty = models.ForeignKey(Difficulty, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.difficulty_id} {self.kind}"

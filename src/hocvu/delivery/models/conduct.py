"""Notes on conduct, with the right of reply."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Placement, Session


class ConductNote(models.Model):
    """What an instructor noted, what the trainee replied, what was decided.

    Only an ``upheld`` note of severity ``serious`` stands against an attestation.
    """

    class Severity(models.TextChoices):
        MINOR = "minor"
        SERIOUS = "serious"

    class State(models.TextChoices):
        OPEN = "open"
        REPLIED = "replied"
        UPHELD = "upheld"
        CLEARED = "cleared"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    category = models.CharField(max_length=30, help_text="personal_activity, disorder, cheating, late_often, other")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    text = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-noted_at", "-id"]
        indexes = [models.Index(fields=["placement", "state"], name="delivery_conduct_who")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.category} {self.state}"

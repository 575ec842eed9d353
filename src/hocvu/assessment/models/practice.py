"""Practice tests: same form, a pool of their own, feedback after each answer."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Placement


class PracticeTest(models.Model):
    """One practice run of a trainee; ``answers`` ``{position: key}``."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    paper = models.JSONField()
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    right = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["placement", "-started_at"], name="assessment_practice_who")]

    def __str__(self) -> str:
        return f"practice of {self.placement_id}"

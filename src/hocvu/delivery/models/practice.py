"""Reading lessons and doing practice tasks."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Placement


class LessonReading(models.Model):
    """That a trainee opened a lesson, for how many seconds the page was active, and when last."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    lesson_code = models.CharField(max_length=10)
    version_number = models.PositiveSmallIntegerField()
    seconds = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "lesson_code"], name="delivery_reading_once")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.lesson_code}"


class PracticeAttempt(models.Model):
    """One try at a practice task: the state it stands in, every deed, and the score from the deeds."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    task_code = models.CharField(max_length=40)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    deeds = models.JSONField(default=list, help_text="[{at, object, deed, text}] in order")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    score = models.SmallIntegerField(null=True)
    max_score = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["task_code", "placement"], name="delivery_practice_who")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.task_code}"

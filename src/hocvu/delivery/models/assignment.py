"""Final assignments (bài thu hoạch), handed in and graded by rubric."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Placement


class Submission(models.Model):
    """What a trainee handed in: text or one file; handing in again makes a new version."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(blank=True)
    file = models.FileField(upload_to="submissions/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["placement", "version"], name="delivery_submission_version")]

    def __str__(self) -> str:
        return f"{self.placement_id} v{self.version}"


class Grade(models.Model):
    """The mark of a submission in tenths of a point (0-100), from a rubric."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    rubric = models.JSONField(help_text="{criterion: tenths}")
    mark = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    graded_at = models.DateTimeField()
    graded_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["-graded_at", "-id"]
        indexes = [models.Index(fields=["submission", "-graded_at"], name="delivery_grade_latest")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.mark / 10}"

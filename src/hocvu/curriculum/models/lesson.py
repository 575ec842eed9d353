"""A lesson, its versions, their variants for target groups, and the remarks made on them."""

from django.db import models
from django.db.models import Q

from hocvu.kernel.ids import new_uuid

from .programme import Programme


class Lesson(models.Model):
    """A place in the programme: code, axis, half-day, minutes. What is taught stands in its versions."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="lessons")
    code = models.CharField(max_length=10)
    axis = models.PositiveSmallIntegerField(help_text="0 = course life, 1-3 = the axes")
    half_day = models.PositiveSmallIntegerField(help_text="1-4: morning and afternoon of day 1, of day 2")
    ordinal = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    title = models.JSONField()
    practice = models.JSONField(default=dict)
    competence = models.CharField(max_length=60, blank=True)
    standard = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="curriculum_lesson_code")]

    def __str__(self) -> str:
        return self.code


class LessonVersion(models.Model):
    """One version of a lesson in three languages; only one approved version is taught at a time.

    ``texts``: ``{lang: {"title", "objectives": [..], "body": Markdown, "sources": [..]}}``.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        REMARKED = "remarked"
        APPROVED = "approved"
        RETIRED = "retired"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    texts = models.JSONField()
    reading_minutes = models.PositiveSmallIntegerField(default=8)
    author_label = models.CharField(max_length=160)
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="curriculum_version_number"),
            models.UniqueConstraint(
                fields=["lesson"], condition=Q(state="approved"), name="curriculum_version_one_approved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} v{self.number}"


class LessonVariant(models.Model):
    """What a version adds for one target group."""

    version = models.ForeignKey(LessonVersion, models.CASCADE, related_name="variants")
    group_code = models.CharField(max_length=10)
    texts = models.JSONField(help_text='{lang: {"title", "body"}}')

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "group_code"], name="curriculum_variant_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.group_code}"


class Remark(models.Model):
    """What the reviewer remarked on a version, and what the author answered."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    version = models.ForeignKey(LessonVersion, models.CASCADE, related_name="remarks")
    text = models.TextField()
    author_label = models.CharField(max_length=160)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"remark on {self.version_id}"

"""The item bank."""

from django.db import models
from django.db.models import Q

from hocvu.kernel.ids import new_uuid


class Item(models.Model):
    """A question of the bank; its words stand in its versions. Pools never mix: test and practice."""

    class Pool(models.TextChoices):
        TEST = "test"
        PRACTICE = "practice"

    class Difficulty(models.TextChoices):
        EASY = "easy"
        MEDIUM = "medium"
        HARD = "hard"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    lesson_code = models.CharField(max_length=10)
    axis = models.PositiveSmallIntegerField()
    competence = models.CharField(max_length=20)
    difficulty = models.CharField(max_length=10, choices=Difficulty.choices)
    pool = models.CharField(max_length=10, choices=Pool.choices)
    groups = models.JSONField(default=list, help_text="target groups it is for; empty = all")
    enemies = models.JSONField(default=list, help_text="codes of items that give this one away")

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["pool", "axis", "difficulty"], name="assessment_item_draw")]

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """The words of an item in three languages and the right key; papers hold versions, never items.

    ``options``: ``[{"key": "a", "vi": …, "fr": …, "en": …}, …]``; ``right_key`` apart, so that a page that
    shows options cannot show the answer by mistake.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SUBMITTED = "submitted"
        REMARKED = "remarked"
        APPROVED = "approved"
        RETIRED = "retired"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    stem = models.JSONField()
    options = models.JSONField()
    right_key = models.CharField(max_length=1)
    explanation = models.JSONField()
    fixed_order = models.BooleanField(default=False, help_text="options keep their order (ascending numbers)")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    remark = models.TextField(blank=True)
    author_label = models.CharField(max_length=160)
    written_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="assessment_version_number"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="approved"), name="assessment_version_one_approved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"

"""A computed timetable, before and after it is published."""

from django.db import models
from django.db.models import Q

from hocvu.campaigns.models import Campaign
from hocvu.kernel.ids import new_uuid


class TimetablePlan(models.Model):
    """One run of the solver and the timetable it gave; at most one is published per campaign."""

    class State(models.TextChoices):
        COMPUTING = "computing"
        DRAFT = "draft"
        PUBLISHED = "published"
        SUPERSEDED = "superseded"
        FAILED = "failed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices)
    seed = models.PositiveIntegerField(default=0)
    shape = models.JSONField(default=dict, help_text="what was asked: classes, sizes, weights (types.PlanShape)")
    objective = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    progress = models.JSONField(default=dict, help_text="{stage, done, objective, bound}")
    causes = models.JSONField(default=list, help_text="why it does not fit")
    input_digest = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="planning_plan_number"),
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(state="published"), name="planning_plan_one_published"
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number} ({self.state})"

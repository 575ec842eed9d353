"""Reports: figures frozen as they stood."""

from django.db import models

from hocvu.campaigns.models import Campaign
from hocvu.kernel.ids import new_uuid


class Report(models.Model):
    """A daily (quick) or final report; ``figures`` freezes every number it prints."""

    class Kind(models.TextChoices):
        DAILY = "daily"
        FINAL = "final"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField()
    number = models.CharField(max_length=60, blank=True)
    figures = models.JSONField()
    words = models.JSONField(default=dict, help_text="what people wrote: difficulties, causes, proposals")
    ledger_head = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=160)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "kind", "day"], name="monitoring_report_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"

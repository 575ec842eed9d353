"""The dated tree of organisations."""

from django.db import models
from django.db.models import F, Q

from hocvu.kernel.ids import new_uuid


class Organisation(models.Model):
    """A body of any level, in being from ``valid_from`` to ``valid_to`` (exclusive; none = still there).

    Match by ``code`` and date, never by name: after a merger new units reuse old names, and official
    codes change their meaning. ``synthetic`` marks what a rehearsal invented.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    code = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=250)
    name_fr = models.CharField(max_length=250, blank=True)
    name_en = models.CharField(max_length=250, blank=True)
    sort_key = models.TextField(editable=False)
    folded = models.CharField(max_length=250, editable=False, db_index=True)
    kind = models.CharField(max_length=30, help_text="state_department, party, commune, police, education, …")
    level = models.CharField(max_length=20, help_text="province, district, grassroots, school, hospital, station")
    sector = models.CharField(max_length=20, help_text="state, party, commune, police, education, health")
    locality = models.CharField(max_length=40, blank=True, help_text="code of the district it lies in")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    restricted = models.BooleanField(default=False, help_text="its people are shown only to those who must see them")
    synthetic = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="people_organisation_code_from"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="people_organisation_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> dict[str, str]:
        """The name in three languages."""
        return {"vi": self.name_vi, "fr": self.name_fr, "en": self.name_en}


class Succession(models.Model):
    """One body follows another from a day on: merger, new name, or end with its people moved."""

    class Kind(models.TextChoices):
        MERGE = "merge"
        RENAME = "rename"
        ABOLISH = "abolish"

    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="people_succession_once")
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id} ({self.on})"

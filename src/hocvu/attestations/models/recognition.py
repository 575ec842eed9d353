"""The acts around issuing: mark sheet and recognition decision of a class."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Cohort


class MarkSheet(models.Model):
    """The mark sheet of a class as the two examiners confirmed it; ``rows`` freezes what is printed."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64)
    first_examiner = models.CharField(max_length=160)
    second_examiner = models.CharField(max_length=160)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["cohort", "version"], name="attestations_sheet_version")]

    def __str__(self) -> str:
        return f"{self.cohort_id} v{self.version}"


class Recognition(models.Model):
    """A decision that recognises results and issues attestations for people of a class.

    Number, day and signer come from the registry office; nothing is issued without them. A class may have
    several: those who resit or make up later stand on a further decision (``ordinal`` 2, 3 …).
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        NUMBERED = "numbered"
        ISSUING = "issuing"
        ISSUED = "issued"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=1)
    sheet = models.ForeignKey(MarkSheet, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=160, blank=True)
    numbered_by = models.CharField(max_length=160, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["cohort", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "ordinal"], name="attestations_recognition_ordinal"),
            models.UniqueConstraint(
                fields=["number", "decided_on"],
                condition=~models.Q(number=""),
                name="attestations_recognition_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.state}"

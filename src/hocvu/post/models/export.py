"""A long list on its way out as a spreadsheet."""

from django.db import models

from hocvu.kernel.ids import new_uuid


class Export(models.Model):
    """A spreadsheet made by a job for the account that asked for it; only that account may fetch it.

    Personal data: the file holds what the list shows; it is removed a day after it was made.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        WRITING = "writing"
        READY = "ready"
        FAILED = "failed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    account_id_value = models.BigIntegerField(db_index=True)
    role = models.CharField(max_length=20)
    organisation_id_value = models.BigIntegerField(null=True)
    language = models.CharField(max_length=2)
    table = models.CharField(max_length=60)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="exports/%Y/%m/%d/", blank=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.table} {self.state}"

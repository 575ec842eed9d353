"""A roster file as an agency sent it, and what became of it."""

from django.db import models

from hocvu.kernel.ids import new_uuid

from .organisation import Organisation


class RosterImport(models.Model):
    """The original file, its hash, the plan of actions read from it, and the messages by cell."""

    class State(models.TextChoices):
        SHOWN = "shown"
        APPLIED = "applied"
        REFUSED = "refused"
        DROPPED = "dropped"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    file = models.FileField(upload_to="rosters/%Y/%m/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices)
    rows = models.JSONField(default=list, help_text="one action per row: what will be done and with which values")
    messages = models.JSONField(default=list, help_text="[{cell, code, severity, data}]")
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=160)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

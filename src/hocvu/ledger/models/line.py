"""One line of the ledger."""

from django.db import models


class Line(models.Model):
    """What was done, by whom, in which role, to what; never changed, never removed.

    Actor and object are kept as values, so a line outlives what it speaks of. ``digest`` and ``count``
    stand for the rows of a bulk write; ``hash`` covers every field and the hash of the line before.
    Database triggers refuse update and delete.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(help_text="the machine's own clock, also in a rehearsal")
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=80)
    organisation_id = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["object_type", "object_key"], name="ledger_line_object"),
            models.Index(fields=["at"], name="ledger_line_at"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_type} {self.object_key}"

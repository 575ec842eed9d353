"""A letter that leaves the house."""

from django.db import models

from hocvu.kernel.ids import new_uuid


class Letter(models.Model):
    """One letter to one receiver: written by a service, sent by a job, kept with its outcome.

    Personal data: ``address`` and ``receiver`` (purpose: to reach the person about the campaign).
    A person without an address still gets a letter: it waits as ``paper`` for the agency to hand over.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        PAPER = "paper"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    receiver = models.CharField(max_length=200)
    address = models.CharField(max_length=254, blank=True)
    person_id_value = models.BigIntegerField(null=True, db_index=True)
    organisation_id_value = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=250)
    body = models.TextField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "id"], name="post_letter_state")]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.receiver}"

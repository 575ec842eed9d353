"""Where a rehearsal stands."""

from django.db import models


class Stage(models.Model):
    """The one row of a rehearsal: its clock, scale and seed, and what has been played so far.

    The clock reads ``clock_base`` plus the real time since ``anchored_at``, but never past
    ``clock_limit`` (the end of the half-day that has been played).
    """

    scale = models.FloatField()
    seed = models.PositiveIntegerField()
    name = models.CharField(max_length=20, help_text="plan, enrol, teach, test, done, followup")
    clock_base = models.DateTimeField()
    clock_limit = models.DateTimeField()
    anchored_at = models.DateTimeField()
    played = models.JSONField(default=list, help_text="keys of the scenes already played, in order")
    busy = models.CharField(max_length=60, blank=True, help_text="scene being played by a job, else empty")
    progress = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.clock_base:%Y-%m-%d %H:%M}"

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
    busy = models.CharField(max_length=60, blank=True, help_text="scene being played by a job, else empty")
    progress = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.clock_base:%Y-%m-%d %H:%M}"


class PlayedScene(models.Model):
    """A scene that has been played, kept in its own transaction: none is played twice."""

    stage = models.ForeignKey(Stage, models.CASCADE, related_name="scenes")
    key = models.CharField(max_length=80)
    at = models.DateTimeField(help_text="the rehearsal's clock")
    seconds = models.FloatField(help_text="how long it took")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "key"], name="rehearsal_scene_once")]

    def __str__(self) -> str:
        return self.key

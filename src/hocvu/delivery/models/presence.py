"""Presence: what was seen, and the register that follows from it."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.planning.models import Placement, Session


class Observation(models.Model):
    """One sign of presence or absence: who, which half-day, when, through which channel, by whom.

    Observations are only added. Times may arrive late and in any order (a phone that was offline);
    ``observed_at`` is when it was seen, ``recorded_at`` when it reached us.
    """

    class Channel(models.TextChoices):
        ROLL_CALL = "roll_call"
        QR = "qr"
        JOIN_LOG = "join_log"
        SHEET = "sheet"
        MANAGER = "manager"

    class Kind(models.TextChoices):
        PRESENT = "present"
        ABSENT = "absent"
        LEFT = "left"

    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    observed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by_account_id = models.BigIntegerField(null=True)
    by_label = models.CharField(max_length=160)
    evidence = models.JSONField(default=dict)

    class Meta:
        ordering = ["observed_at", "id"]
        indexes = [models.Index(fields=["session", "placement"], name="delivery_observation_who")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.kind} ({self.channel})"


class Attendance(models.Model):
    """The register: one trainee in one of the half-days of their own class, computed from observations.

    ``credit`` is in half half-days: 2 whole, 1 half (late), 0 none. ``made_up_in`` names the session of
    another class in which a missed half-day was made up.
    """

    class Status(models.TextChoices):
        PRESENT = "present"
        LATE = "late"
        ABSENT = "absent"
        EXCUSED = "excused"
        MADE_UP = "made_up"

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices)
    minutes_late = models.PositiveSmallIntegerField(default=0)
    credit = models.PositiveSmallIntegerField()
    made_up_in = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="+")
    contradicted = models.BooleanField(default=False, help_text="channels disagree; shown to the instructor")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "session"], name="delivery_attendance_once")]
        indexes = [models.Index(fields=["session", "status"], name="delivery_attendance_session")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.status}"


class Excuse(models.Model):
    """A reason given for an absence, and what was decided; it stays an absence until made up."""

    class State(models.TextChoices):
        ASKED = "asked"
        GRANTED = "granted"
        REFUSED = "refused"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    category = models.CharField(max_length=20, help_text="sick, duty, family, other; never a diagnosis")
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=160)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["placement", "session"], name="delivery_excuse_once")]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.category} {self.state}"


class MakeUp(models.Model):
    """A missed half-day made up in the same half-day of another class that has a free seat."""

    class State(models.TextChoices):
        ASKED = "asked"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        DONE = "done"
        MISSED = "missed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    missed = models.ForeignKey(Session, models.CASCADE, related_name="+")
    target = models.ForeignKey(Session, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=160)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "missed"],
                condition=models.Q(state__in=["asked", "confirmed", "done"]),
                name="delivery_make_up_one_live",
            )
        ]
        indexes = [models.Index(fields=["target", "state"], name="delivery_make_up_target")]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.missed_id} in {self.target_id}"


class SessionDiary(models.Model):
    """The class diary of a half-day: opened, its secret for the rotating code, closed with a line."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="+")
    secret = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=160)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=160, blank=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"diary of {self.session_id}"

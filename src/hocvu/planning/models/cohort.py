"""Classes of a timetable and who sits where."""

from django.db import models

from hocvu.enrolment.models import Nomination
from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation, Person

from .plan import TimetablePlan
from .resources import Instructor, Lab, Room


class Cohort(models.Model):
    """A class (lớp): a legal unit with its list, two teaching days, a room or a join link, two instructors.

    ``wave`` counts the starting days from 1; ``code`` is TT-001 in person, TR-001 online.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    plan = models.ForeignKey(TimetablePlan, models.CASCADE, related_name="+")
    code = models.CharField(max_length=12)
    mode = models.CharField(max_length=10, help_text="in_person or online")
    theme = models.CharField(max_length=20)
    wave = models.PositiveSmallIntegerField()
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    size = models.PositiveSmallIntegerField()
    join_url = models.URLField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="planning_cohort_code")]
        indexes = [models.Index(fields=["plan", "starts_on"], name="planning_cohort_start")]

    def __str__(self) -> str:
        return self.code


class CohortInstructor(models.Model):
    """One of the two instructors of a class; ordinal 1 leads."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="team")
    instructor = models.ForeignKey(Instructor, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["cohort", "instructor"], name="planning_team_once")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.instructor_id}"


class LabGroup(models.Model):
    """Part of a class that sits in one lab in one turn (nhóm phòng máy)."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="lab_groups")
    ordinal = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    lab = models.ForeignKey(Lab, models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["cohort", "ordinal"], name="planning_lab_group_ordinal")]

    def __str__(self) -> str:
        return f"{self.cohort_id}/{self.ordinal}"


class Placement(models.Model):
    """One person's place in one class of a plan; everything that happens to a trainee hangs on it.

    ``organisation`` is the agency at training time, kept although the person may move later.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    plan = models.ForeignKey(TimetablePlan, models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="+")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    group_code = models.CharField(max_length=10, help_text="target group")
    number = models.PositiveSmallIntegerField(help_text="place on the class list, by given name")
    lab_group = models.ForeignKey(LabGroup, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "nomination"], name="planning_placement_once"),
            models.UniqueConstraint(fields=["cohort", "number"], name="planning_placement_number"),
        ]
        indexes = [models.Index(fields=["plan", "organisation"], name="planning_placement_org")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id}"


class Session(models.Model):
    """A half-day of a class (buổi): 1 and 2 on its first day, 3 and 4 on its second."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    half_day = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["cohort", "half_day"], name="planning_session_half_day")]
        indexes = [models.Index(fields=["starts_at"], name="planning_session_start")]

    def __str__(self) -> str:
        return f"{self.cohort_id} half-day {self.half_day}"

"""What a timetable is made of: venues, rooms, labs, instructors."""

from django.db import models

from hocvu.campaigns.models import Campaign
from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation, Person


class Venue(models.Model):
    """A place of teaching."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=20)
    name = models.JSONField()
    address = models.CharField(max_length=250, blank=True)
    source = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="planning_venue_code")]

    def __str__(self) -> str:
        return self.code


class Lab(models.Model):
    """A computer lab of a venue."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    computers = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["venue", "code"], name="planning_lab_code")]

    def __str__(self) -> str:
        return self.code


class Room(models.Model):
    """One teaching place: a hall and its share of computers beside it (practice and test in turns)."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField()
    computers = models.PositiveSmallIntegerField()
    accessible = models.BooleanField(default=True)
    unavailable = models.JSONField(default=list, help_text="ISO days")
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["venue", "code"], name="planning_room_code")]

    def __str__(self) -> str:
        return self.code


class RoomLab(models.Model):
    """How many computers of a lab serve a teaching place."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="labs")
    lab = models.ForeignKey(Lab, models.CASCADE, related_name="+")
    computers = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["lab__code"]
        constraints = [models.UniqueConstraint(fields=["room", "lab"], name="planning_room_lab_once")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.lab_id}"


class Instructor(models.Model):
    """A person who teaches: themes, languages, home venue, load, days away."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    tracks = models.JSONField()
    languages = models.JSONField(default=list)
    home_venue = models.ForeignKey(Venue, models.PROTECT, null=True, related_name="+")
    max_classes = models.PositiveSmallIntegerField(default=4)
    unavailable = models.JSONField(default=list, help_text="ISO days")
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="planning_instructor_code"),
            models.UniqueConstraint(fields=["campaign", "person"], name="planning_instructor_person"),
        ]

    def __str__(self) -> str:
        return self.code

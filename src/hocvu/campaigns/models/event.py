"""Ceremonies and who is asked to them."""

from django.db import models

from hocvu.kernel.ids import new_uuid

from .campaign import Campaign


class Event(models.Model):
    """An opening, a closing, a meeting, with its guests."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, help_text="opening, closing, meeting")
    title = models.JSONField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.JSONField()
    agenda = models.JSONField(default=list, help_text="[{at, text: {vi, fr, en}}]")
    public = models.BooleanField(default=True)

    class Meta:
        ordering = ["starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_at:%Y-%m-%d}"


class EventGuest(models.Model):
    """A guest by office, not by name unless they come; state of the invitation."""

    class State(models.TextChoices):
        INVITED = "invited"
        COMING = "coming"
        DECLINED = "declined"
        CAME = "came"

    event = models.ForeignKey(Event, models.CASCADE, related_name="guests")
    office = models.JSONField(help_text="the office held, in three languages")
    name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.INVITED)
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["ordinal", "id"]

    def __str__(self) -> str:
        return f"guest of {self.event_id}"

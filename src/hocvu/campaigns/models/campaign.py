"""A campaign and the groups it trains."""

from django.db import models
from django.db.models import F, Q

from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation


class Campaign(models.Model):
    """One training campaign, owned by one organisation.

    ``facts`` holds the plan's published and chosen figures (labs, computers, staff, places, waves), each
    ``{"value", "source", "verified"}``; ``programme_code`` names the programme taught (curriculum lies
    beside this app and is not linked). Names are texts in three languages.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SIGNED = "signed"
        RUNNING = "running"
        CLOSED = "closed"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.JSONField()
    purpose = models.JSONField(default=dict)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    organiser = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    programme_code = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    calendar = models.JSONField(default=dict, help_text="days worked, half-day hours, two-day sessions")
    facts = models.JSONField(default=dict)
    repairs = models.JSONField(default=list, help_text="repairs chosen before signature, each with its effect")
    contact = models.JSONField(default=dict)
    attestation = models.JSONField(default=dict, help_text="issuer, superior, places, number pattern: settings")
    plan_file = models.TextField(blank=True, help_text="the plan file it was made from, as read")

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaigns_campaign_dates")
        ]

    def __str__(self) -> str:
        return self.code


class TargetGroup(models.Model):
    """A group of people with its own quota, mode and adaptation."""

    class Mode(models.TextChoices):
        IN_PERSON = "in_person"
        ONLINE = "online"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="target_groups")
    code = models.CharField(max_length=10)
    name = models.JSONField()
    mode = models.CharField(max_length=10, choices=Mode.choices)
    quota = models.PositiveIntegerField()
    restricted = models.BooleanField(default=False)
    adaptation = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict, help_text="indicator of effect after training")
    ordinal = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["ordinal", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_group_code")]

    def __str__(self) -> str:
        return self.code

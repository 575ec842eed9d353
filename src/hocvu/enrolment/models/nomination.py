"""Who is named by which agency, within which quota."""

from django.db import models
from django.db.models import Q

from hocvu.campaigns.models import Campaign, TargetGroup
from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Organisation, Person


class AgencyList(models.Model):
    """What one agency owes the campaign: its list of names, handed in and approved by its head."""

    class State(models.TextChoices):
        OPEN = "open"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        APPROVED = "approved"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    due_on = models.DateField()
    headcount = models.PositiveIntegerField(default=0, help_text="all staff, also those not named")
    job_groups = models.JSONField(default=dict, help_text="{job group: number of staff}")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    return_reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "organisation"], name="enrolment_list_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.state}"


class Quota(models.Model):
    """How many people of a target group an agency sends."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, related_name="+")
    seats = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "organisation", "target_group"], name="enrolment_quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.target_group_id}: {self.seats}"


class Nomination(models.Model):
    """A person named by their agency for the campaign.

    ``track`` is the theme they should learn, ``unavailable`` the ISO days they cannot come. ``replaces``
    keeps the trace of a replacement. One live nomination per person and campaign.
    """

    class State(models.TextChoices):
        NAMED = "named"
        APPROVED = "approved"
        WITHDRAWN = "withdrawn"
        REPLACED = "replaced"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, related_name="+")
    track = models.CharField(max_length=20)
    job_group = models.CharField(max_length=30)
    unavailable = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NAMED)
    named_at = models.DateTimeField()
    named_by = models.CharField(max_length=160)
    released_at = models.DateTimeField(null=True, blank=True, help_text="the agency confirmed release for the dates")
    released_by = models.CharField(max_length=160, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "person"],
                condition=Q(state__in=["named", "approved"]),
                name="enrolment_nomination_one_live",
            )
        ]
        indexes = [
            models.Index(fields=["campaign", "organisation", "state"], name="enrolment_nom_org"),
            models.Index(fields=["campaign", "target_group", "state"], name="enrolment_nom_group"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.campaign_id}"

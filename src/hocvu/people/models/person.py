"""A person and the posts they hold over time."""

from django.db import models
from django.db.models import F, Q

from hocvu.kernel.ids import new_uuid

from .organisation import Organisation


class Person(models.Model):
    """A person known to the campaign.

    Personal data and its purpose: name and birth date (printed on the attestation, identify), sex (form
    of address, statistics), national_id (tell namesakes apart; shown only masked), phone and email (reach),
    need (a room that can be reached). Party membership, religion and ethnicity are never kept.
    """

    class Sex(models.TextChoices):
        FEMALE = "f"
        MALE = "m"
        UNKNOWN = ""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    full_name = models.CharField(max_length=120, help_text="whole, as written: family, middle, given")
    sort_key = models.TextField(editable=False)
    folded = models.CharField(max_length=120, editable=False, db_index=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="when only the year is known")
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    national_id = models.CharField(max_length=12, blank=True, db_index=True)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164: +84905123456")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=12, default="vi", help_text="vi or another mother tongue, e.g. bahnar")
    need = models.CharField(max_length=20, blank=True, help_text="access: needs a room without steps")
    restricted = models.BooleanField(default=False, help_text="outside their own body shown by code and masked name")
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key"], name="people_person_sort")]

    def __str__(self) -> str:
        return self.full_name


class Posting(models.Model):
    """A person's post in an organisation from a day to another (exclusive; none = still there)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.CharField(max_length=160, blank=True)
    job_group = models.CharField(max_length=30, help_text="leader, specialist, clerk, officer, teacher, doctor, nurse")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True, help_text="roster, succession, hand")

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_posting_dates",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="people_posting_one_open"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on"], name="people_posting_org")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}"

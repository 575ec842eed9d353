"""The register of attestations."""

from django.db import models

from hocvu.kernel.ids import new_uuid
from hocvu.people.models import Person
from hocvu.planning.models import Placement

from .recognition import Recognition


class EligibilityFinding(models.Model):
    """The three-valued verdict on one placement, with the evidence it was found on (latest only)."""

    class Verdict(models.TextChoices):
        ELIGIBLE = "eligible"
        REFUSED = "refused"
        OPEN = "open"

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices, db_index=True)
    reasons = models.JSONField(default=list, help_text="codes of what fails or is still open, worst first")
    facts = models.JSONField(default=dict, help_text="what was counted, by condition, with the rule applied")
    found_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.placement_id} {self.verdict}"


class Attestation(models.Model):
    """An entry of the register: issued once, frozen, sealed.

    ``payload`` holds every printed field; ``sha256`` is over it, ``seal`` a signature of that hash by the
    issuer's key. ``code`` (17 letters, 82 random bits) is what the QR points to.
    """

    class State(models.TextChoices):
        ISSUED = "issued"
        REVOKED = "revoked"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="+")
    placement = models.OneToOneField(Placement, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True, help_text="số hiệu")
    register_number = models.PositiveIntegerField(unique=True, help_text="số vào sổ gốc")
    code = models.CharField(max_length=24, unique=True)
    payload = models.JSONField()
    sha256 = models.CharField(max_length=64)
    seal = models.TextField(help_text="base64 signature over the hash")
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ISSUED)
    file = models.FileField(upload_to="attestations/%Y/%m/%d/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        ordering = ["register_number"]
        indexes = [models.Index(fields=["recognition", "register_number"], name="attestations_register_class")]

    def __str__(self) -> str:
        return self.number


class Revocation(models.Model):
    """Why and by which decision an attestation was revoked (five causes)."""

    class Cause(models.TextChoices):
        FRAUD = "fraud"  # fraud in study or test
        FALSE_FILE = "false_file"  # enrolled with false papers
        NOT_ENTITLED = "not_entitled"  # issued to someone who does not meet the conditions
        WRONG_AUTHORITY = "wrong_authority"  # issued by a body without the power
        ALTERED = "altered"  # erased, corrected or lent to another

    attestation = models.OneToOneField(Attestation, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=20, choices=Cause.choices)
    reason = models.TextField()
    decision_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    revoked_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=160)

    def __str__(self) -> str:
        return f"{self.attestation_id} {self.cause}"


class Correction(models.Model):
    """A trainee says that a printed field would be wrong, before it is printed."""

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    field = models.CharField(max_length=20, help_text="full_name or birth_date")
    given = models.CharField(max_length=120)
    wanted = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.field}"

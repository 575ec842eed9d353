"""Accounts, the roles they act in, and the slips that open one without e-mail."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from hocvu.kernel.actor import Role
from hocvu.kernel.ids import new_uuid

from .organisation import Organisation
from .person import Person

ROLE_CHOICES = [(role.value, role.value) for role in Role if role is not Role.SYSTEM]


class AccountManager(BaseUserManager["Account"]):
    """Find accounts by their user name."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account of a user name, whatever its case."""
        exact = self.filter(username=username).first()
        found = exact or self.filter(username__iexact=username).order_by("pk").first()
        if found is None:
            raise self.model.DoesNotExist
        return found


class Account(AbstractBaseUser):
    """A way in: user name and password for staff, slip and PIN for people without e-mail.

    A trainee's password is their PIN; it is unusable until the slip is first used.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    username = models.CharField(max_length=80, unique=True)
    label = models.CharField(max_length=160, help_text="the name shown and kept in the ledger")
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, help_text="offered on the sign-in page in demo mode only")
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username

    @property
    def has_secret(self) -> bool:
        """Whether a password or PIN was ever set."""
        return bool(self.password) and self.has_usable_password()


class RoleGrant(models.Model):
    """An account may act in a role, for one organisation and what lies under it, or for all (none)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "organisation"],
                condition=Q(ends_on__isnull=True),
                name="people_grant_once",
            ),
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=Q(ends_on__isnull=True, organisation__isnull=True),
                name="people_grant_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role}"


class AccessSlip(models.Model):
    """A printed code that opens one account; only its SHA-256 is kept, printing again makes a new one."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    code_digest = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=160)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "revoked_at"], name="people_slip_account")]

    def __str__(self) -> str:
        return f"slip of {self.account_id}"

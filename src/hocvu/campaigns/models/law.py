"""Legal acts and the numbers of law: dated, sourced data."""

from django.db import models

from hocvu.kernel.ids import new_uuid

from .campaign import Campaign


class LegalAct(models.Model):
    """An act that founds campaigns: number and symbol, day, issuer, what it says, when it was in force."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    number = models.CharField(max_length=60, help_text="109/KH-UBND; Party acts as 152-KH/TU")
    kind = models.CharField(max_length=20, help_text="KH, QĐ, NQ, TT, NĐ: see document types")
    issued_on = models.DateField()
    issuer = models.JSONField()
    subject = models.JSONField()
    in_force_from = models.DateField(null=True, blank=True)
    in_force_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=250, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["issued_on", "id"]
        constraints = [models.UniqueConstraint(fields=["number", "issued_on"], name="campaigns_act_number")]

    def __str__(self) -> str:
        return self.number


class CampaignAct(models.Model):
    """An act cited by a campaign, in the order papers print it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    act = models.ForeignKey(LegalAct, models.PROTECT, related_name="+")
    founds = models.JSONField(default=dict)
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["ordinal"]
        constraints = [models.UniqueConstraint(fields=["campaign", "act"], name="campaigns_act_once")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.act_id}"


class Rule(models.Model):
    """A number the campaign decides by: value, unit, in force from and to, source, and how sure we are.

    Keys: attendance_pct, late_minutes, late_credit, pass_mark, resits, conduct_clear, release_cap_pct,
    assignment_pass_mark, invalid_blank_pct, seats_two_turns … Several rows may stand for a key; the one
    ``chosen`` and in force on the day counts.
    """

    class Certainty(models.TextChoices):
        VERIFIED = "verified"
        UNVERIFIED = "unverified"
        INVENTED = "invented"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    key = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=9, decimal_places=3)
    unit = models.CharField(max_length=20)
    label = models.JSONField()
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=250)
    certainty = models.CharField(max_length=12, choices=Certainty.choices)
    chosen = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "-chosen", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "key", "in_force_from"],
                condition=models.Q(chosen=True),
                name="campaigns_rule_one_chosen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} {self.unit}"

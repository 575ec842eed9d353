"""Django's entry to the app."""

from django.apps import AppConfig


class AttestationsConfig(AppConfig):
    """Who earned an attestation and why (not); issue, register, verify, revoke."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.attestations"
    label = "attestations"

"""Django's entry to the app."""

from django.apps import AppConfig


class AttestationsConfig(AppConfig):
    """Who earned an attestation and why (not); issue, register, verify, revoke."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.attestations"
    label = "attestations"

    def ready(self) -> None:
        """Make the app's sentences and lists known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - after the apps are loaded

        from .web import tables  # noqa: F401, PLC0415 - registers the lists
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

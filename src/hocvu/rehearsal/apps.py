"""Django's entry to the app."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """A synthetic campaign and simulated people who play it through the doors."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.rehearsal"
    label = "rehearsal"

    def ready(self) -> None:
        """Make the sentences of refusals known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - Django must be ready first

        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

"""Django's entry to the app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Classes being taught: presence, conduct, questions, polls, final assignments, practice."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Make the app's sentences and lists known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - after the apps are loaded

        from .web import agency_tables, tables  # noqa: F401, PLC0415 - registers the lists
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

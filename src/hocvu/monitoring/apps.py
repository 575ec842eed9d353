"""Django's entry to the app."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Indicators, difficulties and their escalation, reports."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Make the sentences and lists known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - after the apps are loaded

        from .web import figure_tables, tables  # noqa: F401, PLC0415 - registers the lists
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

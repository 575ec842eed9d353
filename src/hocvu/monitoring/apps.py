"""Django's entry to the app."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Indicators, difficulties and their escalation, reports."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.monitoring"
    label = "monitoring"

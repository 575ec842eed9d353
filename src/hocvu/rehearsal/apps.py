"""Django's entry to the app."""

from django.apps import AppConfig


class RehearsalConfig(AppConfig):
    """A synthetic campaign and simulated people who play it through the doors."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.rehearsal"
    label = "rehearsal"

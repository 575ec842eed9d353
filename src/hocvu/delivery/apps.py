"""Django's entry to the app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Classes being taught: presence, conduct, questions, polls, final assignments, practice."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.delivery"
    label = "delivery"

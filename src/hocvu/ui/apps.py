"""Django's entry to the app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base page, form parts, tables, charts, phrases: what every page shares."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.ui"
    label = "ui"

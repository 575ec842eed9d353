"""Django's entry to the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The roof: entry, menus, a home page per role, pages that show several apps."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.web"
    label = "web"

"""Django's entry to the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations as a dated tree, persons, accounts, roles, sign-in, roster import."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.people"
    label = "people"

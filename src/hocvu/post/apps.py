"""Django's entry to the app."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """Letters out: one outbox, sent by whatever mail the installation has."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.post"
    label = "post"

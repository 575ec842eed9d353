"""Django's entry to the app."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """Programme, lessons in versions, remarks and approval, practice tasks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.curriculum"
    label = "curriculum"

"""Django's entry to the app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Item bank, papers, sittings, answers, marks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.assessment"
    label = "assessment"

"""Django's entry to the app."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Nomination by agencies: quotas, names, replacement, release, approval."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.enrolment"
    label = "enrolment"

"""Django's entry to the app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Reaction, learning, behaviour, results: forms now and months later."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.evaluation"
    label = "evaluation"

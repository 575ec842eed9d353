"""Django's entry to the app."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Reaction, learning, behaviour, results: forms now and months later."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Make the sentences and lists known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - after the apps are loaded

        from .web import tables  # noqa: F401, PLC0415 - registers the lists
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

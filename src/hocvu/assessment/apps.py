"""Django's entry to the app."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    """Item bank, papers, sittings, answers, marks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.assessment"
    label = "assessment"

    def ready(self) -> None:
        """Register the sentences of refusals and the lists."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - apps are ready only now

        from .web import tables  # noqa: F401, PLC0415
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

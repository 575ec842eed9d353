"""Django's entry to the app."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """Programme, lessons in versions, remarks and approval, practice tasks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.curriculum"
    label = "curriculum"

    def ready(self) -> None:
        """Make the app's sentences and lists known."""
        # Lists and sentences need the models, which are there only now.
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415

        from .web import tables  # noqa: F401, PLC0415  (registers the lists)
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

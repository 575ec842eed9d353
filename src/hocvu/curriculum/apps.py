"""Django's entry to the app."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    """Programme, lessons in versions, remarks and approval, practice tasks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.curriculum"
    label = "curriculum"

    def ready(self) -> None:
        """Make the app's sentences and lists known."""
        from hocvu.ui.refusals import register_sentences

        from .web import tables  # noqa: F401  (registers the lists)
        from .web.sentences import SENTENCES

        register_sentences(SENTENCES)

"""Django's entry to the app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Venues, rooms, instructors, cohorts, placements, timetable, and the solver."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.planning"
    label = "planning"

    def ready(self) -> None:
        """Make the sentences of refusals known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - Django must be ready first

        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

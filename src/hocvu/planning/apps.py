"""Django's entry to the app."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Venues, rooms, instructors, cohorts, placements, timetable, and the solver."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.planning"
    label = "planning"

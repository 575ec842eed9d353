"""Django's entry to the app."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Nomination by agencies: quotas, names, replacement, release, approval."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        """Register the sentences and lists of the pages."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - models must be loaded first

        from .web import tables  # noqa: F401, PLC0415
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

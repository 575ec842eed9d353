"""Django's entry to the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The roof: entry, menus, a home page per role, pages that show several apps."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.web"
    label = "web"

    def ready(self) -> None:
        """Register the sentences and lists of the roof."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - models must be loaded first

        from . import tables  # noqa: F401, PLC0415
        from .sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

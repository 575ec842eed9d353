"""Django's entry to the app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns with their legal acts, target groups, rules, events, directives and tasks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        """Register the sentences and lists of the pages."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415 - models must be loaded first

        from .web import tables  # noqa: F401, PLC0415
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES)

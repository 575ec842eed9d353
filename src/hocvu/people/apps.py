"""Django's entry to the app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations as a dated tree, persons, accounts, roles, sign-in, roster import."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.people"
    label = "people"

    def ready(self) -> None:
        """Make the sentences and lists known."""
        from hocvu.ui.refusals import register_sentences  # noqa: PLC0415

        from .web import tables  # noqa: F401, PLC0415
        from .web.roster_words import FILES  # noqa: PLC0415
        from .web.sentences import SENTENCES  # noqa: PLC0415

        register_sentences(SENTENCES | FILES)

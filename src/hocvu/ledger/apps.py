"""Django's entry to the app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Who did what: append-only lines, each chained to the one before by its hash."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.ledger"
    label = "ledger"

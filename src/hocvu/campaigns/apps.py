"""Django's entry to the app."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    """Campaigns with their legal acts, target groups, rules, events, directives and tasks."""

    default_auto_field = "django.db.models.BigAutoField"
    name = "hocvu.campaigns"
    label = "campaigns"

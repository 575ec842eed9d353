"""Read the outbox."""

from django.db.models import Count, QuerySet

from ..models import Letter


def letters_of_person(person_id: int) -> QuerySet[Letter]:
    """Return the letters written to a person, newest first."""
    return Letter.objects.filter(person_id_value=person_id).order_by("-id")


def letters_of_organisation(organisation_id: int) -> QuerySet[Letter]:
    """Return the letters written to an organisation, newest first."""
    return Letter.objects.filter(organisation_id_value=organisation_id).order_by("-id")


def outbox_counts() -> dict[str, int]:
    """Return how many letters stand in each state."""
    rows = Letter.objects.order_by().values_list("state").annotate(n=Count("id"))
    return dict.fromkeys(Letter.State.values, 0) | dict(rows)

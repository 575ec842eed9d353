"""The door of people."""

from .domain.names import masked_name
from .queries.accounts import actor_for, live_grants
from .queries.organisations import (
    in_being,
    organisation_by_code,
    organisation_of,
    organisations_under,
    successors_of,
)
from .rules import shown_name
from .services.accounts import end_role, grant_role, open_accounts
from .services.organisations import apply_successions, record_successions, register_organisations
from .services.persons import register_people
from .types import AccountRow, OrganisationRow, PersonRow, SuccessionRow

__all__ = [
    "AccountRow",
    "OrganisationRow",
    "PersonRow",
    "SuccessionRow",
    "actor_for",
    "apply_successions",
    "end_role",
    "grant_role",
    "in_being",
    "live_grants",
    "masked_name",
    "open_accounts",
    "organisation_by_code",
    "organisation_of",
    "organisations_under",
    "record_successions",
    "register_organisations",
    "register_people",
    "shown_name",
    "successors_of",
]

"""Organisations, persons, accounts, roles, slips, roster imports."""

from .account import AccessSlip, Account, RoleGrant
from .organisation import Organisation, Succession
from .person import Person, Posting
from .roster import RosterImport

__all__ = [
    "AccessSlip",
    "Account",
    "Organisation",
    "Person",
    "Posting",
    "RoleGrant",
    "RosterImport",
    "Succession",
]

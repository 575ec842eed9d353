"""The door of the outbox."""

from .queries.letters import letters_of_organisation, letters_of_person, outbox_counts
from .services.letters import Draft, send_waiting, write_letters

__all__ = [
    "Draft",
    "letters_of_organisation",
    "letters_of_person",
    "outbox_counts",
    "send_waiting",
    "write_letters",
]

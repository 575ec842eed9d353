"""The door of the post: letters and spreadsheets on their way out."""

from .queries.letters import letters_of_organisation, letters_of_person, outbox_counts
from .services.exports import ask_export, clear_exports, finish_export, tell_progress
from .services.letters import Draft, send_waiting, write_letters

__all__ = [
    "Draft",
    "ask_export",
    "clear_exports",
    "finish_export",
    "letters_of_organisation",
    "letters_of_person",
    "outbox_counts",
    "send_waiting",
    "tell_progress",
    "write_letters",
]

"""What reading a roster finds: a code with its data; the page makes the sentence."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a cell: ``error`` stops the list, ``warning`` asks to look, ``note`` tells of a repair."""

    code: str
    severity: Severity
    data: dict[str, Any] = field(default_factory=dict)
    cell: str = ""  # D17; empty for the whole file
    sheet: str = ""

    def at(self, cell: str, sheet: str) -> "Finding":
        """Return the same finding at a place."""
        return Finding(self.code, self.severity, self.data, cell, sheet)

    def kept(self) -> dict[str, Any]:
        """Return the finding as JSON keeps it."""
        return asdict(self)


def error(code: str, **data: Any) -> Finding:
    """Return a finding that stops the list."""
    return Finding(code, "error", data)


def warning(code: str, **data: Any) -> Finding:
    """Return a finding to look at."""
    return Finding(code, "warning", data)


def note(code: str, **data: Any) -> Finding:
    """Return a finding that tells of a repair."""
    return Finding(code, "note", data)

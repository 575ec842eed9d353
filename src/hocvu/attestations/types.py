"""What crosses the door of attestations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EligibilityCounts:
    """How many people of a class stand where, and how often each reason was found."""

    eligible: int = 0
    refused: int = 0
    open: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        """Everyone on the class list."""
        return self.eligible + self.refused + self.open


@dataclass(frozen=True, slots=True)
class IssueCounts:
    """What an issuing run did.

    ``issued`` in this run, ``already`` before it, ``lapsed`` on the decision's list but no longer eligible,
    ``blocked`` by a correction that is not decided, ``waiting`` eligible now but not on any numbered decision
    (they need a further mark sheet and decision).
    """

    issued: int = 0
    already: int = 0
    lapsed: int = 0
    blocked: int = 0
    waiting: int = 0
    finished: bool = True


@dataclass(frozen=True, slots=True)
class PrintedField:
    """One printed field: its key and its texts (Vietnamese, and the second language where it differs)."""

    key: str
    vi: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class RevocationShown:
    """Why and when an attestation lost its validity."""

    cause: str
    decision_number: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class RegisterRecord:
    """What anyone with the code may know; for restricted groups number, class, status and a masked name."""

    uuid: UUID
    code: str
    number: str
    register_number: int
    cohort_code: str
    state: str
    restricted: bool
    seal_holds: bool
    issued_at: datetime
    second_language: str
    fields: Sequence[PrintedField]
    revocation: RevocationShown | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a file and whether it held."""

    name: str
    held: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of checking a file; ``failure`` names the first check that failed, empty when valid."""

    failure: str
    checks: Sequence[Check]
    sha256: str
    record: RegisterRecord | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether the file is the one that was issued and the attestation stands."""
        return not self.failure

"""What goes in and out of the API."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, StringConstraints

MOST_ROWS = 500
MOST_ANSWERS = 60
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

Words = Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")]
Texts = dict[str, str]  # {"vi", "fr", "en"}


def _of_our_time(moment: datetime) -> datetime:
    if not EARLIEST <= moment <= LATEST:
        raise ValueError("between 2000 and 2100")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_of_our_time)]


class Error(Schema):
    """Every error: a stable code, a sentence for people, and the data of the sentence."""

    code: str
    message: str
    data: dict[str, Any]


class PageOut(Schema):
    """Which page of a list this is."""

    page: int
    pages: int
    total: int


class GroupOut(Schema):
    """A target group and how many of it are to be trained."""

    code: str
    name: Texts
    mode: str
    quota: int


class ActOut(Schema):
    """A legal act the campaign stands on."""

    number: str
    kind: str
    issued_on: date
    issuer: Texts | str
    subject: Texts | str
    verified: bool


class CampaignOut(Schema):
    """The campaign, as its public page tells it."""

    uuid: UUID
    code: str
    name: Texts
    state: str
    starts_on: date
    ends_on: date
    groups: list[GroupOut]
    acts: list[ActOut]


class OrganisationOut(Schema):
    """A body; ``valid_to`` is exclusive, null while it is there. Match by code and date, never by name."""

    uuid: UUID
    code: str
    name: Texts
    kind: str
    level: str
    sector: str
    parent: UUID | None
    valid_from: date
    valid_to: date | None


class OrganisationsOut(PageOut):
    """A page of bodies in the Vietnamese order of their names."""

    items: list[OrganisationOut]


class SessionOut(Schema):
    """A half-day, 1 to 4."""

    uuid: UUID
    half_day: int
    starts_at: datetime
    ends_at: datetime


class CohortOut(Schema):
    """A class of the published timetable; the room is null online."""

    uuid: UUID
    code: str
    mode: str
    theme: str
    wave: int
    starts_on: date
    ends_on: date
    size: int
    room: str | None
    venue: Texts | None
    sessions: list[SessionOut]


class CohortsOut(PageOut):
    """A page of classes by code."""

    items: list[CohortOut]


class PlacementOut(Schema):
    """One person's place in a class; the name as the caller may read it."""

    uuid: UUID
    cohort: UUID
    cohort_code: str
    number: int
    name: str
    organisation_code: str
    organisation: Texts
    group_code: str


class PlacementsOut(PageOut):
    """A page of places by class and number."""

    items: list[PlacementOut]


class FieldOut(Schema):
    """A printed field: its Vietnamese text, and the one in the second language where it differs."""

    key: str
    vi: str
    second: str


class RevocationOut(Schema):
    """Why an attestation lost its validity."""

    cause: str
    decision_number: str
    decided_on: date


class AttestationOut(Schema):
    """What the register says of a code; of restricted groups number, class, status and a masked name."""

    code: str
    number: str
    register_number: int
    cohort_code: str
    state: str
    restricted: bool
    seal_holds: bool
    issued_at: datetime
    second_language: str
    fields: list[FieldOut]
    revocation: RevocationOut | None


class Mode(StrEnum):
    """How a class is taught."""

    IN_PERSON = "in_person"
    ONLINE = "online"


class Kind(StrEnum):
    """What a sign of presence says."""

    PRESENT = "present"
    ABSENT = "absent"
    LEFT = "left"


class Channel(StrEnum):
    """Where signs come from: called in class, a conference's log, a signed sheet read back."""

    ROLL_CALL = "roll_call"
    JOIN_LOG = "join_log"
    SHEET = "sheet"


class PresenceIn(Schema):
    """One sign; ``client_id`` is the sender's own name for it: sent again it changes nothing."""

    placement: UUID
    kind: Kind
    observed_at: Moment
    client_id: Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]


class PresenceBatchIn(Schema):
    """Signs of one half-day of one class."""

    session: UUID
    channel: Channel = Channel.ROLL_CALL
    rows: Annotated[list[PresenceIn], Field(min_length=1, max_length=MOST_ROWS)]


class PresenceBatchOut(Schema):
    """How many signs were new, and how many had come before."""

    recorded: int
    repeated: int


class AnswerOneIn(Schema):
    """One answer; an empty value withdraws it, a lower sequence never overwrites."""

    position: Annotated[int, Field(ge=1, le=200)]
    value: Annotated[str, StringConstraints(max_length=1, pattern=r"^[a-z]?$")]
    client_sequence: Annotated[int, Field(ge=0, le=2_000_000_000)] | None = None
    client_at: Moment | None = None


class AnswersIn(Schema):
    """Answers of one test, with the token its page holds."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[A-Za-z0-9:_.-]+$")]
    answers: Annotated[list[AnswerOneIn], Field(min_length=1, max_length=MOST_ANSWERS)]


class AnswersOut(Schema):
    """What is safe: places settled, the highest sequence kept, seconds left."""

    saved: list[int]
    last: int
    remaining_seconds: int

"""Practice tasks scored from deeds: what a task holds, and what the deeds done in it are worth.

A task is data (``data/practice/<lesson>-<name>.yaml``); see ``docs/practice-tasks.md`` for the seam.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..types import Trilingual

OPEN = "open"  # reading a message: worth nothing, never wrong
FINAL_DEEDS = ("reply", "report", "delete", "keep")
UNSAFE_DEEDS = ("open_link", "open_attachment")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done to one object of a task; ``text`` is what was written, where the deed asks for words."""

    object: str
    deed: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the mailbox; ``deeds`` says what each deed is worth, ``best`` which final deed is best."""

    id: str
    kind: str  # genuine or fraud
    channel: str  # email, sms or zalo
    sent: str  # hour of the day, as shown
    sender_name: Trilingual
    sender_address: str
    subject: Trilingual
    body: Trilingual
    deeds: Mapping[str, int]
    best: str
    signs: Mapping[str, list[str]]
    feedback_right: Trilingual
    feedback_wrong: Trilingual
    attachment: str = ""
    link_shown: str = ""
    link_target: str = ""

    def allows(self, deed: str) -> bool:
        """Say whether a deed can be done to this message."""
        return deed == OPEN or deed in self.deeds


@dataclass(frozen=True, slots=True)
class PracticeTask:
    """A task: what it asks and the objects in it."""

    code: str
    lesson_code: str
    title: Trilingual
    brief: Trilingual
    owner: Trilingual
    messages: tuple[Message, ...]

    @property
    def max_score(self) -> int:
        """Return the sum of the best deeds."""
        return sum(message.deeds[message.best] for message in self.messages)

    def message(self, message_id: str) -> Message | None:
        """Return a message by its id, or none."""
        return next((m for m in self.messages if m.id == message_id), None)


@dataclass(frozen=True, slots=True)
class MessageResult:
    """What was done with one message; ``final`` empty where nothing was decided."""

    message_id: str
    final: str
    unsafe: tuple[str, ...]
    points: int
    best_points: int

    @property
    def right(self) -> bool:
        """Say whether the best was reached: the right deed, and nothing unsafe on the way."""
        return self.points == self.best_points


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """The score of a try, message by message in the order of the task; the score may be negative."""

    score: int
    max_score: int
    messages: tuple[MessageResult, ...] = field(default_factory=tuple)

    @property
    def right(self) -> int:
        """Return in how many messages the best was reached."""
        return sum(message.right for message in self.messages)

    @property
    def decided(self) -> int:
        """Return for how many messages a final deed was chosen."""
        return sum(bool(message.final) for message in self.messages)


def parse_task(data: Mapping[str, Any]) -> PracticeTask:
    """Return a task from its file; raise ``ValueError`` where it does not hang together."""
    task = PracticeTask(
        code=data["code"],
        lesson_code=str(data["lesson"]),
        title=data["title"],
        brief=data["brief"],
        owner=data["owner"],
        messages=tuple(_message(row) for row in data["messages"]),
    )
    if len({message.id for message in task.messages}) != len(task.messages):
        raise ValueError(f"{task.code}: a message id comes twice")
    return task


def _message(row: Mapping[str, Any]) -> Message:
    link = row.get("link") or {}
    message = Message(
        id=row["id"],
        kind=row["kind"],
        channel=row["channel"],
        sent=row["sent"],
        sender_name=row["sender_name"],
        sender_address=row["sender_address"],
        subject=row["subject"],
        body=row["body"],
        deeds=dict(row["deeds"]),
        best=row["best"],
        signs=row["signs"],
        feedback_right=row["feedback"]["right"],
        feedback_wrong=row["feedback"]["wrong"],
        attachment=row.get("attachment") or "",
        link_shown=link.get("shown", ""),
        link_target=link.get("target", ""),
    )
    unknown = set(message.deeds) - {*FINAL_DEEDS, *UNSAFE_DEEDS}
    worth = {deed: message.deeds[deed] for deed in FINAL_DEEDS if deed in message.deeds}
    if unknown or message.best not in worth or worth[message.best] != max(worth.values()):
        raise ValueError(f"{message.id}: unknown deeds {sorted(unknown)} or best {message.best!r} is not best")
    if ("open_link" in message.deeds) != bool(message.link_target):
        raise ValueError(f"{message.id}: a link and what opening it is worth go together")
    if ("open_attachment" in message.deeds) != bool(message.attachment):
        raise ValueError(f"{message.id}: an attachment and what opening it is worth go together")
    return message


def score_deeds(task: PracticeTask, deeds: Iterable[Deed]) -> PracticeResult:
    """Return the score of the deeds, in the order they were done.

    The last final deed on a message counts, and once each kind of unsafe opening, also when the mind was
    changed afterwards. Raises ``LookupError`` for a message or deed the task does not have.
    """
    final: dict[str, str] = {}
    opened: dict[str, list[str]] = {}
    for deed in deeds:
        message = task.message(deed.object)
        if message is None or not message.allows(deed.deed):
            raise LookupError(f"{task.code}: no {deed.deed} on {deed.object}")
        if deed.deed in FINAL_DEEDS:
            final[message.id] = deed.deed
        elif deed.deed in UNSAFE_DEEDS and deed.deed not in opened.setdefault(message.id, []):
            opened[message.id].append(deed.deed)
    results = tuple(
        MessageResult(
            message_id=m.id,
            final=final.get(m.id, ""),
            unsafe=tuple(d for d in opened.get(m.id, []) if m.deeds[d] < 0),
            points=m.deeds.get(final.get(m.id, ""), 0) + sum(m.deeds[d] for d in opened.get(m.id, [])),
            best_points=m.deeds[m.best],
        )
        for m in task.messages
    )
    return PracticeResult(sum(r.points for r in results), task.max_score, results)

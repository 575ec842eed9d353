"""Write the item bank: load, edit, submit, remark, approve. Papers keep the versions they were drawn with."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record

from ..domain.items import LANGUAGES, bank_faults, item_faults
from ..models import Item, ItemVersion

State = ItemVersion.State
FRAME = ("lesson_code", "axis", "competence", "difficulty", "pool", "groups", "enemies")
WORDS = ("stem", "options", "right_key", "explanation", "fixed_order")


@transaction.atomic
def load_items(*, actor: Actor, entries: Sequence[Mapping[str, Any]]) -> int:
    """Load whole items as versions submitted for review; return how many versions were written.

    An entry equal to the latest version of its item is left as it is, so loading twice changes nothing.
    Raises ``assessment.items_incomplete`` with the faults when any entry is not whole; then none is loaded.
    """
    faults = bank_faults(entries)
    if faults:
        raise Refused("assessment.items_incomplete", count=len(faults), first=faults[0], faults=faults)
    items = _write_frames(entries)
    latest = _latest([item.pk for item in items.values()])
    moment = clock.now()
    made = []
    for entry in entries:
        item = items[str(entry["code"])]
        words = words_of(entry)
        last = latest.get(item.pk)
        if last is not None and words == {name: getattr(last, name) for name in WORDS}:
            continue
        made.append(
            ItemVersion(
                item=item,
                number=last.number + 1 if last else 1,
                state=State.SUBMITTED,
                author_label=actor.label[:160],
                written_at=moment,
                **words,
            )
        )
    ItemVersion.objects.bulk_create(made, batch_size=200)
    record(
        actor=actor, action="assessment.items_loaded", object_type="item", object_key="*",
        rows=[[v.item.code, v.number, v.right_key] for v in made],
    )  # fmt: skip
    return len(made)


def _write_frames(entries: Sequence[Mapping[str, Any]]) -> dict[str, Item]:
    codes = [str(entry["code"]) for entry in entries]
    known = {item.code: item for item in Item.objects.filter(code__in=codes)}
    fresh, changed = [], []
    for entry in entries:
        frame = frame_of(entry)
        item = known.get(str(entry["code"]))
        if item is None:
            fresh.append(Item(code=str(entry["code"]), **frame))
        elif any(getattr(item, name) != frame[name] for name in FRAME):
            for name in FRAME:
                setattr(item, name, frame[name])
            changed.append(item)
    Item.objects.bulk_create(fresh, batch_size=200)
    Item.objects.bulk_update(changed, FRAME, batch_size=100)
    return {item.code: item for item in Item.objects.filter(code__in=codes)}


def _latest(item_ids: Sequence[int]) -> dict[int, ItemVersion]:
    rows = ItemVersion.objects.filter(item_id__in=item_ids).order_by("item_id", "number")
    return {row.item_id: row for row in rows}


def frame_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of an item that stand outside its words."""
    return {
        "lesson_code": str(entry["lesson"]),
        "axis": int(entry["axis"]),
        "competence": str(entry["competence"]),
        "difficulty": str(entry["difficulty"]),
        "pool": str(entry["pool"]),
        "groups": list(entry.get("groups") or []),
        "enemies": list(entry.get("enemies") or []),
    }


def words_of(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of an entry as a version holds them; the right key leaves the options."""
    options = [
        {"key": str(option["key"])} | {lang: clean(str(option[lang])) for lang in LANGUAGES}
        for option in entry["options"]
    ]
    return {
        "stem": {lang: clean(str(entry["stem"][lang])) for lang in LANGUAGES},
        "options": options,
        "right_key": next(str(o["key"]) for o in entry["options"] if o.get("right") is True),
        "explanation": {lang: clean(str(entry["explanation"][lang])) for lang in LANGUAGES},
        "fixed_order": bool(entry.get("fixed_order", False)),
    }


@transaction.atomic
def write_item(*, actor: Actor, entry: Mapping[str, Any]) -> ItemVersion:
    """Write one item as a draft: a new item, or a new version of the one with this code.

    A draft of the same item is overwritten; other versions stay. Raises ``assessment.items_incomplete``.
    """
    faults = item_faults(entry, 1)
    if faults:
        raise Refused("assessment.items_incomplete", count=len(faults), first=faults[0], faults=faults)
    item = _write_frames([entry])[str(entry["code"])]
    draft = ItemVersion.objects.select_for_update().filter(item=item, state=State.DRAFT).first()
    if draft is None:
        highest = ItemVersion.objects.filter(item=item).aggregate(Max("number"))["number__max"]
        draft = ItemVersion(item=item, number=(highest or 0) + 1)
    for name, value in words_of(entry).items():
        setattr(draft, name, value)
    draft.author_label, draft.written_at, draft.state = actor.label[:160], clock.now(), State.DRAFT
    draft.save()
    _line(actor, "assessment.item_written", draft)
    return draft


@transaction.atomic
def submit_version(*, actor: Actor, version_id: int) -> ItemVersion:
    """Hand a draft in for review. Raises ``assessment.version_not_draft``."""
    version = _locked(version_id)
    if version.state not in {State.DRAFT, State.REMARKED}:
        raise Refused("assessment.version_not_draft", item=version.item.code)
    version.state = State.SUBMITTED
    version.save(update_fields=["state"])
    _line(actor, "assessment.item_submitted", version)
    return version


@transaction.atomic
def remark_version(*, actor: Actor, version_id: int, text: str) -> ItemVersion:
    """Give a submitted version back with a remark. Raises ``assessment.version_not_submitted``, ``….remark_empty``."""
    version = _locked(version_id)
    if version.state != State.SUBMITTED:
        raise Refused("assessment.version_not_submitted", item=version.item.code)
    if not text.strip():
        raise Refused("assessment.remark_empty")
    version.state, version.remark = State.REMARKED, text.strip()
    version.decided_at, version.decided_by = clock.now(), actor.label[:160]
    version.save(update_fields=["state", "remark", "decided_at", "decided_by"])
    _line(actor, "assessment.item_remarked", version)
    return version


@transaction.atomic
def approve_items(*, actor: Actor, version_ids: Iterable[int] | None = None) -> int:
    """Approve submitted versions, all or those given; the approved ones before them retire; return how many.

    Where an item has several submitted versions the latest is approved, the others retire.
    Raises ``assessment.version_not_submitted`` when one given is not waiting for review.
    """
    waiting = ItemVersion.objects.filter(state=State.SUBMITTED).select_related("item")
    if version_ids is not None:
        wanted = set(version_ids)
        waiting = waiting.filter(pk__in=wanted)
        if waiting.count() != len(wanted):
            raise Refused("assessment.version_not_submitted", item="")
    latest = {version.item_id: version for version in waiting.order_by("item_id", "number")}
    if not latest:
        return 0
    others = ItemVersion.objects.filter(item_id__in=list(latest), state__in=[State.APPROVED, State.SUBMITTED])
    others.exclude(pk__in=[v.pk for v in latest.values()]).update(state=State.RETIRED)
    ItemVersion.objects.filter(pk__in=[v.pk for v in latest.values()]).update(
        state=State.APPROVED, decided_at=clock.now(), decided_by=actor.label[:160], remark=""
    )
    record(
        actor=actor, action="assessment.items_approved", object_type="item", object_key="*",
        rows=[[v.item.code, v.number] for v in latest.values()],
    )  # fmt: skip
    return len(latest)


def _locked(version_id: int) -> ItemVersion:
    return ItemVersion.objects.select_for_update(of=("self",)).select_related("item").get(pk=version_id)


def _line(actor: Actor, action: str, version: ItemVersion) -> None:
    record(
        actor=actor, action=action, object_type="item", object_key=version.item.code,
        data={"version": version.number, "remark": version.remark} if version.remark else {"version": version.number},
    )  # fmt: skip

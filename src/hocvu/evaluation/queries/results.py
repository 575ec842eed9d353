"""Read results: per object, indicator, group, organisation then or now; small numbers stay hidden.

Answers never change, so the sums over them are kept in the cache and only the new ones are added.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from hocvu.campaigns.api import target_groups
from hocvu.people.models import Organisation

from ..domain.scoring import protected
from ..domain.tallies import WHOLE, Figures, Slots, Tally, figures, slots_of, together
from ..models import Form, Invitation, Response
from ..types import FormResults, ResultRow
from .shipped import object_labels

LEAST = 5  # fewer valid answers are not shown
KEPT_FOR = 3600
Cell = tuple[int, int, str]  # organisation then, organisation now, target group
WAYS = ("object", "indicator", "group", "organisation", "organisation_now")


@dataclass(slots=True)
class _Sums:
    """The valid answers of a form so far, by where their trainee stood then and stands now."""

    count: int
    last_id: int
    cells: dict[Cell, Tally]


def tallies_of(form: Form) -> tuple[Slots, dict[Cell, Tally]]:
    """Return the sums of a form by organisation then, organisation now and group."""
    slots = slots_of(form.indicators)
    key = f"evaluation-sums-{form.uuid}"
    sums: _Sums | None = cache.get(key)
    count = Response.objects.filter(invitation__form=form).count()
    if sums is not None and sums.count == count:
        return slots, sums.cells
    if sums is not None:
        sums = _add_new(form, slots, sums)
    if sums is None or sums.count != count:  # answers that came late or out of order: begin again
        sums = _add_new(form, slots, _Sums(0, 0, {}))
    cache.set(key, sums, KEPT_FOR)
    return slots, sums.cells


def _add_new(form: Form, slots: Slots, sums: _Sums) -> _Sums:
    rows = Response.objects.filter(invitation__form=form, pk__gt=sums.last_id).order_by("pk")
    for pk, valid, then, now, group, scores in rows.values_list(
        "pk", "valid", "invitation__placement__organisation_id", "invitation__organisation_id",
        "invitation__placement__group_code", "scores",
    ).iterator(chunk_size=5000):  # fmt: skip
        sums.count += 1
        sums.last_id = pk
        if valid:
            cell = sums.cells.setdefault((then, now, group), Tally(len(slots.keys)))
            cell.add(scores, slots)
    return sums


def sent_and_answered(form_id: int) -> dict[Cell, tuple[int, int]]:
    """Return (asked, answered) of a form by organisation then, organisation now and group."""
    rows = (
        Invitation.objects.filter(form_id=form_id)
        .order_by()
        .values_list("placement__organisation_id", "organisation_id", "placement__group_code", "state")
        .annotate(n=Count("pk"))
    )
    found: dict[Cell, tuple[int, int]] = {}
    for then, now, group, state, number in rows:
        sent, answered = found.get((then, now, group), (0, 0))
        found[then, now, group] = (sent + number, answered + (number if state == Invitation.State.ANSWERED else 0))
    return found


def results(form_id: int, by: str = "object") -> FormResults:
    """Return the results of a form ``by`` object, indicator, group, organisation (then) or organisation_now.

    Rows with fewer than five valid answers are hidden, with as many others as keep them from being worked out.
    The same number asked and answered gives the same results: they are kept until one of the two changes.
    """
    if by not in WAYS:
        raise ValueError(by)
    form = Form.objects.get(pk=form_id)
    states = dict(Invitation.objects.filter(form=form).order_by().values_list("state").annotate(n=Count("pk")))
    key = f"evaluation-results-{form.uuid}-{by}-{sum(states.values())}-{states.get(Invitation.State.ANSWERED, 0)}"
    found: FormResults | None = cache.get(key)
    if found is None:
        found = _results(form, by)
        cache.set(key, found, KEPT_FOR)
    return found


def _results(form: Form, by: str) -> FormResults:
    slots, cells = tallies_of(form)
    asked = sent_and_answered(form.pk)
    whole = together(cells.values(), len(slots.keys))
    sent, answered = (sum(pair[at] for pair in asked.values()) for at in (0, 1))
    total = _row(WHOLE, {}, whole, slots.place(WHOLE), (sent, answered), hidden=0 < whole.valid < LEAST)
    if by in {"object", "indicator"}:
        rows = _by_slot(form, slots, whole, (sent, answered), by)
    else:
        rows = _by_cell(form, slots, cells, asked, by)
    return FormResults(form.pk, form.kind, form.month, by, sent, answered, whole.valid, tuple(rows), total)


def _by_slot(form: Form, slots: Slots, whole: Tally, asked: tuple[int, int], by: str) -> list[ResultRow]:
    hidden = whole.valid < LEAST
    if by == "indicator":
        return [
            _row(one["code"], one["text"], whole, slots.place(one["code"]), asked, hidden=hidden)
            for one in form.indicators
        ]
    labels = object_labels()
    names = dict.fromkeys(one["object"] for one in form.indicators)
    return [
        _row(name, labels.get(name, {"vi": name}), whole, slots.place(f"@{name}"), asked, hidden=hidden)
        for name in names
    ]


_KEYS: dict[str, Callable[[Cell], Any]] = {
    "organisation": lambda cell: cell[0],
    "organisation_now": lambda cell: cell[1],
    "group": lambda cell: cell[2],
}


def _by_cell(
    form: Form, slots: Slots, cells: Mapping[Cell, Tally], asked: Mapping[Cell, tuple[int, int]], by: str
) -> list[ResultRow]:
    key_of = _KEYS[by]
    sums: dict[Any, Tally] = {}
    for cell, tally in cells.items():
        sums.setdefault(key_of(cell), Tally(len(slots.keys))).take(tally)
    sent: Counter[Any] = Counter()
    answered: Counter[Any] = Counter()
    for cell, (many, some) in asked.items():
        sent[key_of(cell)] += many
        answered[key_of(cell)] += some
    hidden = protected({str(key): one.valid for key, one in sums.items()}, LEAST)
    place = slots.place(WHOLE)
    nothing = Tally(len(slots.keys))
    return [
        _row(str(key), label, sums.get(key, nothing), place, (sent[key], answered[key]), hidden=str(key) in hidden)
        for key, label in _labels(form, by, list(sent)).items()
    ]


def _labels(form: Form, by: str, keys: list[Any]) -> dict[Any, Mapping[str, str]]:
    if by == "group":
        names = {g.code: g.name for g in target_groups(form.campaign_id)}
        return {code: names.get(code, {"vi": code}) for code in [*(n for n in names if n in keys)]} | {
            code: {"vi": code} for code in sorted(set(keys) - set(names))
        }
    rows = Organisation.objects.filter(pk__in=keys).order_by("sort_key", "id")
    return {
        pk: {"vi": vi, "fr": fr, "en": en} for pk, vi, fr, en in rows.values_list("pk", "name_vi", "name_fr", "name_en")
    }


def _row(
    key: str, label: Mapping[str, str], tally: Tally, place: int, asked: tuple[int, int], *, hidden: bool
) -> ResultRow:
    sent, answered = asked
    found = Figures() if hidden else figures(tally, place, sent)
    forms = tally.forms[place]
    return ResultRow(
        key=key,
        label=label,
        sent=sent,
        answered=answered,
        valid=tally.valid,
        marks=found.marks,
        mean=found.mean,
        low=found.low,
        high=found.high,
        band=found.band,
        good=found.good,
        good_low=found.good_low,
        good_high=found.good_high,
        good_of_sent=found.good * forms / sent if found.good is not None and sent else None,
        hidden=hidden,
    )

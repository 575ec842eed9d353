"""The forms that come with the product, read from ``data/forms.yaml``."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).resolve().parents[1] / "data" / "forms.yaml"


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One form to be made: indicators and questions as :class:`Form` keeps them."""

    kind: str
    month: int
    title: dict[str, str]
    indicators: list[dict[str, Any]]
    questions: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class FormWords:
    """What stands around a form of a kind: how it is introduced, what 1 and 10 mean, days to answer."""

    intro: dict[str, str]
    low: dict[str, str]
    high: dict[str, str]
    days: int


@lru_cache(maxsize=1)
def shipped() -> dict[str, Any]:
    """Return the file as it is."""
    held: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return held


def form_specs() -> list[FormSpec]:
    """Return every form of the file, one for each month it is asked in."""
    held = shipped()
    return [
        FormSpec(
            kind=kind,
            month=month,
            title={language: text.format(month=month) for language, text in one["title"].items()},
            indicators=_indicators(held, one["statements"]),
            questions=one["questions"],
        )
        for kind, one in held["forms"].items()
        for month in one["months"]
    ]


def _indicators(held: dict[str, Any], statements: str) -> list[dict[str, Any]]:
    if statements == "indicators":
        return [dict(one) for one in held["indicators"]]
    made = []
    for one in held["competences"]:
        indicator = {"code": one["code"], "object": one["object"], "text": one[statements]}
        variants = {group: texts[statements] for group, texts in one.get("variants", {}).items()}
        made.append(indicator | ({"variants": variants} if variants else {}))
    return made


def form_words(kind: str) -> FormWords:
    """Return what stands around a form of a kind."""
    held = shipped()
    one = held["forms"][kind]
    scale = held["scales"][one["scale"]]
    return FormWords(one["intro"], scale["low"], scale["high"], one["days"])


def object_labels() -> dict[str, dict[str, str]]:
    """Return the names of the objects, in the order they are shown."""
    labels: dict[str, dict[str, str]] = shipped()["objects"]
    return labels


def indicator_text(indicator: dict[str, Any], group_code: str) -> dict[str, str]:
    """Return the words of an indicator for a target group."""
    text: dict[str, str] = indicator.get("variants", {}).get(group_code) or indicator["text"]
    return text

"""Write a plan file from the few things typed on the page; rules and hours come from the shipped plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from hocvu.kernel.texts import LANGUAGES

from ..queries.shipped import shipped_plan
from ..types import Texts

TYPED = "Typed when the campaign was created"
_KEPT = ("programme", "calendar", "attestation", "target_groups", "rules")
_MODES = ("in_person", "online")


class _Plain(yaml.SafeDumper):
    """Write every value out: plan files know no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Say that nothing is written as a reference."""
        return True


@dataclass(frozen=True, slots=True)
class QuickPlan:
    """What was typed; organisations by code."""

    code: str
    name: Texts
    starts_on: date
    ends_on: date
    bodies: dict[str, str]
    body_names: dict[str, Texts]
    act_number: str
    act_issued_on: date
    people: dict[str, int]
    computers: int
    staff: int


def plan_text(typed: QuickPlan) -> str:
    """Return the YAML of a plan; every value typed is marked unverified."""
    shipped: dict[str, Any] = yaml.safe_load(shipped_plan())
    plan: dict[str, Any] = {key: shipped[key] for key in _KEPT}
    plan |= {"code": typed.code, "name": typed.name, "short_name": typed.name, "purpose": shipped["purpose"]}
    plan |= typed.bodies | {"starts_on": typed.starts_on, "ends_on": typed.ends_on}
    plan["calendar"] |= {"working_days": _working_days(typed), "source": TYPED, "certainty": "unverified"}
    plan["facts"] = {
        key: shipped["facts"][key] | {"value": value, "source": TYPED, "certainty": "unverified"}
        for key, value in (("computers", typed.computers), ("staff", typed.staff))
    } | {"team": shipped["facts"]["team"]}
    plan["contact"] = {"office": typed.body_names["organiser"], "source": TYPED, "certainty": "unverified"}
    plan["attestation"] |= {"issuer": typed.body_names["institution"], "superior": typed.body_names["owner"]}
    plan["legal_acts"] = [_act(typed)]
    plan["target_groups"] = _groups(shipped["target_groups"], typed.people)
    return yaml.dump(plan, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)


def _working_days(typed: QuickPlan) -> list[date]:
    count = min((typed.ends_on - typed.starts_on).days, 400) + 1
    days = [typed.starts_on + timedelta(days=n) for n in range(count)]
    return [day for day in days if day.weekday() < 5]


def _act(typed: QuickPlan) -> dict[str, Any]:
    return {
        "number": typed.act_number,
        "kind": "KH",
        "issued_on": typed.act_issued_on,
        "issuer": typed.body_names["owner"],
        "subject": typed.name,
        "source": TYPED,
        "verified": False,
    }


def _groups(shipped: list[dict[str, Any]], people: dict[str, int]) -> list[dict[str, Any]]:
    """Divide the people of each mode over its groups in the shipped shares; the last takes the rest."""
    groups: list[dict[str, Any]] = []
    for mode in _MODES:
        own = [g for g in shipped if g["mode"] == mode]
        whole, left = sum(g["quota"] for g in own), people[mode]
        for at, group in enumerate(own):
            share = left if at == len(own) - 1 else people[mode] * group["quota"] // whole
            left -= share
            groups.append(
                group | {"quota": share, "quota_source": f"{TYPED}; split as in the shipped plan",
                         "quota_certainty": "invented"}
            )  # fmt: skip
    return groups


def names_of(name: Texts, code: str) -> Texts:
    """Return a body's name in all three languages, filled from the Vietnamese where one is missing."""
    first = name.get("vi") or code
    return {language: name.get(language) or first for language in LANGUAGES}

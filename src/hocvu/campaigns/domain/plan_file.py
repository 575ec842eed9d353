"""The plan file: one YAML from which a whole campaign is made. ``docs/plan-file.md`` describes each key."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ..types import (
    ActPlan,
    CampaignPlan,
    DirectivePlan,
    EventPlan,
    GroupPlan,
    PlanError,
    RulePlan,
    TaskPlan,
    Texts,
)
from .plan_reader import Errors, Part, hour_of, load, read_day

CERTAINTIES = ("verified", "unverified", "invented")
MODES = ("in_person", "online")
EVENT_KINDS = ("opening", "closing", "meeting")
# What later stages decide by; a plan that leaves one out could not be carried through.
NEEDED_RULES = (
    "attendance_pct", "late_minutes", "late_credit", "pass_mark", "assignment_pass_mark", "conduct_clear",
    "resits", "release_cap_pct", "invalid_blank_pct",
)  # fmt: skip
UNITS = ("%", "min", "half_day", "/10", "count", "yes_no", "people", "day", "month")
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,59}")
_GROUP_CODE = re.compile(r"[A-Z0-9]{1,10}")
_PATTERN = re.compile(r"\{register(:0?\d*d)?\}")
_LONGEST = 400  # days a campaign may last: more is a wrong year
_MOST = {"%": Decimal(100), "/10": Decimal(10), "half_day": Decimal(1), "yes_no": Decimal(1)}
_NEVER = datetime.max.replace(tzinfo=UTC)  # stands in for a moment that could not be read


def read(text: str) -> tuple[CampaignPlan | None, list[PlanError]]:
    """Return the plan of a file, or none and everything that must be mended, in the order of the file."""
    errors = Errors()
    top = load(text, errors)
    if top is None:
        return None, errors.found
    plan = _plan(top, text)
    top.finish()
    if not errors.found:
        _check_together(plan, errors)
    found = sorted(errors.found, key=lambda e: e.line)
    return (None if found else plan), found


def _plan(top: Part, text: str) -> CampaignPlan:
    code = top.text("code", most=60)
    if code and not _CODE.fullmatch(code):
        top.wrong("code", "not_a_code", key="code", written=code)
    return CampaignPlan(
        code=code,
        name=top.texts("name"),
        short_name=top.texts("short_name"),
        purpose=top.texts("purpose"),
        owner=top.codes("owner"),
        organiser=top.codes("organiser"),
        reviewer=top.codes("reviewer"),
        institution=top.codes("institution"),
        programme_code=top.text("programme", most=60),
        starts_on=top.sure_day("starts_on"),
        ends_on=top.sure_day("ends_on"),
        calendar=_calendar(top),
        facts=_facts(top),
        repairs=tuple(_repair(part) for part in top.parts("repairs", needed=False)),
        contact=_contact(top),
        attestation=_attestation(top),
        acts=tuple(_act(part) for part in top.parts("legal_acts")),
        groups=tuple(_group(part) for part in top.parts("target_groups")),
        rules=tuple(_rule(part) for part in top.parts("rules")),
        events=tuple(_event(part) for part in top.parts("events", needed=False)),
        directives=tuple(_directive(part) for part in top.parts("directives", needed=False)),
        tasks=tuple(_task(part) for part in top.parts("tasks", needed=False)),
        marks=_marks(top),
        text=text,
    )


def _marks(top: Part) -> dict[str, str]:
    """Return how sure the plan is of its events, directives and tasks."""
    part = top.part("marks", needed=False)
    if part is None:
        return {}
    found = {key: part.choice(key, CERTAINTIES) for key in ("events", "directives", "tasks") if part.has(key)}
    part.finish()
    return found


def _calendar(top: Part) -> dict[str, Any]:
    part = top.part("calendar")
    if part is None:
        return {}
    days = []
    for at, written in enumerate(part.words("working_days")):
        found = read_day(written)
        if found is None:
            part.wrong("working_days", "not_a_day", key=f"working_days[{at}]", written=written)
        else:
            days.append(found.isoformat())
    half_days = []
    for number, half in enumerate(part.parts("half_days"), start=1):
        starts, ends = hour_of(half.raw("starts")), hour_of(half.raw("ends"))
        for key, hour in (("starts", starts), ("ends", ends)):
            if half.has(key) and not hour:
                half.wrong(key, "not_an_hour", key=key, written=half.raw(key))
        if starts and ends and ends <= starts:
            half.wrong("ends", "ends_before", key="ends", starts=starts, ends=ends)
        half_days.append(
            {
                "number": number,
                "day": half.whole("day", least=1, most=5),
                "starts": starts,
                "ends": ends,
                "minutes": _minutes(starts, ends),
            }
        )
        half.finish()
    calendar = {
        "working_days": days,
        "half_days": half_days,
        "session_days": part.whole("session_days", least=1, most=5),
        "weekends_used": part.flag("weekends_used"),
        "source": part.text("source", needed=False),
        "certainty": part.choice("certainty", CERTAINTIES),
    }
    part.finish()
    return calendar


def _minutes(starts: str, ends: str) -> int:
    if not starts or not ends:
        return 0
    (h1, m1), (h2, m2) = ((int(x) for x in hour.split(":")) for hour in (starts, ends))
    return 60 * (h2 - h1) + m2 - m1


def _sourced(part: Part) -> dict[str, Any]:
    certainty = part.choice("certainty", CERTAINTIES)
    return {
        "source": part.text("source", most=250),
        "certainty": certainty,
        "verified": certainty == "verified",
    }


def _facts(top: Part) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    holder = top.part("facts")
    if holder is not None:
        for key in holder.nodes:
            part = holder.part(key)
            if part is None:
                continue
            value = part.number("value", most=10_000_000)
            facts[key] = {
                "value": int(value) if value == value.to_integral_value() else float(value),
                "label": part.texts("label"),
                **_sourced(part),
            }
            part.finish()
    venues = []
    for part in top.parts("venues", needed=False):
        venues.append(
            {
                "code": part.text("code", most=20),
                "name": part.texts("name"),
                "address": part.text("address", needed=False, most=250),
                "organisation": list(part.codes("organisation")) if part.has("organisation") else [],
                "labs": part.whole("labs", most=10_000) if part.has("labs") else None,
                "note": part.texts("note", needed=False),
                **_sourced(part),
            }
        )
        part.finish()
    facts["venues"] = {"value": venues, "source": "", "verified": False}
    return facts


def _repair(part: Part) -> dict[str, Any]:
    sets = {}
    holder = part.part("sets")
    if holder is not None:
        sets = {key: holder.whole(key, most=10_000_000) for key in holder.nodes}
        holder.finish()
    found = {
        "code": part.text("code", most=40),
        "label": part.texts("label"),
        "effect": part.texts("effect"),
        "sets": sets,
        **_sourced(part),
    }
    part.finish()
    return found


def _contact(top: Part) -> dict[str, Any]:
    part = top.part("contact")
    if part is None:
        return {}
    found = {
        "office": part.texts("office"),
        "address": part.text("address", needed=False, most=250),
        "phone": part.text("phone", needed=False, most=40),
        "email": part.text("email", needed=False, most=120),
        "hours": part.texts("hours", needed=False),
        **_sourced(part),
    }
    part.finish()
    return found


def _attestation(top: Part) -> dict[str, Any]:
    part = top.part("attestation")
    if part is None:
        return {}
    pattern = part.text("number_pattern", most=60)
    if pattern and not _PATTERN.search(pattern):
        part.wrong("number_pattern", "no_register", key="number_pattern", written=pattern)
    found: dict[str, Any] = {key: part.texts(key) for key in ("issuer", "superior", "place", "title")}
    found |= {key: part.texts(key, needed=False) for key in ("signer_title", "duration")}
    found |= {"number_pattern": pattern, **_sourced(part)}
    part.finish()
    return found


def _act(part: Part) -> ActPlan:
    found = ActPlan(
        number=part.text("number", most=60),
        kind=part.text("kind", most=20),
        issued_on=part.sure_day("issued_on"),
        issuer=part.texts("issuer"),
        subject=part.texts("subject"),
        founds=part.texts("founds", needed=False),
        in_force_from=part.day("in_force_from", needed=False),
        in_force_to=part.day("in_force_to", needed=False),
        source=part.text("source", most=250),
        verified=part.flag("verified"),
    )
    _check_period(part, found.in_force_from, found.in_force_to)
    part.finish()
    return found


def _check_period(part: Part, start: date | None, end: date | None) -> None:
    if start and end and end <= start:
        part.wrong("in_force_to", "period", key="in_force_to", start=start, end=end)


def _group(part: Part) -> GroupPlan:
    code = part.text("code", most=10)
    if code and not _GROUP_CODE.fullmatch(code):
        part.wrong("code", "not_a_group_code", key="code", written=code)
    themes = {}
    holder = part.part("themes")
    if holder is not None:
        themes = {key: holder.text(key, most=20) for key in holder.nodes}
        if "default" not in themes:
            holder.wrong("default", "missing", key="default")
        holder.finish()
    found = GroupPlan(
        code=code,
        name=part.texts("name"),
        mode=part.choice("mode", MODES),
        quota=part.whole("quota", most=10_000_000),
        restricted=part.flag("restricted"),
        adaptation=part.texts("adaptation", needed=False),
        outcome=part.texts("outcome", needed=False),
        themes=themes,
        quota_source=part.text("quota_source", most=250),
        quota_certainty=part.choice("quota_certainty", CERTAINTIES),
    )
    part.finish()
    return found


def _rule(part: Part) -> RulePlan:
    unit = part.choice("unit", UNITS)
    found = RulePlan(
        key=part.text("key", most=40),
        value=part.number("value", most=_MOST.get(unit, Decimal(100_000))),
        unit=unit,
        label=part.texts("label"),
        in_force_from=part.sure_day("in_force_from"),
        in_force_to=part.day("in_force_to", needed=False),
        source=part.text("source", most=250),
        certainty=part.choice("certainty", CERTAINTIES),
        chosen=part.flag("chosen"),
    )
    _check_period(part, found.in_force_from, found.in_force_to)
    part.finish()
    return found


def _event(part: Part) -> EventPlan:
    agenda = []
    for item in part.parts("agenda", needed=False):
        at = item.raw("at")
        if at and not hour_of(at):
            item.wrong("at", "not_an_hour", key="at", written=at)
        agenda.append({"at": hour_of(at), "text": item.texts("text")})
        item.finish()
    guests: list[Texts] = []
    for guest in part.parts("guests", needed=False):
        guests.append(guest.texts("office"))
        guest.finish()
    starts, ends = part.moment("starts_at"), part.moment("ends_at", needed=False)
    if starts and ends and ends <= starts:
        part.wrong("ends_at", "ends_before", key="ends_at", starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}")
    found = EventPlan(
        kind=part.choice("kind", EVENT_KINDS),
        title=part.texts("title"),
        starts_at=starts or _NEVER,
        ends_at=ends,
        place=part.texts("place"),
        agenda=tuple(agenda),
        public=part.flag("public", default=True),
        guests=tuple(guests),
    )
    part.finish()
    return found


def _directive(part: Part) -> DirectivePlan:
    found = DirectivePlan(
        number=part.text("number", needed=False, most=60),
        issued_on=part.sure_day("issued_on"),
        issuer=part.texts("issuer"),
        text=part.texts("text"),
        organisation=part.codes("organisation"),
        due_on=part.sure_day("due_on"),
    )
    if found.due_on < found.issued_on:
        part.wrong("due_on", "due_before", key="due_on", start=found.issued_on, end=found.due_on)
    part.finish()
    return found


def _task(part: Part) -> TaskPlan:
    found = TaskPlan(title=part.texts("title"), organisation=part.codes("organisation"), due_on=part.sure_day("due_on"))
    part.finish()
    return found


def _check_together(plan: CampaignPlan, errors: Errors) -> None:
    """Check what only several values together can break."""
    if plan.ends_on < plan.starts_on:
        errors.add("ends_on", "period", 0, key="ends_on", start=plan.starts_on, end=plan.ends_on)
    elif (plan.ends_on - plan.starts_on).days > _LONGEST:
        errors.add("ends_on", "too_long_campaign", 0, days=(plan.ends_on - plan.starts_on).days)
    _check_days(plan, errors)
    if not plan.groups:
        errors.add("target_groups", "empty", 0, key="target_groups")
    if not plan.acts:
        errors.add("legal_acts", "empty", 0, key="legal_acts")
    _twice(errors, "target_groups", "code", [g.code for g in plan.groups])
    _twice(errors, "legal_acts", "number", [f"{a.number} ({a.issued_on})" for a in plan.acts])
    _twice(errors, "repairs", "code", [r["code"] for r in plan.repairs])
    _check_rules(plan, errors)


def _check_days(plan: CampaignPlan, errors: Errors) -> None:
    days = plan.calendar["working_days"]
    for at, day in enumerate(days):
        if not plan.starts_on.isoformat() <= day <= plan.ends_on.isoformat():
            errors.add(f"calendar.working_days[{at}]", "outside", 0, written=date.fromisoformat(day),
                       start=plan.starts_on, end=plan.ends_on)  # fmt: skip
    _twice(errors, "calendar", "working_days", days)
    if len(days) < plan.calendar["session_days"]:
        errors.add("calendar.working_days", "too_few_days", 0, needed=plan.calendar["session_days"])
    if not plan.calendar["half_days"]:
        errors.add("calendar.half_days", "empty", 0, key="half_days")
    for at, half in enumerate(plan.calendar["half_days"]):
        if half["day"] > plan.calendar["session_days"]:
            errors.add(f"calendar.half_days[{at}].day", "out_of_range", 0, key="day", written=half["day"],
                       least="1", most=str(plan.calendar["session_days"]))  # fmt: skip


def _twice(errors: Errors, where: str, key: str, values: Sequence[str]) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            errors.add(f"{where}[{_second(values, value)}].{key}", "value_twice", 0, key=key, written=value)


def _second(values: Sequence[str], value: str) -> int:
    return [at for at, found in enumerate(values) if found == value][1]


def _check_rules(plan: CampaignPlan, errors: Errors) -> None:
    for key in NEEDED_RULES:
        if not any(r.key == key and r.chosen for r in plan.rules):
            errors.add("rules", "rule_missing", 0, key=key)
    for at, rule in enumerate(plan.rules):
        for other in plan.rules[:at]:
            if rule.chosen and other.chosen and rule.key == other.key and _overlap(rule, other):
                errors.add(f"rules[{at}].chosen", "chosen_twice", 0, key=rule.key)


def _overlap(one: RulePlan, other: RulePlan) -> bool:
    return one.in_force_from < (other.in_force_to or date.max) and other.in_force_from < (one.in_force_to or date.max)

"""The plan file: the shipped one reads whole; each broken one says where, what and how to mend."""

from datetime import date
from decimal import Decimal

import pytest

from hocvu.campaigns.api import CampaignPlan, PlanRefused, create_campaign, read_plan_file, shipped_plan
from hocvu.campaigns.models import Campaign, LegalAct, Rule
from hocvu.campaigns.web.sentences import plan_error_sentence
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.kernel.errors import NotAllowed
from tests.world import World

SHIPPED = shipped_plan()
SMALL = """\
code: small-2025
name: {vi: Đợt nhỏ, fr: Petite campagne, en: Small campaign}
short_name: {vi: Nhỏ, fr: Petite, en: Small}
purpose: {vi: Học, fr: Apprendre, en: Learn}
owner: "52"
organiser: SNV
reviewer: SKHCN
institution: QNU
programme: digital-skills-2025
starts_on: 2025-06-11
ends_on: 24/06/2025
calendar:
  working_days: [2025-06-11, 2025-06-12]
  session_days: 2
  half_days:
    - {day: 1, starts: 07:30, ends: "10:30"}
  certainty: invented
facts: {}
contact:
  office: {vi: a, fr: b, en: c}
  source: test
  certainty: invented
attestation:
  issuer: {vi: a, fr: b, en: c}
  superior: {vi: a, fr: b, en: c}
  place: {vi: a, fr: b, en: c}
  title: {vi: a, fr: b, en: c}
  number_pattern: "{register:05d}/GCN"
  source: test
  certainty: invented
legal_acts:
  - number: 1/KH
    kind: KH
    issued_on: 2025-06-07
    issuer: {vi: a, fr: b, en: c}
    subject: {vi: a, fr: b, en: c}
    source: test
target_groups:
  - code: XA
    name: {vi: a, fr: b, en: c}
    mode: in_person
    quota: 10
    themes: {default: IP-COMM}
    quota_source: test
    quota_certainty: invented
rules:
""" + "".join(
    f"""  - key: {key}
    value: {value}
    unit: "{unit}"
    label: {{vi: a, fr: b, en: c}}
    in_force_from: 2025-01-01
    source: test
    certainty: invented
    chosen: true
"""
    for key, value, unit in (
        ("attendance_pct", 100, "%"), ("late_minutes", 15, "min"), ("late_credit", "0,5", "half_day"),
        ("pass_mark", 5, "/10"), ("assignment_pass_mark", 5, "/10"), ("conduct_clear", 1, "yes_no"),
        ("resits", 1, "count"), ("release_cap_pct", 34, "%"), ("invalid_blank_pct", 5, "%"),
    )
)  # fmt: skip


def refused(text: str) -> PlanRefused:
    with pytest.raises(PlanRefused) as caught:
        read_plan_file(text)
    return caught.value


def test_shipped_plan_has_the_published_figures() -> None:
    plan = read_plan_file(SHIPPED)
    quotas = {mode: sum(g.quota for g in plan.groups if g.mode == mode) for mode in ("in_person", "online")}
    assert quotas == {"in_person": 9892, "online": 24783}
    assert {key: plan.facts[key]["value"] for key in ("labs", "computers", "staff", "classes_in_person", "classes_online")} == {
        "labs": 32, "computers": 1104, "staff": 68, "classes_in_person": 96, "classes_online": 247,
    }  # fmt: skip
    assert (plan.starts_on, plan.ends_on) == (date(2025, 6, 11), date(2025, 6, 24))
    assert len(plan.calendar["working_days"]) == 10
    assert [half["minutes"] for half in plan.calendar["half_days"]] == [180, 180, 180, 210]


def test_shipped_plan_says_what_is_not_verified() -> None:
    plan = read_plan_file(SHIPPED)
    chosen = {r.key: (r.value, r.certainty) for r in plan.rules if r.chosen}
    assert chosen["attendance_pct"] == (Decimal(100), "verified")
    assert chosen["late_credit"] == (Decimal("0.5"), "invented")
    assert chosen["release_cap_pct"] == (Decimal(34), "unverified")
    others = {(r.value, r.certainty) for r in plan.rules if r.key == "attendance_pct" and not r.chosen}
    assert others == {(Decimal(80), "unverified"), (Decimal(90), "unverified")}
    assert {g.quota_certainty for g in plan.groups} == {"invented"}
    assert all(r["certainty"] == "invented" for r in plan.repairs)


def test_shipped_plan_is_complete_in_three_languages() -> None:
    plan = read_plan_file(SHIPPED)
    texts = [plan.name, plan.purpose, *(a.subject for a in plan.acts), *(r.label for r in plan.rules)]
    texts += [r["effect"] for r in plan.repairs] + [g.adaptation for g in plan.groups]
    texts += [d.text for d in plan.directives] + [t.title for t in plan.tasks]
    assert all(set(t) == {"vi", "fr", "en"} and all(t.values()) for t in texts)


def test_small_plan_reads_local_dates_and_decimal_commas() -> None:
    plan = read_plan_file(SMALL)
    assert plan.ends_on == date(2025, 6, 24)
    assert plan.calendar["half_days"][0]["starts"] == "07:30"
    assert next(r.value for r in plan.rules if r.key == "late_credit") == Decimal("0.5")


BROKEN = {
    "syntax": ("starts_on: 2025-06-11", "starts_on: [2025-06-11", "", "syntax"),
    "tab": ("  session_days: 2", "\tsession_days: 2", "", "syntax"),
    "anchor": ("owner: \"52\"", "owner: &x \"52\"\nsecond: *x", "", "anchor"),
    "missing": ("programme: digital-skills-2025\n", "", "programme", "missing"),
    "misspelt": ("organiser: SNV", "organizer: SNV", "organizer", "unknown_key"),
    "written twice": ("reviewer: SKHCN", "reviewer: SKHCN\nreviewer: SNV", "reviewer", "twice"),
    "no such day": ("starts_on: 2025-06-11", "starts_on: 31/06/2025", "starts_on", "not_a_day"),
    "ends before it starts": ("ends_on: 24/06/2025", "ends_on: 10/06/2025", "ends_on", "period"),
    "wrong year": ("ends_on: 24/06/2025", "ends_on: 24/06/2052", "ends_on", "too_long_campaign"),
    "day outside": ("[2025-06-11, 2025-06-12]", "[2025-06-11, 2025-07-12]", "calendar.working_days[1]", "outside"),
    "too few days": ("[2025-06-11, 2025-06-12]", "[2025-06-11]", "calendar.working_days", "too_few_days"),
    "no hour": ("starts: 07:30", "starts: 7h30", "calendar.half_days[0].starts", "not_an_hour"),
    "hours turned round": ("starts: 07:30", "starts: 11:30", "calendar.half_days[0].ends", "ends_before"),
    "number in words": ("quota: 10", "quota: mười", "target_groups[0].quota", "not_a_number"),
    "half a person": ("quota: 10", "quota: 10.5", "target_groups[0].quota", "not_whole"),
    "negative": ("quota: 10", "quota: -10", "target_groups[0].quota", "out_of_range"),
    "infinite": ("quota: 10", "quota: .inf", "target_groups[0].quota", "not_a_number"),
    "unknown mode": ("mode: in_person", "mode: hybrid", "target_groups[0].mode", "not_a_choice"),
    "over a hundred per cent": ("value: 34", "value: 340", "rules[7].value", "out_of_range"),
    "mark over ten": ("value: 5\n    unit: \"/10\"", "value: 50\n    unit: \"/10\"", "rules[3].value", "out_of_range"),
    "language missing": ("name: {vi: Đợt nhỏ, fr: Petite campagne, en: Small campaign}", "name: {vi: Đợt nhỏ, en: Small}", "name.fr", "missing"),
    "one text for three": ("purpose: {vi: Học, fr: Apprendre, en: Learn}", "purpose: Học", "purpose", "not_three_texts"),
    "no register number": ("{register:05d}/GCN", "GCN", "attestation.number_pattern", "no_register"),
    "rule left out": ("key: resits", "key: resits_allowed", "rules", "rule_missing"),
    "rule chosen twice": ("key: late_minutes", "key: attendance_pct", "rules[1].chosen", "chosen_twice"),
    "no default theme": ("themes: {default: IP-COMM}", "themes: {leader: IP-COMM}", "target_groups[0].themes.default", "missing"),
    "list where a text is due": ("programme: digital-skills-2025", "programme: [a, b]", "programme", "not_a_text"),
    "text where a list is due": ("legal_acts:\n  - number: 1/KH", "legal_acts: none\nx:\n  - number: 1/KH", "legal_acts", "not_a_list"),
    "neither yes nor no": ("    chosen: true", "    chosen: maybe", "rules[0].chosen", "not_yes_or_no"),
    "code with spaces": ("code: small-2025", "code: Small 2025", "code", "not_a_code"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_plan_says_where_and_what(name: str) -> None:
    old, new, path, code = BROKEN[name]
    assert old in SMALL
    found = refused(SMALL.replace(old, new, 1))
    assert (path, code) in {(e.path, e.code) for e in found.errors}
    for error in found.errors:
        said = plan_error_sentence(error)
        assert "%(" not in said and len(said) > 15


def test_every_error_is_told_at_once_with_its_line() -> None:
    found = refused(SMALL.replace("quota: 10", "quota: ten").replace('unit: "min"', "unit: hours"))
    assert [(e.path, e.code) for e in found.errors] == [
        ("target_groups[0].quota", "not_a_number"),
        ("rules[1].unit", "not_a_choice"),
    ]
    line = SMALL.splitlines().index("    quota: 10") + 1
    assert found.errors[0].line == line


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "x" * 600_000, "a: " + "[" * 5000, "\x00", "a: b\n---\nc: d\n"])
def test_what_is_no_plan_at_all_is_refused(text: str) -> None:
    assert refused(text).errors


def test_create_keeps_everything(world: World) -> None:
    plan = read_plan_file(SHIPPED.replace("code: binh-dinh-2025", "code: second", 1))
    campaign = create_campaign(actor=world.actor(Role.MANAGER), plan=plan)
    assert campaign.owner == world.organisations["52"]
    assert campaign.state == "draft"
    assert Rule.objects.filter(campaign=campaign).count() == len(plan.rules)
    assert LegalAct.objects.count() == len(plan.acts)
    assert campaign.plan_file == plan.text


def test_create_takes_quotas_from_the_rosters(world: World) -> None:
    plan = read_plan_file(SMALL)
    campaign = create_campaign(actor=SYSTEM, plan=plan, quotas={"XA": 3})
    assert campaign.target_groups.get().quota == 3
    assert isinstance(plan, CampaignPlan) and plan.groups[0].quota == 10


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("organiser: SNV", "organiser: XYZ", "organiser"),
        ("code: small-2025", "code: binh-dinh-2025", "code"),
        ('owner: "52"', "owner: [A, B]", "owner"),
    ],
)
def test_nothing_half_created(world: World, old: str, new: str, path: str) -> None:
    plan = read_plan_file(SMALL.replace(old, new))
    with pytest.raises(PlanRefused) as caught:
        create_campaign(actor=SYSTEM, plan=plan)
    assert [e.path for e in caught.value.errors] == [path]
    assert Campaign.objects.count() == 1
    assert LegalAct.objects.count() == 0


def test_only_the_manager_creates(world: World) -> None:
    with pytest.raises(NotAllowed):
        create_campaign(actor=world.actor(Role.OFFICE), plan=read_plan_file(SMALL))

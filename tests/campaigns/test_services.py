"""States, rules in force, events, directives, tasks: what goes through and what is refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from hocvu.campaigns.api import (
    add_event,
    add_task,
    campaign_acts,
    choose_rule,
    close_campaign,
    create_campaign,
    finish_task,
    issue_directive,
    read_plan_file,
    record_guest,
    report_on_directive,
    rules_in_force,
    set_group_quotas,
    shipped_plan,
    sign_campaign,
    start_campaign,
    target_groups,
    theme_of,
    visible_directives,
)
from hocvu.campaigns.models import Campaign, Directive, Rule
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line
from hocvu.ui.refusals import sentence
from tests.world import World

TEXT = {"vi": "Việc", "fr": "Chose", "en": "Thing"}


@pytest.fixture
def draft(world: World) -> Campaign:
    text = shipped_plan().replace("code: binh-dinh-2025", "code: draft", 1)
    return create_campaign(actor=SYSTEM, plan=read_plan_file(text))


def test_the_life_of_a_campaign(world: World, draft: Campaign) -> None:
    manager = world.actor(Role.MANAGER)
    with pytest.raises(Refused, match="wrong_state") as caught:
        start_campaign(actor=manager, campaign_id=draft.pk)
    assert "“" in sentence(caught.value)
    for step, state in ((sign_campaign, "signed"), (start_campaign, "running"), (close_campaign, "closed")):
        assert step(actor=manager, campaign_id=draft.pk).state == state
    actions = Line.objects.order_by("sequence").values_list("action", flat=True)
    assert list(actions)[-3:] == ["campaigns.sign", "campaigns.start", "campaigns.close"]
    with pytest.raises(Refused, match=r"campaigns\.closed"):
        choose_rule(actor=manager, rule_id=Rule.objects.filter(campaign=draft).first().pk)
    with pytest.raises(Refused, match=r"campaigns\.closed"):
        set_group_quotas(actor=manager, campaign_id=draft.pk, quotas={"XA": 1})


def test_signing_needs_acts_people_and_rules(world: World, draft: Campaign) -> None:
    Rule.objects.filter(campaign=draft, key="resits").update(chosen=False)
    set_group_quotas(actor=SYSTEM, campaign_id=draft.pk, quotas={g.code: 0 for g in target_groups(draft.pk)})
    with pytest.raises(Refused) as caught:
        sign_campaign(actor=SYSTEM, campaign_id=draft.pk)
    assert caught.value.data["missing"] == ["people", "resits"]
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.MANAGER, Role.SYSTEM}])
def test_nobody_else_runs_a_campaign(world: World, draft: Campaign, role: Role) -> None:
    actor = world.actor(role)
    for deed in (sign_campaign, start_campaign, close_campaign):
        with pytest.raises(NotAllowed):
            deed(actor=actor, campaign_id=draft.pk)
    with pytest.raises(NotAllowed):
        choose_rule(actor=actor, rule_id=Rule.objects.first().pk)


def test_another_alternative_in_force(world: World, draft: Campaign) -> None:
    day = date(2025, 6, 18)
    assert rules_in_force(draft.pk, day)["attendance_pct"].value == 100
    lower = Rule.objects.get(campaign=draft, key="attendance_pct", value=80)
    choose_rule(actor=world.actor(Role.MANAGER), rule_id=lower.pk)
    found = rules_in_force(draft.pk, day)["attendance_pct"]
    assert (found.value, found.certainty) == (Decimal(80), "unverified")
    assert Rule.objects.filter(campaign=draft, key="attendance_pct", chosen=True).count() == 1
    assert Line.objects.last().data["before"] == ["100.000"]


def test_rules_are_dated(world: World, draft: Campaign) -> None:
    old = Rule.objects.get(campaign=draft, key="pass_mark")
    Rule.objects.filter(pk=old.pk).update(in_force_to=date(2025, 7, 1))
    new = Rule.objects.create(
        campaign=draft, key="pass_mark", value=6, unit="/10", label=TEXT, in_force_from=date(2025, 7, 1),
        source="test", certainty="invented",
    )  # fmt: skip
    choose_rule(actor=SYSTEM, rule_id=new.pk)
    assert rules_in_force(draft.pk, date(2025, 6, 30))["pass_mark"].value == 5
    assert rules_in_force(draft.pk, date(2025, 7, 1))["pass_mark"].value == 6
    assert "pass_mark" not in rules_in_force(draft.pk, date(2020, 1, 1))


def test_acts_in_the_order_of_the_plan_and_shared_between_campaigns(world: World, draft: Campaign) -> None:
    numbers = [act.number for act in campaign_acts(draft.pk)]
    assert numbers[0] == "57-NQ/TW" and numbers[-1] == "109/KH-UBND"
    text = shipped_plan().replace("code: binh-dinh-2025", "code: again", 1)
    again = create_campaign(actor=SYSTEM, plan=read_plan_file(text))
    assert [a.uuid for a in campaign_acts(again.pk)] == [a.uuid for a in campaign_acts(draft.pk)]


@pytest.mark.parametrize(
    ("group", "job_group", "sector", "theme"),
    [
        ("SN", "specialist", "party", "IP-PARTY"),
        ("SN", "clerk", "state", "IP-ADMIN"),
        ("GD", "teacher", "education", "ON-TEACH"),
        ("GD", "leader", "education", "ON-SCHMGT"),
        ("YT", "nurse", "health", "ON-NURSE"),
        ("ZZ", "nurse", "health", "ZZ"),
    ],
)
def test_theme_of_a_person(draft: Campaign, group: str, job_group: str, sector: str, theme: str) -> None:
    assert theme_of(draft.facts, group, job_group, sector) == theme


def test_guests_answer_and_a_name_is_kept_only_for_who_comes(world: World) -> None:
    manager = world.actor(Role.MANAGER)
    start = clock.now()
    event = add_event(actor=manager, campaign_id=world.campaign.pk, kind="meeting", title=TEXT, starts_at=start,
                      place=TEXT, guests=[TEXT])  # fmt: skip
    guest = event.guests.get()
    guest = record_guest(actor=manager, event_id=event.pk, guest_id=guest.pk, state="coming", name="Đại biểu A")
    assert (guest.state, guest.name) == ("coming", "Đại biểu A")
    guest = record_guest(actor=manager, event_id=event.pk, guest_id=guest.pk, state="declined")
    assert guest.name == ""
    assert record_guest(actor=manager, event_id=event.pk, office=TEXT).ordinal == 2
    with pytest.raises(Refused, match="guest_without_office"):
        record_guest(actor=manager, event_id=event.pk)
    with pytest.raises(Refused, match="event_ends_before"):
        add_event(actor=manager, campaign_id=world.campaign.pk, kind="meeting", title=TEXT, starts_at=start,
                  ends_at=start - timedelta(hours=1), place=TEXT)  # fmt: skip


def directive(world: World, organisation: str = "XA1") -> Directive:
    return issue_directive(
        actor=world.actor(Role.LEADER), campaign_id=world.campaign.pk, text=TEXT,
        organisation_id=world.organisations[organisation].pk, due_on=date(2025, 6, 20),
    )  # fmt: skip


def test_the_organisation_concerned_reports_and_the_leader_ends_it(world: World) -> None:
    row = directive(world)
    assert row.issuer == world.organisations["52"].name
    for role in (Role.FOCAL_POINT, Role.HEAD, Role.MANAGER):
        report_on_directive(actor=world.actor(role), directive_id=row.pk, text="Đã làm")
    with pytest.raises(NotAllowed):
        report_on_directive(actor=world.actor(Role.HEAD), directive_id=row.pk, text="Xong", state="done")
    report_on_directive(actor=world.actor(Role.LEADER), directive_id=row.pk, text="Đồng ý", state="done")
    row.refresh_from_db()
    assert (row.state, row.steps.count()) == ("done", 4)
    with pytest.raises(Refused, match="directive_ended"):
        report_on_directive(actor=world.actor(Role.HEAD), directive_id=row.pk, text="Thêm")


def test_others_neither_see_nor_report(world: World) -> None:
    row = directive(world, "TH1")
    for role in (Role.FOCAL_POINT, Role.HEAD, Role.OFFICE, Role.REVIEWER, Role.TRAINEE, Role.OPERATOR):
        actor = world.actor(role)
        assert not visible_directives(actor).filter(pk=row.pk).exists()
        with pytest.raises(NotAllowed):
            report_on_directive(actor=actor, directive_id=row.pk, text="Đã làm")
    with pytest.raises(NotAllowed):
        issue_directive(actor=world.actor(Role.OFFICE), campaign_id=world.campaign.pk, text=TEXT,
                        organisation_id=world.organisations["TH1"].pk, due_on=date(2025, 6, 20))  # fmt: skip


def test_a_directive_needs_a_deadline_to_come_and_a_report_a_text(world: World) -> None:
    with pytest.raises(Refused, match="due_before") as caught:
        issue_directive(actor=world.actor(Role.LEADER), campaign_id=world.campaign.pk, text=TEXT,
                        organisation_id=world.organisations["XA1"].pk, due_on=date(2025, 6, 17))  # fmt: skip
    assert "17/06/2025" in sentence(caught.value)
    row = directive(world)
    with pytest.raises(Refused, match="report_without_text"):
        report_on_directive(actor=world.actor(Role.HEAD), directive_id=row.pk, text="  ")


def test_an_office_without_scope_answers_for_its_campaigns_body(world: World) -> None:
    row = directive(world, "QNU")
    anywhere = Actor(Role.OFFICE, "phòng đào tạo")
    assert visible_directives(anywhere).filter(pk=row.pk).exists()
    assert not visible_directives(Actor(Role.HEAD, "không đơn vị")).exists()


def test_a_task_is_finished_by_its_owner(world: World) -> None:
    task = add_task(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk, title=TEXT,
                    organisation_id=world.organisations["QNU"].pk, due_on=date(2025, 6, 20))  # fmt: skip
    with pytest.raises(NotAllowed):
        finish_task(actor=world.actor(Role.REVIEWER), task_id=task.pk)
    with pytest.raises(NotAllowed):
        finish_task(actor=world.actor(Role.OFFICE), task_id=task.pk, state="dropped")
    done = finish_task(actor=world.actor(Role.OFFICE), task_id=task.pk, note="Xong")
    assert (done.state, done.note, done.done_at) == ("done", "Xong", clock.now())
    with pytest.raises(Refused, match="task_already"):
        finish_task(actor=world.actor(Role.OFFICE), task_id=task.pk)

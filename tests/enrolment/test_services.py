"""Quotas, names, replacement, approval: what goes through, and each thing that is refused."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from hocvu.campaigns.models import TargetGroup
from hocvu.enrolment.api import (
    NameRow,
    QuotaRow,
    approve_lists,
    approved_nominations,
    call_agencies,
    confirm_release,
    list_progress,
    name_people,
    remind_agencies,
    replace_person,
    return_list,
    set_quotas,
    set_unavailable,
    submit_lists,
    withdraw_person,
)
from hocvu.enrolment.models import AgencyList, Nomination, Quota
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line
from hocvu.people.models import Person
from hocvu.post.models import Letter
from hocvu.ui.refusals import sentence
from tests.world import World, organisation, person

BEFORE = datetime(2025, 6, 8, 2, tzinfo=UTC)


@pytest.fixture
def agency(world: World) -> AgencyList:
    """An open list of the commune XA1: 20 staff, 2 seats for XA, 1 for LD; three people, none named."""
    clock.set_source(lambda: BEFORE)
    Quota.objects.all().delete()
    home = world.organisations["XA1"]
    Nomination.objects.filter(organisation=home).update(state="withdrawn")
    AgencyList.objects.filter(organisation=home).delete()
    rows = [QuotaRow(home.pk, "XA", 2, 20, {"specialist": 20}), QuotaRow(home.pk, "LD", 1, 20)]
    set_quotas(actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=rows)
    return AgencyList.objects.get(organisation=home)


@pytest.fixture
def people(world: World) -> list[Person]:
    home = world.organisations["XA1"]
    return [person(name, home) for name in ("Nguyễn Văn Một", "Trần Thị Hai", "Lê Văn Ba")]


def name(world: World, actor: Actor, people: Sequence[Person], group: str = "XA", org: str = "XA1") -> int:
    rows = [NameRow(p.pk, world.organisations[org].pk, group) for p in people]
    return name_people(actor=actor, campaign_id=world.campaign.pk, rows=rows)


def refusal(code: str) -> "pytest.RaisesContext[Refused]":  # type: ignore[name-defined]
    return pytest.raises(Refused, match=code.replace(".", r"\."))


def test_a_list_from_names_to_approval(world: World, agency: AgencyList, people: list[Person]) -> None:
    focal, head, campaign = world.actor(Role.FOCAL_POINT), world.actor(Role.HEAD), world.campaign.pk
    org = [agency.organisation_id]
    before = list_progress(campaign)
    assert name(world, focal, people[:2]) == 2
    assert confirm_release(actor=focal, campaign_id=campaign, organisation_ids=org) == 2
    assert submit_lists(actor=focal, campaign_id=campaign, organisation_ids=org) == 1
    assert not approved_nominations(campaign).filter(organisation_id=agency.organisation_id).exists()
    assert approve_lists(actor=head, campaign_id=campaign, organisation_ids=org) == 1
    found = approved_nominations(campaign).filter(organisation_id=agency.organisation_id)
    assert [n.person_id for n in found] == [p.pk for p in people[:2]]
    assert {n.job_group for n in found} == {"specialist"}
    after = list_progress(campaign)
    assert (after.approved - before.approved, after.named - before.named) == (1, 2)
    assert list(Line.objects.order_by("sequence").values_list("action", flat=True))[-4:] == [
        "enrolment.name_people", "enrolment.confirm_release", "enrolment.submit_lists", "enrolment.approve_lists",
    ]  # fmt: skip


def test_over_quota_names_nobody(world: World, agency: AgencyList, people: list[Person]) -> None:
    with refusal("enrolment.over_quota") as caught:
        name(world, world.actor(Role.FOCAL_POINT), people)
    assert (caught.value.data["seats"], caught.value.data["more"]) == (2, 3)
    assert "XA" in sentence(caught.value)
    assert Nomination.objects.filter(person__in=people).count() == 0


def test_a_person_of_another_agency(world: World, agency: AgencyList) -> None:
    stranger = person("Phạm Văn Lạ", world.organisations["TH1"])
    with refusal("enrolment.other_agency") as caught:
        name(world, world.actor(Role.FOCAL_POINT), [stranger])
    assert "Phạm Văn Lạ" in sentence(caught.value)


def test_an_agency_outside_the_scope(world: World, agency: AgencyList) -> None:
    teacher = person("Phạm Văn Lạ", world.organisations["TH1"])
    with refusal("enrolment.not_your_agency"):
        name(world, world.actor(Role.FOCAL_POINT), [teacher], "GD", "TH1")


def test_named_twice_in_one_go_or_again(world: World, agency: AgencyList, people: list[Person]) -> None:
    focal = world.actor(Role.FOCAL_POINT)
    with refusal("enrolment.named_twice"):
        name(world, focal, [people[0], people[0]])
    name(world, focal, people[:1])
    with refusal("enrolment.named_twice"):
        name(world, focal, people[:1], "LD")


def test_the_police_group_takes_police_only(world: World, agency: AgencyList, people: list[Person]) -> None:
    home = world.organisations["XA1"].pk
    set_quotas(actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[QuotaRow(home, "CA", 1, 20)])
    with refusal("enrolment.restricted_group"):
        name(world, world.actor(Role.FOCAL_POINT), people[:1], "CA")


def test_a_restricted_agency_is_closed_to_the_body_above(world: World, agency: AgencyList) -> None:
    officer = person("Võ Văn Kín", world.organisations["CA1"], restricted=True)
    above = Actor(Role.FOCAL_POINT, "đầu mối tỉnh", organisation_id=world.organisations["52"].pk)
    with refusal("enrolment.not_your_agency"):
        name(world, above, [officer], "CA", "CA1")
    set_quotas(
        actor=SYSTEM,
        campaign_id=world.campaign.pk,
        due_on=date(2025, 6, 9),
        rows=[QuotaRow(world.organisations["CA1"].pk, "CA", 50, 90)],
    )
    AgencyList.objects.filter(organisation=world.organisations["CA1"]).update(state="open")
    own = Actor(Role.FOCAL_POINT, "đầu mối công an", organisation_id=world.organisations["CA1"].pk)
    assert name(world, own, [officer], "CA", "CA1") == 1


def test_after_the_deadline_only_the_manager(world: World, agency: AgencyList, people: list[Person]) -> None:
    clock.set_source(lambda: datetime(2025, 6, 9, 17, 30, tzinfo=UTC))  # 00:30 on the 10th in Vietnam
    with refusal("enrolment.after_deadline") as caught:
        name(world, world.actor(Role.FOCAL_POINT), people[:1])
    assert "09/06/2025" in sentence(caught.value)
    assert name(world, world.actor(Role.MANAGER), people[:1]) == 1


def test_until_midnight_of_the_last_day_in_vietnam(world: World, agency: AgencyList, people: list[Person]) -> None:
    clock.set_source(lambda: datetime(2025, 6, 9, 16, 59, tzinfo=UTC))
    assert name(world, world.actor(Role.FOCAL_POINT), people[:1]) == 1


def test_a_returned_list_may_be_mended_for_three_days(world: World, agency: AgencyList, people: list[Person]) -> None:
    focal, head, org = world.actor(Role.FOCAL_POINT), world.actor(Role.HEAD), agency.organisation_id
    name(world, focal, people[:1])
    submit_lists(actor=focal, campaign_id=world.campaign.pk, organisation_ids=[org])
    with refusal("enrolment.list_handed_in"):
        name(world, focal, people[1:2])
    clock.set_source(lambda: datetime(2025, 6, 10, 2, tzinfo=UTC))
    with refusal("enrolment.reason_missing"):
        return_list(actor=head, campaign_id=world.campaign.pk, organisation_id=org, reason="  ")
    return_list(actor=head, campaign_id=world.campaign.pk, organisation_id=org, reason="Thiếu một người")
    clock.set_source(lambda: datetime(2025, 6, 13, 2, tzinfo=UTC))
    assert name(world, focal, people[1:2]) == 1
    clock.set_source(lambda: datetime(2025, 6, 14, 2, tzinfo=UTC))
    with refusal("enrolment.after_deadline"):
        submit_lists(actor=focal, campaign_id=world.campaign.pk, organisation_ids=[org])


def test_an_empty_list_is_not_handed_in(world: World, agency: AgencyList) -> None:
    with refusal("enrolment.empty_list"):
        submit_lists(
            actor=world.actor(Role.FOCAL_POINT),
            campaign_id=world.campaign.pk,
            organisation_ids=[agency.organisation_id],
        )


def test_the_head_does_not_name_and_the_focal_point_does_not_approve(
    world: World, agency: AgencyList, people: list[Person]
) -> None:
    with pytest.raises(NotAllowed):
        name(world, world.actor(Role.HEAD), people[:1])
    with pytest.raises(NotAllowed):
        approve_lists(
            actor=world.actor(Role.FOCAL_POINT),
            campaign_id=world.campaign.pk,
            organisation_ids=[agency.organisation_id],
        )


def test_approval_needs_a_list_handed_in(world: World, agency: AgencyList) -> None:
    with refusal("enrolment.wrong_list_state"):
        approve_lists(
            actor=world.actor(Role.HEAD), campaign_id=world.campaign.pk, organisation_ids=[agency.organisation_id]
        )


def test_replacing_after_approval_keeps_the_trace_and_asks_the_head(
    world: World, agency: AgencyList, people: list[Person]
) -> None:
    focal, head, org = world.actor(Role.FOCAL_POINT), world.actor(Role.HEAD), [agency.organisation_id]
    name(world, focal, people[:1])
    submit_lists(actor=focal, campaign_id=world.campaign.pk, organisation_ids=org)
    approve_lists(actor=head, campaign_id=world.campaign.pk, organisation_ids=org)
    old = Nomination.objects.get(person=people[0])
    clock.set_source(lambda: datetime(2025, 6, 16, 2, tzinfo=UTC))
    new = replace_person(actor=focal, nomination_id=old.pk, person_id=people[2].pk, reason="Đi công tác")
    old.refresh_from_db()
    agency.refresh_from_db()
    assert (old.state, old.reason, new.state, new.replaces_id, agency.state) == (
        "replaced", "Đi công tác", "named", old.pk, "submitted",
    )  # fmt: skip
    approve_lists(actor=head, campaign_id=world.campaign.pk, organisation_ids=org)
    assert [n.person_id for n in approved_nominations(world.campaign.pk).filter(organisation_id=org[0])] == [
        people[2].pk
    ]
    other = replace_person(actor=SYSTEM, nomination_id=new.pk, person_id=people[0].pk, reason="Đổi lại")
    assert other.state == "approved"


def test_replacing_refuses_strangers_and_people_named_already(
    world: World, agency: AgencyList, people: list[Person]
) -> None:
    focal = world.actor(Role.FOCAL_POINT)
    name(world, focal, people[:2])
    row = Nomination.objects.get(person=people[0])
    with refusal("enrolment.named_twice"):
        replace_person(actor=focal, nomination_id=row.pk, person_id=people[1].pk, reason="x")
    with refusal("enrolment.other_agency"):
        replace_person(
            actor=focal, nomination_id=row.pk, person_id=person("A B", world.organisations["TH1"]).pk, reason="x"
        )
    row.refresh_from_db()
    assert row.state == "named"


def test_withdrawing_frees_a_seat(world: World, agency: AgencyList, people: list[Person]) -> None:
    focal = world.actor(Role.FOCAL_POINT)
    name(world, focal, people[:2])
    row = Nomination.objects.get(person=people[0])
    withdraw_person(actor=focal, nomination_id=row.pk, reason="Nghỉ thai sản")
    with refusal("enrolment.not_live"):
        withdraw_person(actor=focal, nomination_id=row.pk, reason="x")
    assert name(world, focal, people[2:]) == 1


def test_a_nomination_of_another_agency_cannot_be_touched(world: World, agency: AgencyList) -> None:
    theirs = Nomination.objects.filter(organisation=world.organisations["TH1"]).first()
    with refusal("enrolment.not_your_agency"):
        withdraw_person(actor=world.actor(Role.FOCAL_POINT), nomination_id=theirs.pk, reason="x")


def test_days_away_are_days_of_the_campaign(world: World, agency: AgencyList, people: list[Person]) -> None:
    focal = world.actor(Role.FOCAL_POINT)
    name(world, focal, people[:1])
    row = Nomination.objects.get(person=people[0])
    days = ["2025-06-12", "2025-06-11", "2025-06-12"]
    assert set_unavailable(actor=focal, nomination_id=row.pk, days=days).unavailable == ["2025-06-11", "2025-06-12"]
    with refusal("enrolment.day_outside"):
        set_unavailable(actor=focal, nomination_id=row.pk, days=["2025-07-01"])
    with refusal("enrolment.not_a_day"):
        set_unavailable(actor=focal, nomination_id=row.pk, days=["12/06"])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("ZZ", 1, 20)], "enrolment.unknown_group"),
        ([("XA", 1, 20), ("XA", 2, 20)], "enrolment.quota_twice"),
        ([("XA", 15, 20), ("LD", 6, 20)], "enrolment.quota_over_staff"),
        ([("XA", 1, 20)], "enrolment.quota_below_names"),
    ],
)
def test_quotas_that_cannot_be(
    world: World, agency: AgencyList, people: list[Person], rows: list[tuple[str, int, int]], code: str
) -> None:
    name(world, SYSTEM, people[:2])
    with refusal(code):
        set_quotas(
            actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk, due_on=date(2025, 6, 9),
            rows=[QuotaRow(agency.organisation_id, *row) for row in rows],
        )  # fmt: skip
    assert Quota.objects.get(organisation=agency.organisation, target_group__code="XA").seats == 2


def test_a_quota_set_again_changes_only_itself(world: World, agency: AgencyList) -> None:
    set_quotas(
        actor=SYSTEM,
        campaign_id=world.campaign.pk,
        due_on=date(2025, 6, 10),
        rows=[QuotaRow(agency.organisation_id, "XA", 5, 25)],
    )
    seats = dict(Quota.objects.filter(organisation=agency.organisation).values_list("target_group__code", "seats"))
    assert seats == {"XA": 5, "LD": 1}
    agency.refresh_from_db()
    assert (agency.due_on, agency.headcount) == (date(2025, 6, 10), 25)


def test_only_the_manager_sets_quotas_and_writes_letters(world: World, agency: AgencyList) -> None:
    for role in (Role.FOCAL_POINT, Role.HEAD, Role.OFFICE, Role.LEADER):
        with pytest.raises(NotAllowed):
            set_quotas(actor=world.actor(role), campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[])
        with pytest.raises(NotAllowed):
            remind_agencies(actor=world.actor(role), campaign_id=world.campaign.pk)


def test_reminders_go_to_those_who_have_not_answered(world: World, agency: AgencyList, people: list[Person]) -> None:
    waiting = organisation("XA2", "Ủy ban nhân dân xã Nhơn Hội", kind="commune", sector="commune")
    set_quotas(
        actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[QuotaRow(waiting.pk, "XA", 3, 9)]
    )
    manager = world.actor(Role.MANAGER)
    assert remind_agencies(actor=manager, campaign_id=world.campaign.pk) == 2
    held = {letter.organisation_id_value: letter for letter in Letter.objects.all()}
    assert set(held) == {agency.organisation_id, waiting.pk}
    assert held[waiting.pk].state == "paper" and held[waiting.pk].receiver == waiting.name_vi
    assert "09/06/2025" in held[waiting.pk].subject
    name(world, SYSTEM, people[:1])
    submit_lists(actor=SYSTEM, campaign_id=world.campaign.pk, organisation_ids=[agency.organisation_id])
    assert (
        remind_agencies(
            actor=manager, campaign_id=world.campaign.pk, organisation_ids=[agency.organisation_id, waiting.pk]
        )
        == 1
    )
    AgencyList.objects.update(state="approved")
    with refusal("enrolment.nobody_to_remind"):
        remind_agencies(actor=manager, campaign_id=world.campaign.pk)


def test_the_call_goes_to_every_agency(world: World, agency: AgencyList) -> None:
    assert call_agencies(actor=SYSTEM, campaign_id=world.campaign.pk) == AgencyList.objects.count()


def test_a_closed_campaign_takes_no_names(world: World, agency: AgencyList, people: list[Person]) -> None:
    world.campaign.state = "closed"
    world.campaign.save()
    with refusal("campaigns.closed"):
        name(world, SYSTEM, people[:1])


def test_bulk_asks_the_same_number_of_queries(world: World, agency: AgencyList, django_assert_max_num_queries) -> None:
    home = world.organisations["XA1"]
    TargetGroup.objects.filter(code="XA").update(quota=500)
    many = [person(f"Nguyễn Văn {n}", home) for n in range(60)]
    set_quotas(
        actor=SYSTEM, campaign_id=world.campaign.pk, due_on=date(2025, 6, 9), rows=[QuotaRow(home.pk, "XA", 99, 120)]
    )
    with django_assert_max_num_queries(22):
        assert name(world, SYSTEM, many) == 60

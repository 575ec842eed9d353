"""The doors of evaluation on the database."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hocvu.evaluation.api import (
    AnswerRow,
    answer,
    answer_many,
    expire_late,
    make_forms,
    plan_sending,
    remind,
    results,
    send_invitations,
)
from hocvu.evaluation.models import Form, Invitation, Response
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line
from hocvu.people.api import SuccessionRow, apply_successions, record_successions
from hocvu.people.models import Person, Posting, RoleGrant
from hocvu.post.models import Letter
from tests.world import World, organisation, person

pytestmark = pytest.mark.django_db


def send(world: World, kind: str, month: int = 0, **more) -> int:
    return send_invitations(
        actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk, kind=kind, month=month, **more
    )


def full(form: Form, mark: int = 9) -> dict[str, int]:
    return {one["code"]: mark for one in form.indicators}


def trainee(world: World, code: str, number: int = 0) -> Actor:
    who = world.placements[code][number].person
    return Actor(Role.TRAINEE, who.full_name, None, who.pk)


def test_forms_are_made_once_and_brought_up_to_date_until_answered(world: World, forms) -> None:
    form = forms["reaction", 0]
    assert sorted(forms) == sorted(
        [("baseline", 0), ("reaction", 0), *((f"follow_up_{w}", m) for w in ("self", "superior") for m in (1, 3, 6))]
    )
    assert [len(f.indicators) for f in (forms["baseline", 0], form, forms["follow_up_self", 3])] == [10, 26, 10]
    assert len({one["object"] for one in form.indicators}) == 6

    Form.objects.filter(pk=form.pk).update(title={"vi": "cũ"})
    make_forms(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk)
    form.refresh_from_db()
    assert form.title["vi"] != "cũ"

    send(world, "reaction", placement_ids=[world.placements["TT-001"][0].pk])
    answer_many(actor=SYSTEM, rows=[AnswerRow(Invitation.objects.get().pk, full(form))])
    Form.objects.filter(pk=form.pk).update(title={"vi": "cũ"})
    make_forms(actor=world.actor(Role.MANAGER), campaign_id=world.campaign.pk)
    form.refresh_from_db()
    assert form.title["vi"] == "cũ"


def test_self_and_superior_are_asked_the_same_competences(forms) -> None:
    codes = [
        [one["code"] for one in forms[key].indicators]
        for key in (("baseline", 0), ("follow_up_self", 6), ("follow_up_superior", 6))
    ]

    assert codes[0] == codes[1] == codes[2]
    assert "XA" in forms["follow_up_self", 1].indicators[7]["variants"]


@pytest.mark.parametrize("role", [Role.TRAINEE, Role.OFFICE, Role.LEADER, Role.HEAD, Role.OPERATOR])
def test_only_the_manager_sends(world: World, forms, role: Role) -> None:
    with pytest.raises(NotAllowed):
        send_invitations(actor=world.actor(role), campaign_id=world.campaign.pk, kind="baseline", month=0)


def test_reaction_goes_to_those_whose_class_is_over_and_who_came(world: World, forms) -> None:
    lines = Line.objects.count()

    assert send(world, "reaction") == 6  # TT-001 only: TR-001 still runs, TT-003 is to come

    assert set(Invitation.objects.values_list("placement__cohort__code", flat=True)) == {"TT-001"}
    assert Line.objects.count() == lines + 1
    assert Line.objects.latest("sequence").count == 6
    assert send(world, "reaction") == 0  # asked before


def test_baseline_goes_to_everyone(world: World, forms) -> None:
    assert send(world, "baseline") == 24


def test_a_form_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refused:
        send(world, "reaction")
    assert refused.value.code == "evaluation.no_form"


def test_letters_go_to_people_with_an_address_and_to_the_agency_of_the_others(world: World, forms) -> None:
    reached = world.placements["TT-001"][0].person
    Person.objects.filter(pk=reached.pk).update(email="anh@example.vn")

    send(world, "reaction")

    by_mail, on_paper = Letter.objects.get(state="waiting"), Letter.objects.get(state="paper")
    assert by_mail.address == "anh@example.vn"
    assert reached.full_name in by_mail.body and "02/07/2025" in by_mail.body
    assert on_paper.organisation_id_value == world.organisations["XA1"].pk
    assert "5 người" in on_paper.body and reached.full_name not in on_paper.body


def test_follow_up_goes_to_the_successor_and_to_its_head(world: World, forms) -> None:
    new = organisation(
        "XA9",
        "Ủy ban nhân dân phường Quy Nhơn Đông",
        kind="commune",
        valid_from=date(2025, 7, 1),
        parent=world.organisations["52"],
    )
    record_successions(actor=SYSTEM, rows=[SuccessionRow("XA1", "XA9", date(2025, 7, 1))])
    clock.set_source(lambda: clock.at(date(2025, 7, 1), 0, 5))
    apply_successions(actor=SYSTEM, on=date(2025, 7, 1))
    chief = person("Cao Thị Bình", new, job_group="leader")
    clock.set_source(lambda: clock.at(date(2025, 7, 24), 8))

    assert send(world, "follow_up_self", 1) == 12  # TT-001 and TR-001 came
    assert send(world, "follow_up_superior", 1) == 6  # the school has no leader, nor has anything above it

    own = Invitation.objects.filter(form__kind="follow_up_self", placement__cohort__code="TT-001")
    assert set(own.values_list("organisation_id", flat=True)) == {new.pk}
    asked = Invitation.objects.filter(form__kind="follow_up_superior")
    assert set(asked.values_list("respondent_id", "organisation_id")) == {(chief.pk, new.pk)}
    assert set(asked.values_list("placement_id", flat=True)) == {p.pk for p in world.placements["TT-001"]}


def test_the_heads_account_goes_before_leaders_and_nobody_judges_themselves(world: World, forms, after) -> None:
    home, root = world.organisations["XA1"], world.organisations["52"]
    head = world.placements["TT-001"][0].person  # the head was a trainee too
    account = world.accounts[Role.HEAD]
    account.person = head
    account.save()
    person("Bùi Văn An", home, job_group="leader")
    above = person("Lý Thị Cẩm", root, job_group="leader")
    RoleGrant.objects.filter(account=account).update(organisation=home)

    send(world, "follow_up_superior", 1, placement_ids=[p.pk for p in world.placements["TT-001"]])

    asked = dict(Invitation.objects.values_list("placement__person_id", "respondent_id"))
    assert asked.pop(head.pk) == above.pk
    assert set(asked.values()) == {head.pk}


def test_who_left_service_is_asked_in_the_body_that_followed(world: World, forms) -> None:
    who = world.placements["TT-001"][0].person
    new = organisation("XA9", "Phường mới", kind="commune", valid_from=date(2025, 7, 1))
    record_successions(actor=SYSTEM, rows=[SuccessionRow("XA1", "XA9", date(2025, 7, 1))])
    Posting.objects.filter(person=who).update(ends_on=date(2025, 6, 30))
    clock.set_source(lambda: clock.at(date(2025, 7, 24), 8))

    send(world, "follow_up_self", 1, placement_ids=[world.placements["TT-001"][0].pk])

    assert Invitation.objects.get().organisation_id == new.pk


def test_plan_sending_says_what_sending_does(world: World, forms, after) -> None:
    plan = plan_sending(campaign_id=world.campaign.pk, kind="follow_up_superior", month=1)

    assert (plan.people, plan.respondents, plan.without_superior, plan.asked_before) == (12, 0, 12, 0)
    assert Invitation.objects.count() == 0


def test_an_answer_is_given_once_by_the_person_asked(world: World, forms) -> None:
    send(world, "reaction")
    invitation = Invitation.objects.get(respondent=world.placements["TT-001"][0].person)
    form = forms["reaction", 0]

    with pytest.raises(NotAllowed):
        answer(actor=trainee(world, "TT-001", 1), invitation_id=invitation.pk, scores=full(form))
    given = answer(
        actor=trainee(world, "TT-001"),
        invitation_id=invitation.pk,
        scores=full(form),
        words={"best": "  Ký số\u200b  "},
    )

    assert (given.valid, given.blanks, given.words) == (True, 0, {"best": "Ký số"})
    with pytest.raises(Refused) as refused:
        answer(actor=trainee(world, "TT-001"), invitation_id=invitation.pk, scores=full(form))
    assert refused.value.code == "evaluation.answered_already"


def test_two_blanks_of_26_make_a_form_invalid_and_keep_it(world: World, forms) -> None:
    send(world, "reaction")
    form = forms["reaction", 0]
    one, two = Invitation.objects.order_by("pk")[:2]
    missing_one = {c: m for c, m in full(form).items() if c != "P1"}
    missing_two = {c: m for c, m in missing_one.items() if c != "P2"}

    answer_many(actor=SYSTEM, rows=[AnswerRow(one.pk, missing_one), AnswerRow(two.pk, missing_two)])

    assert list(Response.objects.order_by("pk").values_list("blanks", "valid")) == [(1, True), (2, False)]
    found = results(form.pk)
    assert (found.sent, found.answered, found.valid) == (6, 2, 1)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"scores": {"P1": 11}}, "evaluation.wrong_mark"),
        ({"scores": {"nonsense": 5}}, "evaluation.wrong_mark"),
        ({"scores": {}, "words": {"nonsense": "x"}}, "evaluation.no_question"),
        ({"scores": {}, "words": {"best": "x" * 2001}}, "evaluation.words_too_long"),
    ],
)
def test_bad_answers_are_refused_whole(world: World, forms, row, code: str) -> None:
    send(world, "reaction")
    good, bad = Invitation.objects.order_by("pk")[:2]

    with pytest.raises(Refused) as refused:
        answer_many(actor=SYSTEM, rows=[AnswerRow(good.pk, full(forms["reaction", 0])), AnswerRow(bad.pk, **row)])

    assert refused.value.code == code
    assert Response.objects.count() == 0
    assert Invitation.objects.filter(state="answered").count() == 0


def test_the_same_invitation_twice_in_a_batch_is_refused(world: World, forms) -> None:
    send(world, "reaction")
    row = AnswerRow(Invitation.objects.all()[0].pk, full(forms["reaction", 0]))

    with pytest.raises(Refused):
        answer_many(actor=SYSTEM, rows=[row, row])


def test_trainees_cannot_answer_for_many(world: World, forms) -> None:
    with pytest.raises(NotAllowed):
        answer_many(actor=world.actor(Role.TRAINEE), rows=[])


def test_late_forms_expire_and_can_no_longer_be_answered(world: World, forms) -> None:
    send(world, "reaction")
    last = Invitation.objects.all()[0].due_on
    clock.set_source(lambda: clock.at(last, 23, 59))
    assert expire_late() == 0
    clock.set_source(lambda: clock.at(last + timedelta(days=1), 0, 1))

    with pytest.raises(Refused) as refused:
        answer_many(actor=SYSTEM, rows=[AnswerRow(Invitation.objects.all()[0].pk, full(forms["reaction", 0]))])
    assert refused.value.code == "evaluation.too_late"
    assert expire_late() == 6
    assert expire_late() == 0


def test_reminders_reach_only_those_who_are_silent_once_a_day(world: World, forms) -> None:
    send(world, "reaction")
    first = Invitation.objects.order_by("pk")[0]
    answer_many(actor=SYSTEM, rows=[AnswerRow(first.pk, full(forms["reaction", 0]))])
    Letter.objects.all().delete()
    form = forms["reaction", 0]

    assert remind(actor=world.actor(Role.MANAGER), form_id=form.pk) == 5
    assert remind(actor=world.actor(Role.MANAGER), form_id=form.pk) == 0
    assert "nhắc lại" in Letter.objects.get().subject
    clock.set_source(lambda: clock.at(date(2025, 6, 19), 7))
    assert remind(actor=world.actor(Role.FOCAL_POINT), form_id=form.pk) == 5


def test_an_agency_reminds_only_its_own(world: World, forms, after) -> None:
    send(world, "reaction")  # XA1 and the school
    form = forms["reaction", 0]

    assert Invitation.objects.count() == 12
    assert remind(actor=world.actor(Role.FOCAL_POINT), form_id=form.pk) == 6
    assert set(Invitation.objects.filter(reminded_at__isnull=False).values_list("organisation__code", flat=True)) == {
        "XA1"
    }
    with pytest.raises(NotAllowed):
        remind(actor=world.actor(Role.LEADER), form_id=form.pk)


def answered(world: World, form: Form, marks: dict[str, list[int]]) -> None:
    """Let the first people of each class answer with one mark throughout."""
    rows = []
    for code, given in marks.items():
        for place, mark in zip(world.placements[code], given, strict=False):
            rows.append(AnswerRow(Invitation.objects.get(form=form, placement=place).pk, full(form, mark)))
    answer_many(actor=SYSTEM, rows=rows)


def test_results_by_object_with_interval_and_silence(world: World, forms, after) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    answered(world, form, {"TT-001": [8, 8, 9, 9, 10, 10]})

    found = results(form.pk, "object")

    assert (found.sent, found.answered, found.valid, found.rate) == (12, 6, 6, 0.5)
    assert [row.key for row in found.rows] == [
        "programme",
        "trainees",
        "instructors",
        "facilities",
        "course",
        "effectiveness",
    ]
    first = found.rows[0]
    assert first.mean == 9 and first.band == "very_good"
    assert first.low is not None and first.high is not None and 8 < first.low < 9 < first.high < 10
    assert first.good == 1.0
    assert first.good_of_sent == 0.5  # the six who were silent are not counted as content


def test_results_grow_as_answers_come(world: World, forms, after) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    answered(world, form, {"TT-001": [8] * 6})
    assert results(form.pk).total.mean == 8
    answered(world, form, {"TR-001": [4] * 6})

    found = results(form.pk, "group")

    assert found.total.mean == 6
    assert {row.key: row.mean for row in found.rows} == {"XA": 8.0, "GD": 4.0}
    assert results(form.pk, "indicator").rows[0].mean == 6


def test_fewer_than_five_answers_are_hidden_with_enough_others(world: World, forms, after) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    answered(world, form, {"TT-001": [9] * 6, "TR-001": [3, 3]})

    found = results(form.pk, "organisation")

    assert found.total.mean is not None
    assert [(row.hidden, row.mean) for row in found.rows] == [(True, None), (True, None)]
    # with both shown or only one hidden, the two of the school would follow from the total


def test_nothing_is_shown_of_four_answers(world: World, forms) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    answered(world, form, {"TT-001": [9] * 4})

    assert all(row.mean is None and row.hidden for row in results(form.pk).rows)
    assert results(form.pk).total.hidden


def test_results_by_body_then_and_body_now(world: World, forms) -> None:
    new = organisation("XA9", "Phường mới", kind="commune", valid_from=date(2025, 7, 1))
    record_successions(actor=SYSTEM, rows=[SuccessionRow("XA1", "XA9", date(2025, 7, 1))])
    clock.set_source(lambda: clock.at(date(2025, 7, 1), 0, 5))
    apply_successions(actor=SYSTEM, on=date(2025, 7, 1))
    clock.set_source(lambda: clock.at(date(2025, 7, 24), 8))
    send(world, "follow_up_self", 1)
    form = forms["follow_up_self", 1]
    answered(world, form, {"TT-001": [7] * 6, "TR-001": [5] * 6})

    then = {row.key: row.mean for row in results(form.pk, "organisation").rows}
    now = {row.key: row.mean for row in results(form.pk, "organisation_now").rows}

    school = str(world.organisations["TH1"].pk)
    assert then == {str(world.organisations["XA1"].pk): 7, school: 5}
    assert now == {str(new.pk): 7, school: 5}


def test_answer_many_asks_the_database_little(world: World, forms, after) -> None:
    send(world, "reaction")
    form = forms["reaction", 0]
    ids = list(Invitation.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(
        connection,
    ) as one:
        answer_many(actor=SYSTEM, rows=[AnswerRow(ids[0], full(form))])
    with CaptureQueriesContext(connection) as many:
        answer_many(actor=SYSTEM, rows=[AnswerRow(pk, full(form)) for pk in ids[1:]])

    assert len(one) == len(many)

"""The doors the rehearsal and other apps call: bank, blueprint, sittings, papers, many at once, marks."""

from datetime import timedelta

import pytest

from hocvu.assessment.api import (
    SatRow,
    approve_items,
    best_marks,
    cancel_sitting,
    close_sitting,
    close_sittings,
    load_items,
    open_sitting,
    paper_keys,
    plan_resit,
    plan_sittings,
    prepare_attempts,
    remark_version,
    set_blueprint,
    shipped_items,
    sit_many,
    start_attempt,
    submit_version,
    void_attempt,
    write_item,
)
from hocvu.assessment.models import Answer, Attempt, Blueprint, Item, ItemVersion, Sitting
from hocvu.assessment.services.papers import met_items
from hocvu.campaigns.models import Rule
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.kernel.errors import Refused
from hocvu.ledger.models import Line
from hocvu.planning.models import LabGroup, Placement
from hocvu.post.models import Letter

from .bank import entry, small_bank, small_blueprint

pytestmark = pytest.mark.django_db
MIN = timedelta(minutes=1)


def test_the_shipped_bank_loads_once_and_is_approved(world):
    assert load_items(actor=SYSTEM, entries=shipped_items()) == len(shipped_items())
    assert load_items(actor=SYSTEM, entries=shipped_items()) == 0
    assert Item.objects.get(code="1.1-014").enemies == ["1.5-018"]
    assert ItemVersion.objects.get(item__code="1.4-017").fixed_order
    assert all("right" not in option for v in ItemVersion.objects.all() for option in v.options)
    assert approve_items(actor=world.actor(Role.REVIEWER)) == len(shipped_items())
    assert approve_items(actor=world.actor(Role.REVIEWER)) == 0
    assert set(ItemVersion.objects.values_list("state", flat=True)) == {"approved"}
    line = Line.objects.get(action="assessment.items_approved")
    assert (line.role, line.count) == ("reviewer", len(shipped_items()))


def test_one_fault_keeps_the_whole_file_out(world):
    bad = entry("X-2")
    bad["stem"]["en"] = " "
    with pytest.raises(Refused) as refused:
        load_items(actor=SYSTEM, entries=[entry("X-1"), bad])
    assert (refused.value.code, refused.value.data["first"]) == (
        "assessment.items_incomplete", "X-2: stem is missing in en"
    )  # fmt: skip
    assert Item.objects.count() == 0


def test_a_new_version_waits_while_the_approved_one_is_in_use(world):
    office, reviewer = world.actor(Role.OFFICE), world.actor(Role.REVIEWER)
    load_items(actor=office, entries=[entry("X-1")])
    approve_items(actor=reviewer)
    changed = entry("X-1", right="d")
    draft = write_item(actor=office, entry=changed)
    assert (draft.number, draft.state, draft.right_key) == (2, "draft", "d")
    assert write_item(actor=office, entry=changed).pk == draft.pk
    submit_version(actor=office, version_id=draft.pk)
    with pytest.raises(Refused) as refused:
        submit_version(actor=office, version_id=draft.pk)
    assert refused.value.code == "assessment.version_not_draft"
    remark_version(actor=reviewer, version_id=draft.pk, text="Câu hỏi chưa rõ.")
    with pytest.raises(Refused):
        approve_items(actor=reviewer, version_ids=[draft.pk])
    submit_version(actor=office, version_id=draft.pk)
    assert approve_items(actor=reviewer, version_ids=[draft.pk]) == 1
    states = dict(ItemVersion.objects.values_list("number", "state"))
    assert states == {1: "retired", 2: "approved"}


def test_sittings_are_planned_once_for_every_class_in_its_last_half_day(hall):
    world = hall.world
    assert Sitting.objects.count() == 4
    assert plan_sittings(actor=SYSTEM, plan_id=world.plan.pk) == 0
    room, online = hall.sitting("TT-002"), hall.sitting("TR-001")
    assert (clock.local(room.opens_at).strftime("%d %H:%M"), clock.local(room.closes_at).strftime("%H:%M")) == (
        "18 15:30",
        "16:10",
    )
    assert (clock.local(online.opens_at).strftime("%d %H:%M"), clock.local(online.closes_at).strftime("%H:%M")) == (
        "18 16:15",
        "17:00",
    )


def test_people_of_a_second_turn_sit_in_the_second_sitting(world):
    cohort = world.cohorts["TT-002"]
    first = LabGroup.objects.get(cohort=cohort)
    second = LabGroup.objects.create(cohort=cohort, ordinal=2, turn=2, lab=first.lab, size=2)
    late = [p.pk for p in world.placements["TT-002"][:2]]
    Placement.objects.filter(pk__in=late).update(lab_group=second)
    load_items(actor=SYSTEM, entries=small_bank())
    approve_items(actor=SYSTEM)
    set_blueprint(actor=SYSTEM, campaign_id=world.campaign.pk, data=small_blueprint())
    plan_sittings(actor=SYSTEM, plan_id=world.plan.pk)
    turns = {s.turn: s for s in Sitting.objects.filter(cohort=cohort)}
    assert prepare_attempts(actor=SYSTEM, sitting_ids=[s.pk for s in turns.values()]) == 6
    assert set(Attempt.objects.filter(sitting=turns[2]).values_list("placement_id", flat=True)) == set(late)
    assert clock.local(turns[2].opens_at).strftime("%H:%M") == "16:15"


def test_without_a_blueprint_or_with_too_few_items_it_says_so(world):
    with pytest.raises(Refused) as refused:
        plan_sittings(actor=SYSTEM, plan_id=world.plan.pk)
    assert refused.value.code == "assessment.no_blueprint"
    load_items(actor=SYSTEM, entries=small_bank(per_cell=1))
    approve_items(actor=SYSTEM)
    set_blueprint(actor=SYSTEM, campaign_id=world.campaign.pk, data=small_blueprint(count=2))
    plan_sittings(actor=SYSTEM, plan_id=world.plan.pk)
    with pytest.raises(Refused) as refused:
        prepare_attempts(actor=SYSTEM, sitting_ids=[Sitting.objects.first().pk])
    assert refused.value.code == "assessment.pool_too_small"
    assert (refused.value.data["wanted"], refused.value.data["available"]) == (2, 1)
    assert Attempt.objects.count() == 0


def test_the_shipped_blueprints_are_set_and_a_bad_one_is_refused(world):
    final = set_blueprint(actor=SYSTEM, campaign_id=world.campaign.pk)
    assert (final.code, final.minutes, sum(c["count"] for c in final.cells)) == ("final", 30, 30)
    assert Blueprint.objects.filter(campaign=world.campaign).count() == 2
    with pytest.raises(Refused):
        set_blueprint(actor=SYSTEM, campaign_id=world.campaign.pk, data=small_blueprint() | {"cells": []})


def test_papers_are_drawn_once_frozen_and_the_same_from_the_same_seed(hall):
    papers = {a.placement_id: (a.seed, a.paper) for a in Attempt.objects.all()}
    assert len(papers) == 24
    ids = list(Sitting.objects.values_list("pk", flat=True))
    assert prepare_attempts(actor=SYSTEM, sitting_ids=ids) == 0
    Attempt.objects.all().delete()
    assert prepare_attempts(actor=SYSTEM, sitting_ids=ids, seed=7) == 24
    first = {a.placement_id: a.paper for a in Attempt.objects.all()}
    Attempt.objects.all().delete()
    prepare_attempts(actor=SYSTEM, sitting_ids=ids, seed=7)
    assert {a.placement_id: a.paper for a in Attempt.objects.all()} == first
    line = Line.objects.filter(action="assessment.papers_drawn").last()
    assert (line.count, len(line.digest)) == (6, 64)


def test_opening_draws_the_paper_of_someone_who_came_later(hall, at):
    sitting = hall.sitting("TT-002")
    Attempt.objects.filter(placement=hall.world.placements["TT-002"][3]).delete()
    at(sitting.opens_at)
    hall.opened()
    assert Attempt.objects.filter(sitting=sitting).count() == 6


def test_a_sitting_does_not_open_hours_early_nor_after_it_closed(hall, at):
    with pytest.raises(Refused) as refused:
        hall.opened()
    assert refused.value.code == "assessment.too_early"
    sitting = hall.sitting("TT-002")
    at(sitting.opens_at)
    hall.opened()
    assert hall.opened().state == "open"
    close_sitting(actor=SYSTEM, sitting_id=sitting.pk)
    with pytest.raises(Refused) as refused:
        hall.opened()
    assert refused.value.code == "assessment.sitting_closed"


def test_opened_late_everyone_still_has_the_full_minutes(hall, at):
    sitting = hall.sitting("TT-002")
    at(sitting.opens_at + 20 * MIN)
    assert hall.opened().closes_at == sitting.opens_at + 50 * MIN


def test_many_sit_at_once_and_closing_scores_and_marks_the_absent(during):
    hall = during(minutes=25)
    assert hall.sat("TT-002", right=6, people=5) == 5
    sitting = hall.sitting("TT-002")
    close_sitting(actor=SYSTEM, sitting_id=sitting.pk)
    found = Attempt.objects.filter(sitting=sitting).order_by("placement_id")
    assert [(a.state, a.right, a.mark) for a in found] == [("scored", 6, 67)] * 5 + [("absent", None, None)]
    assert Answer.objects.filter(attempt__sitting=sitting).count() == 45
    line = Line.objects.get(action="assessment.sat")
    assert (line.count, len(line.digest)) == (5, 64)
    assert Line.objects.get(action="assessment.sitting_closed").data == {"absent": 1, "ended": 0}
    assert close_sitting(actor=SYSTEM, sitting_id=sitting.pk).state == "closed"
    with pytest.raises(Refused):
        hall.sat("TT-002", right=1)


def test_many_at_once_refuses_what_cannot_be(during):
    hall = during(minutes=25)
    sitting = hall.sitting("TT-002")
    first, stranger = hall.world.placements["TT-002"][0], hall.world.placements["TT-001"][0]
    begin = sitting.opens_at
    for row, code in (
        (SatRow(stranger.pk, begin, begin + MIN, {}), "assessment.no_paper"),
        (SatRow(first.pk, begin - MIN, begin, {}), "assessment.outside_time"),
        (SatRow(first.pk, begin, begin + 31 * MIN, {}), "assessment.outside_time"),
        (SatRow(first.pk, begin, begin + MIN, {10: "a"}), "assessment.answer_unknown"),
        (SatRow(first.pk, begin, begin + MIN, {1: "e"}), "assessment.answer_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            sit_many(actor=SYSTEM, sitting_id=sitting.pk, rows=[row])
        assert refused.value.code == code
    assert Answer.objects.count() == 0
    assert hall.attempt().state == "assigned"


def test_who_started_alone_is_left_alone_by_the_bulk_door(during):
    hall = during(minutes=1)
    start_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid)
    assert hall.sat("TT-002", right=9) == 5
    assert hall.attempt().state == "started"


def test_best_marks_of_pass_fail_absent_void_and_nothing(during):
    hall = during(minutes=25)
    placements = hall.world.placements["TT-002"]
    hall.sat("TT-002", right=9, people=2)
    Attempt.objects.filter(placement=placements[1]).update(mark=44)
    close_sittings(actor=SYSTEM, sitting_ids=[hall.sitting("TT-002").pk])
    void_attempt(actor=SYSTEM, attempt_uuid=hall.attempt(at=0).uuid, reason="Mất điện cả phòng")
    other = hall.world.placements["TT-003"][0]
    Attempt.objects.filter(placement=other).delete()
    found = best_marks([*(p.pk for p in placements[:3]), other.pk])
    assert [(r.mark, r.attempts, r.passed, r.pending) for r in found.values()] == [
        (None, 0, False, True), (44, 1, False, False), (None, 0, False, False), (None, 0, False, True),
    ]  # fmt: skip


def test_the_pass_mark_is_the_rule_of_the_day_of_the_sitting(during):
    hall = during(minutes=25)
    hall.sat("TT-002", right=5, people=1)
    pk = hall.world.placements["TT-002"][0].pk
    assert best_marks([pk])[pk].passed
    rule = Rule.objects.get(key="pass_mark")
    rule.in_force_to = hall.sitting("TT-002").opens_at.date()
    rule.save()
    Rule.objects.create(
        campaign=rule.campaign, key="pass_mark", value=6, unit="/10", label={}, source="test", certainty="invented",
        in_force_from=rule.in_force_to, chosen=True,
    )  # fmt: skip
    assert not best_marks([pk])[pk].passed


def test_a_resit_has_another_paper_and_the_best_mark_counts(during, at):
    hall = during(minutes=25)
    placements = hall.world.placements["TT-002"]
    hall.sat("TT-002", right=3, people=5)
    sitting = hall.sitting("TT-002")
    close_sitting(actor=SYSTEM, sitting_id=sitting.pk)
    pks = [placements[0].pk, placements[5].pk]
    before = met_items(pks)
    resit = plan_resit(actor=SYSTEM, placement_ids=pks, opens_at=sitting.opens_at + timedelta(days=5))
    assert (resit.kind, resit.turn, resit.closes_at - resit.opens_at) == ("resit", 1, 45 * MIN)
    assert Letter.objects.filter(kind="resit").count() == 2
    after = met_items(pks)
    assert all(len(after[pk]) == 18 for pk in pks)
    assert all(len(before[pk]) == 9 for pk in pks)
    assert best_marks(pks)[pks[0]].pending
    with pytest.raises(Refused) as refused:
        plan_resit(actor=SYSTEM, placement_ids=pks, opens_at=sitting.opens_at + timedelta(days=6))
    assert refused.value.code == "assessment.resit_not_due"
    at(resit.opens_at + MIN)
    open_sitting(actor=SYSTEM, sitting_id=resit.pk)
    answers = {n: p.right_key for n, p in enumerate(paper_keys(resit.pk)[pks[0]], start=1)}
    sit_many(actor=SYSTEM, sitting_id=resit.pk, rows=[SatRow(pks[0], clock.now(), clock.now(), answers)])
    close_sitting(actor=SYSTEM, sitting_id=resit.pk)
    results = best_marks(pks)
    assert (results[pks[0]].mark, results[pks[0]].attempts, results[pks[0]].passed) == (100, 2, True)
    assert (results[pks[1]].mark, results[pks[1]].pending) == (None, False)
    with pytest.raises(Refused) as refused:
        plan_resit(actor=SYSTEM, placement_ids=[pks[1]], opens_at=clock.now() + MIN)
    assert refused.value.code == "assessment.resit_used"


def test_a_resit_is_refused_for_who_passed_and_in_the_past(during):
    hall = during(minutes=25)
    hall.sat("TT-002", right=9, people=1)
    close_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-002").pk)
    passed, absent = hall.world.placements["TT-002"][:2]
    for pks, opens_at, code in (
        ([passed.pk], clock.now() + MIN, "assessment.resit_not_due"),
        ([absent.pk], clock.now(), "assessment.resit_in_past"),
        ([], clock.now() + MIN, "assessment.resit_none"),
    ):
        with pytest.raises(Refused) as refused:
            plan_resit(actor=SYSTEM, placement_ids=pks, opens_at=opens_at)
        assert refused.value.code == code
    assert Sitting.objects.filter(kind="resit").count() == 0


def test_a_void_attempt_does_not_use_up_the_resit(during):
    hall = during(minutes=25)
    hall.sat("TT-002", right=9, people=1)
    close_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-002").pk)
    void_attempt(actor=SYSTEM, attempt_uuid=hall.attempt().uuid, reason="Dùng điện thoại")
    resit = plan_resit(actor=SYSTEM, placement_ids=[hall.world.placements["TT-002"][0].pk], opens_at=clock.now() + MIN)
    assert Attempt.objects.filter(sitting=resit).count() == 1
    with pytest.raises(Refused):
        void_attempt(actor=SYSTEM, attempt_uuid=hall.attempt(kind="resit").uuid, reason=" ")


def test_a_sitting_nobody_started_can_be_cancelled(hall):
    sitting = cancel_sitting(actor=SYSTEM, sitting_id=hall.sitting("TT-003").pk, reason="Bão số 3")
    assert sitting.state == "cancelled"
    assert set(Attempt.objects.filter(sitting=sitting).values_list("state", flat=True)) == {"void"}

"""Presence through the doors: recorded, computed, closed, made up."""

from datetime import UTC, datetime, timedelta

import pytest

from hocvu.campaigns.models import Rule
from hocvu.delivery import api
from hocvu.delivery.models import Attendance, MakeUp, Observation, SessionDiary
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import verify_chain
from hocvu.ledger.models import Line

from .conftest import minutes_in


def statuses(session) -> dict[int, tuple[str, int]]:
    rows = Attendance.objects.filter(session=session)
    return {a.placement_id: (a.status, a.credit) for a in rows}


def test_presence_is_recorded_and_the_register_computed(world, now_half_day) -> None:
    places = world.placements["TT-002"]
    rows = [
        api.PresenceRow(places[0].pk, "present", "roll_call", minutes_in(now_half_day, 5)),
        api.PresenceRow(places[1].pk, "present", "roll_call", minutes_in(now_half_day, 25)),
        api.PresenceRow(places[2].pk, "absent", "roll_call", minutes_in(now_half_day, 10)),
        api.PresenceRow(places[3].pk, "present", "roll_call", minutes_in(now_half_day, 40), {"minutes_late": 0}),
    ]

    assert api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=rows) == 4

    assert statuses(now_half_day) == {
        places[0].pk: ("present", 2),
        places[1].pk: ("late", 1),
        places[2].pk: ("absent", 0),
        places[3].pk: ("present", 2),
    }
    line = Line.objects.latest("sequence")
    assert (line.action, line.count) == ("delivery.record_presence", 4)
    assert verify_chain().broken_at is None


def test_batch_sent_twice_counts_once(world, now_half_day) -> None:
    rows = [api.PresenceRow(p.pk, "present", "qr", minutes_in(now_half_day, 3)) for p in world.placements["TT-002"]]
    api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=rows)

    assert api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=rows) == 0
    assert Observation.objects.count() == 6


def test_late_observation_changes_a_closed_register(world, missed) -> None:
    place, session = missed
    assert statuses(session)[place.pk] == ("absent", 0)

    row = api.PresenceRow(place.pk, "present", "sheet", minutes_in(session, 2))
    api.record_presence(actor=world.actor(Role.OFFICE), session_id=session.pk, rows=[row])

    assert statuses(session)[place.pk] == ("present", 2)


def test_closing_writes_everyone_and_is_idempotent(world, now_half_day) -> None:
    place = world.placements["TT-002"][0]
    row = api.PresenceRow(place.pk, "present", "qr", minutes_in(now_half_day, 1))
    api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=[row])

    assert api.close_sessions(actor=SYSTEM, session_ids=[now_half_day.pk], text="Học bài 2.1") == 1
    assert api.close_sessions(actor=SYSTEM, session_ids=[now_half_day.pk], text="khác") == 0

    found = statuses(now_half_day)
    assert len(found) == 6
    assert sorted(status for status, _ in found.values()) == ["absent"] * 5 + ["present"]
    assert SessionDiary.objects.get(session=now_half_day).text == "Học bài 2.1"


def test_many_sessions_are_closed_at_once(world) -> None:
    sessions = [world.session(code, 3) for code in ("TT-002", "TR-001")]
    ids = [s.pk for s in sessions]
    assert api.open_sessions(actor=SYSTEM, session_ids=ids) == 2
    assert api.open_sessions(actor=SYSTEM, session_ids=ids) == 0

    assert api.close_sessions(actor=SYSTEM, session_ids=ids) == 2
    assert Attendance.objects.filter(session_id__in=ids, status="absent").count() == 12


def test_closing_what_was_never_opened_is_refused(world) -> None:
    with pytest.raises(Refused, match=r"delivery\.not_open"):
        api.close_sessions(actor=SYSTEM, session_ids=[world.session("TT-002", 3).pk])


class TestWhoMay:
    def test_instructor_runs_own_classes_only(self, world) -> None:
        teacher = world.actor(Role.INSTRUCTOR)

        assert api.open_sessions(actor=teacher, session_ids=[world.session("TT-002", 3).pk]) == 1
        with pytest.raises(NotAllowed):
            api.open_sessions(actor=teacher, session_ids=[world.session("TT-003", 1).pk])

    @pytest.mark.parametrize("role", [Role.TRAINEE, Role.FOCAL_POINT, Role.HEAD, Role.REVIEWER, Role.LEADER])
    def test_others_cannot_record(self, world, now_half_day, role) -> None:
        row = api.PresenceRow(world.placements["TT-002"][0].pk, "present", "qr", clock.now())

        with pytest.raises(NotAllowed):
            api.record_presence(actor=world.actor(role), session_id=now_half_day.pk, rows=[row])

    def test_instructor_cannot_change_a_closed_half_day(self, world, now_half_day) -> None:
        api.close_sessions(actor=SYSTEM, session_ids=[now_half_day.pk])
        row = api.PresenceRow(world.placements["TT-002"][0].pk, "present", "roll_call", clock.now())

        with pytest.raises(Refused, match=r"delivery\.closed"):
            api.record_presence(actor=world.actor(Role.INSTRUCTOR), session_id=now_half_day.pk, rows=[row])

    def test_instructor_cannot_open_before_the_day(self, world) -> None:
        teacher = world.actor(Role.INSTRUCTOR)
        with clock.frozen(datetime(2025, 6, 16, 3, tzinfo=UTC)), pytest.raises(Refused, match="too_early_to_open"):
            api.open_sessions(actor=teacher, session_ids=[world.session("TT-002", 1).pk])


class TestBadRows:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"kind": "asleep"}, "delivery.unknown_sign"),
            ({"channel": "gossip"}, "delivery.unknown_sign"),
            ({"evidence": {"minutes_late": -3}}, "delivery.minutes_late"),
            ({"evidence": {"minutes_late": "9"}}, "delivery.minutes_late"),
            ({"observed_at": datetime(2025, 6, 18, 9, tzinfo=UTC)}, "delivery.outside_hours"),
        ],
    )
    def test_are_refused_and_leave_nothing(self, world, now_half_day, changes, code) -> None:
        good = {
            "placement_id": world.placements["TT-002"][0].pk,
            "kind": "present",
            "channel": "qr",
            "observed_at": minutes_in(now_half_day, 1),
        }
        with pytest.raises(Refused, match=code):
            api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=[api.PresenceRow(**(good | changes))])
        assert not Observation.objects.exists()

    def test_person_of_another_class_is_refused(self, world, now_half_day) -> None:
        stranger = world.placements["TT-003"][0]
        with pytest.raises(Refused, match=r"delivery\.not_in_class"):
            api.record_presence(
                actor=SYSTEM,
                session_id=now_half_day.pk,
                rows=[api.PresenceRow(stranger.pk, "present", "qr", clock.now())],
            )


class TestCheckIn:
    def test_code_checks_in_once(self, world, now_half_day, trainee) -> None:
        place = world.placements["TT-002"][1]
        code = api.make_check_in_code(now_half_day).code

        first = api.check_in_by_code(actor=trainee(place), code=code.lower())
        second = api.check_in_by_code(actor=trainee(place), code=code)

        assert (first.already, first.status, first.minutes_late) == (False, "late", 40)
        assert second.already
        assert Observation.objects.count() == 1

    def test_from_thirty_minutes_before_until_the_end(self, world, now_half_day, trainee) -> None:
        place = world.placements["TT-002"][1]
        for moment, code in (
            (now_half_day.starts_at - timedelta(minutes=31), "delivery.no_half_day_now"),
            (now_half_day.ends_at + timedelta(seconds=1), "delivery.no_half_day_now"),
        ):
            with clock.frozen(moment), pytest.raises(Refused, match=code):
                api.check_in_by_code(actor=trainee(place), code=api.make_check_in_code(now_half_day).code)
        with clock.frozen(now_half_day.starts_at - timedelta(minutes=29)):
            done = api.check_in_by_code(actor=trainee(place), code=api.make_check_in_code(now_half_day).code)
        assert done.status == "present"

    def test_code_of_another_class_is_refused_kindly(self, world, now_half_day, trainee) -> None:
        online = world.session("TR-001", 3)
        api.open_sessions(actor=SYSTEM, session_ids=[online.pk])

        with pytest.raises(Refused, match=r"delivery\.not_your_class"):
            api.check_in_by_code(actor=trainee(world.placements["TT-002"][0]), code=api.make_check_in_code(online).code)

    @pytest.mark.parametrize("forged", ["AAAAAA", "", "'; --", "Ω" * 6])
    def test_forged_code_is_refused(self, world, now_half_day, trainee, forged) -> None:
        with pytest.raises(Refused, match=r"delivery\.wrong_code"):
            api.check_in_by_code(actor=trainee(world.placements["TT-002"][0]), code=forged)

    def test_stale_code_is_refused_but_not_one_scanned_in_time(self, world, now_half_day, trainee) -> None:
        place = world.placements["TT-002"][0]
        scanned = clock.now()
        code = api.make_check_in_code(now_half_day).code
        with clock.frozen(scanned + timedelta(minutes=5)):
            with pytest.raises(Refused, match=r"delivery\.wrong_code"):
                api.check_in_by_code(actor=trainee(place), code=code)
            assert not api.check_in_by_code(actor=trainee(place), code=code, scanned_at=scanned).already

    def test_class_not_open_yet_says_so(self, world, trainee) -> None:
        with pytest.raises(Refused, match=r"delivery\.not_open_yet"):
            api.check_in_by_code(actor=trainee(world.placements["TT-002"][0]), code="AAAAAA")


class TestOnline:
    def test_join_and_leave_are_logged_as_presence(self, world, trainee) -> None:
        session = world.session("TR-001", 3)
        place = world.placements["TR-001"][0]
        who = trainee(place)
        with clock.frozen(session.starts_at):
            assert api.join_class(actor=who, session_id=session.pk) == "https://meet.example/tr-001"
            api.join_class(actor=who, session_id=session.pk)
        with clock.frozen(minutes_in(session, 60)):
            assert api.leave_class(actor=who, session_id=session.pk)
            assert not api.leave_class(actor=who, session_id=session.pk)
        with clock.frozen(minutes_in(session, 70)):
            api.join_class(actor=who, session_id=session.pk)

        entry = Attendance.objects.get(placement=place, session=session)
        assert (entry.status, entry.minutes_late) == ("present", 10)
        assert [o.kind for o in Observation.objects.order_by("observed_at")] == ["present", "left", "present"]

    def test_class_in_a_room_has_no_link(self, world, now_half_day, trainee) -> None:
        with pytest.raises(Refused, match=r"delivery\.no_link"):
            api.join_class(actor=trainee(world.placements["TT-002"][0]), session_id=now_half_day.pk)


class TestMakeUp:
    def test_from_asking_to_the_register(self, world, missed, target) -> None:
        place, session = missed
        options = api.make_up_options(place, session)
        assert [(o.cohort_code, o.free) for o in options] == [("TT-003", 114)]

        asked = api.ask_make_up(
            actor=world.actor(Role.FOCAL_POINT), placement_id=place.pk, missed_id=session.pk, target_id=target.pk
        )
        assert api.make_up_options(place, session) == []  # the seat asked for takes the person's time
        api.decide_make_up(actor=world.actor(Role.MANAGER), make_up_id=asked.pk, confirm=True)
        with clock.frozen(target.starts_at):
            api.open_sessions(actor=SYSTEM, session_ids=[target.pk])
            row = api.PresenceRow(place.pk, "present", "roll_call", minutes_in(target, 3))
            api.record_presence(actor=SYSTEM, session_id=target.pk, rows=[row])

        state = api.attendance_of([place.pk])[place.pk][0]
        assert (state.status, state.credit, state.made_up_in) == ("made_up", 2, "TT-003")
        assert MakeUp.objects.get().state == "done"

    def test_not_coming_leaves_it_missed(self, world, missed, target) -> None:
        place, session = missed
        asked = api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)
        api.decide_make_up(actor=SYSTEM, make_up_id=asked.pk, confirm=True)
        with clock.frozen(target.ends_at):
            api.open_sessions(actor=SYSTEM, session_ids=[target.pk])
            api.close_sessions(actor=SYSTEM, session_ids=[target.pk])

        assert MakeUp.objects.get().state == "missed"
        assert statuses(session)[place.pk] == ("absent", 0)
        assert place.pk not in statuses(target)

    def test_without_confirmation_the_guest_is_a_stranger(self, world, missed, target) -> None:
        place, session = missed
        api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)
        row = api.PresenceRow(place.pk, "present", "roll_call", target.starts_at)

        with pytest.raises(Refused, match=r"delivery\.not_in_class"):
            api.record_presence(actor=SYSTEM, session_id=target.pk, rows=[row])

    @pytest.mark.parametrize(
        ("cohort", "half_day", "code"),
        [
            ("TT-003", 2, "delivery.no_such_target"),
            ("TR-001", 1, "delivery.no_such_target"),
            ("TT-001", 1, "delivery.no_such_target"),
            ("TT-002", 1, "delivery.no_such_target"),
        ],
    )
    def test_wrong_targets_are_refused(self, world, missed, cohort, half_day, code) -> None:
        place, session = missed
        with pytest.raises(Refused, match=code):
            api.ask_make_up(
                actor=SYSTEM,
                placement_id=place.pk,
                missed_id=session.pk,
                target_id=world.session(cohort, half_day).pk,
            )

    def test_what_was_not_missed_cannot_be_made_up(self, world, missed, target) -> None:
        _, session = missed
        other = world.placements["TT-002"][1]
        with pytest.raises(Refused, match=r"delivery\.not_missed"):
            api.ask_make_up(actor=SYSTEM, placement_id=other.pk, missed_id=session.pk, target_id=target.pk)

    def test_full_room_has_no_seat(self, world, missed, target) -> None:
        place, session = missed
        room = world.cohorts["TT-003"].room
        room.seats = 6
        room.save()

        assert api.make_up_options(place, session) == []
        with pytest.raises(Refused, match=r"delivery\.target_full"):
            api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)

    def test_nothing_after_the_campaign(self, world, missed, target) -> None:
        place, session = missed
        world.campaign.ends_on = target.starts_at.date() - timedelta(days=1)
        world.campaign.save()

        assert api.make_up_options(place, session) == []

    def test_asking_twice_is_refused(self, world, missed, target) -> None:
        place, session = missed
        api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)
        with pytest.raises(Refused, match=r"delivery\.make_up_asked"):
            api.ask_make_up(actor=SYSTEM, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)

    def test_agency_speaks_for_its_own_and_does_not_decide(self, world, missed, target) -> None:
        place, session = missed
        focal = world.actor(Role.FOCAL_POINT)
        asked = api.ask_make_up(actor=focal, placement_id=place.pk, missed_id=session.pk, target_id=target.pk)

        with pytest.raises(NotAllowed):
            api.decide_make_up(actor=focal, make_up_id=asked.pk, confirm=True)
        with pytest.raises(NotAllowed):
            api.ask_make_up(
                actor=focal,
                placement_id=world.placements["TT-003"][0].pk,
                missed_id=target.pk,
                target_id=session.pk,
            )


class TestExcuses:
    def test_granted_excuse_shows_and_gives_no_credit(self, world, missed) -> None:
        place, session = missed
        excuse = api.ask_excuse(
            actor=world.actor(Role.FOCAL_POINT), placement_id=place.pk, session_id=session.pk, category="sick"
        )
        api.decide_excuse(actor=world.actor(Role.INSTRUCTOR), excuse_id=excuse.pk, grant=True)
        assert statuses(session)[place.pk] == ("excused", 0)

        api.decide_excuse(actor=world.actor(Role.MANAGER), excuse_id=excuse.pk, grant=False)
        assert statuses(session)[place.pk] == ("absent", 0)

    def test_before_the_half_day_it_shows_at_closing(self, world, now_half_day) -> None:
        place = world.placements["TT-002"][0]
        excuse = api.ask_excuse(actor=SYSTEM, placement_id=place.pk, session_id=now_half_day.pk, category="duty")
        api.decide_excuse(actor=SYSTEM, excuse_id=excuse.pk, grant=True)
        assert statuses(now_half_day) == {}

        api.close_sessions(actor=SYSTEM, session_ids=[now_half_day.pk])
        assert statuses(now_half_day)[place.pk] == ("excused", 0)

    def test_decided_excuse_is_not_asked_again(self, world, missed) -> None:
        place, session = missed
        excuse = api.ask_excuse(actor=SYSTEM, placement_id=place.pk, session_id=session.pk, category="sick")
        api.ask_excuse(actor=SYSTEM, placement_id=place.pk, session_id=session.pk, category="family")
        api.decide_excuse(actor=SYSTEM, excuse_id=excuse.pk, grant=False)

        with pytest.raises(Refused, match=r"delivery\.excuse_decided"):
            api.ask_excuse(actor=SYSTEM, placement_id=place.pk, session_id=session.pk, category="sick")

    def test_trainee_speaks_only_for_themselves(self, world, missed, trainee) -> None:
        place, session = missed
        other = world.placements["TT-002"][3]
        with pytest.raises(NotAllowed):
            api.ask_excuse(actor=trainee(other), placement_id=place.pk, session_id=session.pk, category="sick")


class TestReading:
    def test_every_half_day_stands_in_order(self, world, missed) -> None:
        place, _ = missed
        states = api.attendance_of([place.pk])[place.pk]

        assert [(s.half_day, s.status, s.closed) for s in states] == [
            (1, "absent", True), (2, "", False), (3, "", False), (4, "", False),
        ]  # fmt: skip

    def test_counts(self, world, missed) -> None:
        counts = api.presence_counts(world.plan.pk)
        assert (counts.entries, counts.present, counts.absent, counts.credit) == (6, 5, 1, 10)

        by_agency = api.presence_counts_by(world.plan.pk, "organisation")
        assert list(by_agency) == [world.organisations["XA1"].pk]
        by_day = api.presence_counts_by(world.plan.pk, "day")
        assert {str(day): c.entries for day, c in by_day.items()} == {"2025-06-17": 6}

    def test_rule_of_the_campaign_decides(self, world, now_half_day) -> None:
        Rule.objects.filter(key="late_minutes").update(value=5)
        place = world.placements["TT-002"][0]
        row = api.PresenceRow(place.pk, "present", "qr", minutes_in(now_half_day, 6))
        api.record_presence(actor=SYSTEM, session_id=now_half_day.pk, rows=[row])

        assert statuses(now_half_day)[place.pk] == ("late", 1)


def test_query_count_does_not_grow_with_the_class(world, django_assert_max_num_queries) -> None:
    sessions = [world.session("TT-002", n) for n in (1, 2)]
    api.open_sessions(actor=SYSTEM, session_ids=[s.pk for s in sessions])
    places = world.placements["TT-002"]
    with django_assert_max_num_queries(20):
        api.record_presence(
            actor=SYSTEM,
            session_id=sessions[0].pk,
            rows=[api.PresenceRow(places[0].pk, "present", "qr", sessions[0].starts_at)],
        )
    with django_assert_max_num_queries(20):
        api.record_presence(
            actor=SYSTEM,
            session_id=sessions[1].pk,
            rows=[api.PresenceRow(p.pk, "present", "qr", sessions[1].starts_at) for p in places],
        )

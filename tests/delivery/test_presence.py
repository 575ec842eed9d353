"""The register from observations, without a database: every order, every channel."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.delivery.domain.presence import (
    ABSENT,
    Channel,
    Entry,
    HalfDay,
    Kind,
    PresenceRules,
    Seen,
    Status,
    present_minutes,
    read_register,
    settle,
    stays_of,
)

START = datetime(2025, 6, 18, 0, 30, tzinfo=UTC)  # 07:30 in Vietnam
HALF = HalfDay(START, START + timedelta(hours=3))
RULES = PresenceRules(late_minutes=15, late_credit=1, least_share=50)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def sign(channel: str, kind: str, minute: float, *, recorded: float | None = None, said: int | None = None) -> Seen:
    return Seen(Channel(channel), Kind(kind), at(minute), at(minute if recorded is None else recorded), minutes=said)


def read(*signs: Seen, rules: PresenceRules = RULES) -> Entry | None:
    return read_register(HALF, signs, rules)


class TestOneChannel:
    def test_nothing_seen_is_nothing_known(self):
        assert read() is None

    @pytest.mark.parametrize(
        ("minute", "expected"),
        [
            (-20, Entry(Status.PRESENT, 2, 0)),
            (0, Entry(Status.PRESENT, 2, 0)),
            (15, Entry(Status.PRESENT, 2, 15)),
            (15.9, Entry(Status.PRESENT, 2, 15)),
            (16, Entry(Status.LATE, 1, 16)),
            (90, Entry(Status.LATE, 1, 90)),
            (91, ABSENT),
            (179, ABSENT),
        ],
    )
    def test_scanning_late_costs_half_and_very_late_all(self, minute, expected):
        assert read(sign("qr", "present", minute)) == expected

    def test_second_scan_changes_nothing(self):
        assert read(sign("qr", "present", 2), sign("qr", "present", 60)) == Entry(Status.PRESENT, 2, 2)

    def test_roll_call_taken_late_says_since_when(self):
        assert read(sign("roll_call", "present", 40, said=0)) == Entry(Status.PRESENT, 2, 0)
        assert read(sign("roll_call", "present", 40, said=22)) == Entry(Status.LATE, 1, 22)

    def test_roll_call_put_right_counts(self):
        assert read(sign("roll_call", "present", 5, said=0), sign("roll_call", "absent", 9)) == ABSENT
        assert read(sign("roll_call", "absent", 5), sign("roll_call", "present", 50, said=20)) == Entry(
            Status.LATE, 1, 20
        )

    def test_leaving_early_is_missing_the_rest(self):
        assert read(sign("roll_call", "present", 0, said=0), sign("roll_call", "left", 170)) == Entry(
            Status.PRESENT, 2, 10
        )
        assert read(sign("roll_call", "present", 0, said=0), sign("roll_call", "left", 100)) == Entry(
            Status.LATE, 1, 80
        )

    def test_leaving_said_later_with_its_hour(self):
        said = sign("manager", "present", 500, said=0), sign("manager", "left", 500, said=100)

        assert read(*said) == Entry(Status.LATE, 1, 80)

    def test_leaving_alone_says_nothing(self):
        assert read(sign("join_log", "left", 60)) is None


class TestJoinLog:
    def test_gaps_add_up(self):
        signs = [
            sign("join_log", "present", 0), sign("join_log", "left", 60),
            sign("join_log", "present", 70), sign("join_log", "left", 120),
            sign("join_log", "present", 126),
        ]  # fmt: skip

        assert read(*signs) == Entry(Status.LATE, 1, 16)
        assert present_minutes(HALF, stays_of(HALF, signs)) == 164

    def test_looking_in_for_a_minute_is_no_presence(self):
        assert read(sign("join_log", "present", 0), sign("join_log", "left", 1)) == ABSENT

    def test_join_before_the_start_counts_from_the_start(self):
        assert read(sign("join_log", "present", -25), sign("join_log", "left", 180)) == Entry(Status.PRESENT, 2, 0)


class TestChannelsTogether:
    def test_scan_then_marked_absent_is_a_contradiction_and_the_roll_call_leads(self):
        entry = read(sign("qr", "present", 2), sign("roll_call", "absent", 5))

        assert entry == Entry(Status.ABSENT, 0, 0, contradicted=True)

    def test_marked_absent_then_scan_is_a_late_arrival(self):
        entry = read(sign("roll_call", "absent", 5), sign("qr", "present", 20))

        assert entry == Entry(Status.LATE, 1, 20, contradicted=False)

    def test_roll_call_on_time_against_late_scan_is_shown(self):
        entry = read(sign("roll_call", "present", 5, said=0), sign("qr", "present", 40))

        assert entry == Entry(Status.PRESENT, 2, 0, contradicted=True)

    def test_signed_sheet_without_signature_against_scan(self):
        entry = read(sign("sheet", "absent", 200), sign("qr", "present", 2))

        assert entry == Entry(Status.ABSENT, 0, 0, contradicted=True)

    def test_manager_settles_it(self):
        entry = read(sign("qr", "present", 2), sign("roll_call", "absent", 5), sign("manager", "present", 900, said=0))

        assert entry == Entry(Status.PRESENT, 2, 0, contradicted=False)


class TestSettle:
    def test_closed_without_sign_is_absent(self):
        assert settle(None, closed=False) is None
        assert settle(None, closed=True) == ABSENT

    def test_excuse_changes_the_word_not_the_credit(self):
        assert settle(None, closed=True, excused=True) == Entry(Status.EXCUSED, 0)
        late = Entry(Status.LATE, 1, 30)
        assert settle(late, closed=True, excused=True) == late

    def test_made_up_gives_whole_credit(self):
        assert settle(ABSENT, closed=True, excused=True, made_up=Entry(Status.PRESENT, 2)) == Entry(Status.MADE_UP, 2)

    def test_late_at_the_make_up_gives_half(self):
        assert settle(ABSENT, closed=True, made_up=Entry(Status.LATE, 1, 40)) == Entry(Status.MADE_UP, 1)

    def test_failed_make_up_leaves_what_was(self):
        late = Entry(Status.LATE, 1, 30)
        assert settle(late, closed=True, made_up=ABSENT) == late
        assert settle(late, closed=True, made_up=Entry(Status.LATE, 1, 20)) == late


minutes = st.integers(min_value=-30, max_value=210)
signs = st.builds(
    sign,
    st.sampled_from([c.value for c in Channel]),
    st.sampled_from([k.value for k in Kind]),
    minutes,
    recorded=st.integers(min_value=0, max_value=5000),
    said=st.one_of(st.none(), st.integers(min_value=0, max_value=200)),
)
rulebooks = st.builds(
    PresenceRules,
    late_minutes=st.integers(0, 60),
    late_credit=st.integers(0, 2),
    least_share=st.integers(0, 100),
)


@given(st.lists(signs, max_size=12), st.randoms(use_true_random=False))
def test_order_of_arrival_never_matters(found, shuffler):
    mixed = list(found)
    shuffler.shuffle(mixed)

    assert read(*mixed) == read(*found)


@given(st.lists(signs, max_size=12))
def test_a_sign_seen_twice_counts_once(found):
    assert read(*found, *found) == read(*found)


@given(st.lists(signs, max_size=12), rulebooks)
def test_credit_follows_from_the_status(found, rules):
    entry = read(*found, rules=rules)

    if entry is not None:
        credit = {Status.PRESENT: 2, Status.LATE: rules.late_credit, Status.ABSENT: 0}[entry.status]
        assert entry.credit == credit
        assert 0 <= entry.minutes_late <= 180


@given(st.lists(signs, max_size=12), st.integers(0, 60), st.integers(0, 60))
def test_more_grace_never_takes_credit_away(found, one, other):
    strict, mild = sorted((one, other))
    entries = [read(*found, rules=PresenceRules(m, 1, 50)) for m in (strict, mild)]

    assert (entries[0].credit if entries[0] else 0) <= (entries[1].credit if entries[1] else 0)


@given(minutes, minutes)
def test_coming_earlier_never_costs(one, other):
    early, late = sorted((one, other))
    first, second = read(sign("qr", "present", early)), read(sign("qr", "present", late))

    assert first.credit >= second.credit


@given(st.lists(st.tuples(minutes, minutes), max_size=8))
def test_overlapping_stays_are_counted_once(pairs):
    stays = [(at(min(p)), at(max(p))) for p in pairs]
    inside = {m for p in pairs for m in range(max(0, min(p)), min(180, max(p)))}

    assert present_minutes(HALF, stays) == len(inside)


@given(st.lists(signs, max_size=10), st.booleans(), st.booleans(), st.sampled_from([None, 0, 1, 2]))
def test_settling_never_takes_credit_away(found, closed, excused, made):
    own = read(*found)
    made_up = None if made is None else Entry(Status.PRESENT if made == 2 else Status.LATE, made)
    shown = settle(own, closed=closed, excused=excused, made_up=made_up)

    if shown is not None:
        assert shown.credit == max(own.credit if own else 0, made or 0)
    else:
        assert own is None
        assert not closed

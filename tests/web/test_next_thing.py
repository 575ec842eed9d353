"""A trainee sees one next thing to do, and it is the right one."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.kernel import clock
from hocvu.web.homes.next_thing import HalfDayFact, TraineeFacts, next_thing

DAY = date(2025, 6, 17)


def _half(number: int, status: str = "") -> HalfDayFact:
    day = DAY + timedelta(days=(number - 1) // 2)
    hour = 7 if number % 2 else 13
    return HalfDayFact(number, f"s{number}", clock.at(day, hour, 30), clock.at(day, hour + 3, 30), status)


def _at(offset: int, hour: int, minute: int = 0) -> datetime:
    return clock.at(DAY + timedelta(days=offset), hour, minute)


FACTS = TraineeFacts(half_days=tuple(_half(n) for n in (1, 2, 3, 4)))
DONE = replace(FACTS, half_days=tuple(_half(n, "present") for n in (1, 2, 3, 4)), test_done=True, test_passed=True)


@pytest.mark.parametrize(
    ("facts", "now", "kind"),
    [
        (TraineeFacts(), _at(0, 8), "wait_for_class"),
        (FACTS, _at(-1, 8), "come_to_class"),
        (replace(FACTS, baseline_open=True), _at(-1, 8), "baseline"),
        (FACTS, _at(0, 7, 5), "check_in"),
        (replace(FACTS, online=True), _at(0, 7, 5), "join"),
        (replace(FACTS, half_days=(_half(1, "present"), _half(2))), _at(0, 8), "in_class"),
        (FACTS, _at(0, 12), "come_to_class"),
        (replace(FACTS, sitting_open=True), _at(1, 15, 40), "start_test"),
        (replace(FACTS, sitting_open=True, test_started=True), _at(1, 15, 50), "go_on_with_test"),
        (replace(DONE, assignment_due=True), _at(2, 8), "hand_in"),
        (replace(DONE, assignment_due=True, assignment_handed_in=True), _at(2, 8), "wait_for_result"),
        (replace(DONE, assignment_handed_in=True, missed=(2,)), _at(2, 8), "make_up"),
        (replace(DONE, forms_open=1), _at(3, 8), "forms"),
        (replace(DONE, test_passed=False, resit_at=_at(5, 8)), _at(3, 8), "come_to_resit"),
        (replace(DONE, verdict="refused", missed=(2,)), _at(9, 8), "refused"),
        (replace(DONE, attestation_code="ABCD"), _at(9, 8), "attestation"),
        (replace(DONE, attestation_code="ABCD", forms_open=1), _at(99, 8), "follow_up"),
    ],
)
def test_the_next_thing(facts: TraineeFacts, now: datetime, kind: str) -> None:
    assert next_thing(facts, now).kind == kind


@given(
    hours=st.integers(-48, 400), done=st.booleans(), started=st.booleans(), sitting=st.booleans(),
    forms=st.integers(0, 2), verdict=st.sampled_from(["", "eligible", "refused", "open"]),
)  # fmt: skip
def test_there_is_always_one_next_thing(
    hours: int, done: bool, started: bool, sitting: bool, forms: int, verdict: str
) -> None:
    facts = replace(
        FACTS, test_done=done, test_started=started, sitting_open=sitting, forms_open=forms, verdict=verdict
    )

    assert next_thing(facts, _at(0, 0) + timedelta(hours=hours)).kind

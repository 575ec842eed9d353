"""The verdict, purely: examples from the rules, and properties that hold for any evidence."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.attestations.domain.eligibility import (
    Assignment,
    Conduct,
    Evidence,
    Exam,
    HalfDay,
    RuleApplied,
    Rules,
    Standing,
    Verdict,
    as_facts,
    credit_needed,
    find,
)


def rule(value: str) -> RuleApplied:
    return RuleApplied(Decimal(value), "%", "test", "invented")


def rules(pct: str = "100") -> Rules:
    return Rules(rule(pct), rule("5"), rule("5"), rule("1"))


def days(*given_credits: int, pending: int = 0) -> tuple[HalfDay, ...]:
    return tuple(
        HalfDay(n, "present" if c else "absent", c, n == pending) for n, c in enumerate(given_credits, start=1)
    )


GOOD = Evidence(days(2, 2, 2, 2), Exam(50, 1), Assignment(50, handed_in=True), Conduct())


@pytest.mark.parametrize(("pct", "needed"), [("100", 8), ("90", 8), ("80", 7), ("75", 6), ("0", 0), ("50.5", 5)])
def test_credit_needed(pct: str, needed: int) -> None:
    assert credit_needed(rule(pct)) == needed


def test_everything_met_exactly() -> None:
    found = find(GOOD, rules())
    assert (found.verdict, found.reasons) == (Verdict.ELIGIBLE, ())


@pytest.mark.parametrize(
    ("change", "verdict", "reasons"),
    [
        ({"half_days": days(2, 2, 2, 1)}, "refused", ("presence.short",)),
        ({"half_days": days(2, 2, 2, 0, pending=4)}, "open", ("presence.pending",)),
        ({"half_days": days(2, 2)}, "open", ("presence.pending",)),
        ({"half_days": days(2, 0)}, "refused", ("presence.short",)),
        ({"test": Exam(49, 2)}, "refused", ("test.low",)),
        ({"test": Exam(49, 1, pending=True)}, "open", ("test.pending",)),
        ({"test": Exam()}, "refused", ("test.missing",)),
        ({"assignment": Assignment(49, handed_in=True)}, "refused", ("assignment.low",)),
        ({"assignment": Assignment(None, handed_in=True, pending=True)}, "open", ("assignment.not_graded",)),
        ({"assignment": Assignment(None, pending=True)}, "open", ("assignment.pending",)),
        ({"assignment": Assignment()}, "refused", ("assignment.missing",)),
        ({"conduct": Conduct(upheld=("a",))}, "refused", ("conduct.upheld",)),
        ({"conduct": Conduct(undecided=("a",))}, "open", ("conduct.undecided",)),
        (
            {"conduct": Conduct(undecided=("a",)), "test": Exam(), "half_days": days(0, 2, 2, 2)},
            "refused",
            ("presence.short", "test.missing", "conduct.undecided"),
        ),
    ],
)
def test_one_thing_missing(change: dict, verdict: str, reasons: tuple[str, ...]) -> None:
    found = find(replace(GOOD, **change), rules())
    assert (found.verdict, found.reasons) == (verdict, reasons)


def test_the_two_alternatives() -> None:
    late_once = replace(GOOD, half_days=days(2, 2, 2, 1))
    assert find(late_once, rules("90")).verdict is Verdict.REFUSED
    assert find(late_once, rules("80")).verdict is Verdict.ELIGIBLE


def test_facts_cite_the_rule_and_the_evidence() -> None:
    facts = as_facts(find(replace(GOOD, half_days=days(2, 2, 2, 0)), rules("80")))
    assert facts["presence"]["rule"] == {"value": "80", "unit": "%", "source": "test", "certainty": "invented"}
    assert facts["presence"]["evidence"]["credit"] == 6
    assert facts["presence"]["evidence"]["needed"] == 7
    assert [d["credit"] for d in facts["presence"]["evidence"]["half_days"]] == [2, 2, 2, 0]
    assert facts["test"]["evidence"] == {"mark": 50, "attempts": 1}


marks = st.none() | st.integers(0, 100)
half_days = st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=4).map(
    lambda rows: tuple(HalfDay(n, "x", c, p) for n, (c, p) in enumerate(rows, start=1))
)
notes = st.lists(st.just("n"), max_size=2)
evidences = st.builds(
    Evidence,
    half_days=half_days,
    test=st.builds(Exam, mark=marks, attempts=st.integers(0, 2), pending=st.booleans()),
    assignment=st.builds(Assignment, mark=marks, handed_in=st.booleans(), pending=st.booleans()),
    conduct=st.builds(Conduct, upheld=notes, undecided=notes),
)
any_rules = st.sampled_from(["100", "90", "80", "0"]).map(rules)
RANK = {Verdict.REFUSED: 0, Verdict.OPEN: 1, Verdict.ELIGIBLE: 2}


@given(evidences, any_rules)
def test_open_iff_nothing_fails_and_something_is_pending(evidence: Evidence, applied: Rules) -> None:
    found = find(evidence, applied)
    standings = [one.standing for one in found.conditions]
    failed, pending = Standing.FAILED in standings, Standing.PENDING in standings
    assert (found.verdict is Verdict.OPEN) == (pending and not failed)
    assert (found.verdict is Verdict.ELIGIBLE) == (not pending and not failed)
    assert len(found.reasons) == sum(s is not Standing.MET for s in standings)
    assert all(bool(one.reason) == (one.standing is not Standing.MET) for one in found.conditions)


@given(evidences, any_rules, st.data())
def test_more_good_evidence_never_worsens(evidence: Evidence, applied: Rules, data: st.DataObject) -> None:
    better = data.draw(st.sampled_from(["day", "test", "work", "upheld", "undecided", "new_day"]))
    days_ = list(evidence.half_days)
    if better == "day" and days_:
        at = data.draw(st.integers(0, len(days_) - 1))
        days_[at] = replace(days_[at], credit=min(2, days_[at].credit + 1))
    elif better == "new_day" and len(days_) < 4:
        days_.append(HalfDay(len(days_) + 1, "present", 2))
    best = max(evidence.test.mark or 0, data.draw(st.integers(0, 100)))
    work = max(evidence.assignment.mark or 0, data.draw(st.integers(0, 100)))
    changed = Evidence(
        half_days=tuple(days_),
        test=replace(evidence.test, mark=best) if better == "test" else evidence.test,
        assignment=replace(evidence.assignment, mark=work) if better == "work" else evidence.assignment,
        conduct=Conduct(
            evidence.conduct.upheld[1:] if better == "upheld" else evidence.conduct.upheld,
            evidence.conduct.undecided[1:] if better == "undecided" else evidence.conduct.undecided,
        ),
    )
    assert RANK[find(changed, applied).verdict] >= RANK[find(evidence, applied).verdict]


@given(evidences)
def test_a_softer_rule_never_worsens(evidence: Evidence) -> None:
    ranks = [RANK[find(evidence, rules(pct)).verdict] for pct in ("100", "90", "80", "0")]
    assert ranks == sorted(ranks)

"""The mailbox of lesson 2.2: its file hangs together, its scorer counts deeds as the rule says."""

import copy
from collections.abc import Callable
from importlib.resources import files

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hocvu.curriculum.api import Deed, practice_task, practice_tasks, score_deeds, task_of_lesson
from hocvu.curriculum.domain.practice import FINAL_DEEDS, UNSAFE_DEEDS, parse_task

TASK = practice_task("2.2-inbox")
BEST = [Deed(message.id, message.best) for message in TASK.messages]
EVERY = [Deed(m.id, deed) for m in TASK.messages for deed in ("open", *m.deeds)]


def data() -> dict:
    path = files("hocvu.curriculum") / "data" / "practice" / "2.2-inbox.yaml"
    return copy.deepcopy(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_task_has_twelve_messages_in_three_languages_half_of_them_fraud() -> None:
    assert len(TASK.messages) == 12
    assert sum(message.kind == "fraud" for message in TASK.messages) == 6
    for message in TASK.messages:
        for texts in (message.subject, message.body, message.feedback_right, message.feedback_wrong, message.signs):
            assert all(texts[language] for language in ("vi", "fr", "en")), message.id


def test_tasks_are_found_by_code_and_by_lesson() -> None:
    assert task_of_lesson("2.2") is TASK and list(practice_tasks()) == ["2.2-inbox"]
    assert practice_task("nothing") is None and task_of_lesson("2.1") is None


def test_best_deeds_give_the_most_and_nothing_gives_nothing() -> None:
    best, nothing = score_deeds(TASK, BEST), score_deeds(TASK, [])

    assert (best.score, best.max_score, best.right, best.decided) == (24, 24, 12, 12)
    assert (nothing.score, nothing.max_score, nothing.right, nothing.decided) == (0, 24, 0, 0)


def test_the_last_final_deed_counts() -> None:
    result = score_deeds(TASK, [Deed("m02", "reply"), Deed("m02", "report")])

    assert (result.messages[1].final, result.score) == ("report", 2)


def test_opening_a_bad_link_costs_once_also_when_it_is_reported_afterwards() -> None:
    deeds = [Deed("m02", "open"), Deed("m02", "open_link"), Deed("m02", "open_link"), Deed("m02", "report")]
    found = score_deeds(TASK, deeds).messages[1]

    assert (found.points, found.right, found.unsafe) == (0, False, ("open_link",))


def test_opening_a_genuine_attachment_is_not_unsafe() -> None:
    found = score_deeds(TASK, [Deed("m01", "open_attachment"), Deed("m01", "keep")]).messages[0]

    assert (found.points, found.right, found.unsafe) == (2, True, ())


@pytest.mark.parametrize("deed", [Deed("m99", "keep"), Deed("m05", "open_link"), Deed("m01", "forward"), Deed("", "")])
def test_a_deed_the_task_does_not_offer_is_an_error(deed: Deed) -> None:
    with pytest.raises(LookupError):
        score_deeds(TASK, [deed])


@given(st.lists(st.sampled_from(EVERY), max_size=40))
def test_score_is_the_sum_over_messages_recounted_by_hand(deeds: list[Deed]) -> None:
    expected = 0
    for message in TASK.messages:
        mine = [d.deed for d in deeds if d.object == message.id]
        finals = [d for d in mine if d in FINAL_DEEDS]
        expected += message.deeds[finals[-1]] if finals else 0
        expected += sum(message.deeds[d] for d in set(mine) & set(UNSAFE_DEEDS))

    result = score_deeds(TASK, deeds)

    assert result.score == expected == sum(m.points for m in result.messages)
    assert result.score <= result.max_score == 24


@given(st.permutations(BEST))
def test_the_order_between_messages_does_not_matter(deeds: list[Deed]) -> None:
    assert score_deeds(TASK, deeds).score == 24


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t["messages"][0].update(best="report"),
        lambda t: t["messages"][0].update(best="forward"),
        lambda t: t["messages"][0]["deeds"].update(forward=1),
        lambda t: t["messages"][1].pop("link"),
        lambda t: t["messages"][1]["deeds"].pop("open_link"),
        lambda t: t["messages"][0].pop("attachment"),
        lambda t: t["messages"][1].update(id="m01"),
    ],
)
def test_a_task_that_does_not_hang_together_is_not_read(spoil: Callable) -> None:
    spoilt = data()
    spoil(spoilt)

    with pytest.raises(ValueError, match=r"m0[12]|id comes twice"):
        parse_task(spoilt)

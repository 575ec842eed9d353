"""The door of assessment."""

from .domain.items import bank_faults
from .domain.marks import TestResult
from .domain.scoring import AxisScore
from .queries.bank import bank_counts, blueprint_of, shipped_blueprints, shipped_items
from .queries.results import axis_scores, best_marks, paper_keys, pass_mark_on
from .saving import make_token, read_token, save_answer, save_answers
from .services.attempts import (
    give_extra_time,
    let_in,
    settle_attempt,
    sit_many,
    start_attempt,
    submit_attempt,
    take_over,
    void_attempt,
)
from .services.bank import approve_items, load_items, remark_version, submit_version, write_item
from .services.blueprints import set_blueprint
from .services.papers import prepare_attempts
from .services.resits import plan_resit
from .services.sittings import (
    cancel_sitting,
    close_sitting,
    close_sittings,
    open_sitting,
    plan_sittings,
    write_minutes,
)
from .types import AnswerIn, KeyedPlace, SatRow, SaveReport

__all__ = [
    "AnswerIn",
    "AxisScore",
    "KeyedPlace",
    "SatRow",
    "SaveReport",
    "TestResult",
    "approve_items",
    "axis_scores",
    "bank_counts",
    "bank_faults",
    "best_marks",
    "blueprint_of",
    "cancel_sitting",
    "close_sitting",
    "close_sittings",
    "give_extra_time",
    "let_in",
    "load_items",
    "make_token",
    "open_sitting",
    "paper_keys",
    "pass_mark_on",
    "plan_resit",
    "plan_sittings",
    "prepare_attempts",
    "read_token",
    "remark_version",
    "save_answer",
    "save_answers",
    "set_blueprint",
    "settle_attempt",
    "shipped_blueprints",
    "shipped_items",
    "sit_many",
    "start_attempt",
    "submit_attempt",
    "submit_version",
    "take_over",
    "void_attempt",
    "write_item",
    "write_minutes",
]

"""The door of delivery: classes being taught."""

from .domain.rubric import CRITERIA as RUBRIC_CRITERIA
from .domain.rubric import MOST as RUBRIC_MOST
from .queries.assignments import latest_grades, latest_submissions
from .queries.attendance import attendance_of, presence_counts, presence_counts_by
from .queries.class_room import HalfDayCard, half_day_cards
from .queries.conduct import conduct_of
from .queries.make_ups import make_up_options, make_up_targets
from .queries.my_class import MyClass, OwnHalfDay, my_class
from .queries.practice import practice_figures_by_agency, readings_of
from .queries.scope import own_placements, published_plan_id
from .rules import run_sessions, visible_cohorts, visible_entries, visible_notes, visible_placements
from .services.assignments import grade_many, hand_in, hand_in_many
from .services.conduct import decide_note, note_conduct, reply_to_note
from .services.excuses import ask_excuse, ask_excuses, decide_excuse, decide_excuses
from .services.make_ups import ask_make_up, ask_make_ups, decide_make_up, decide_make_ups
from .services.polls import close_poll, open_poll, vote, vote_many
from .services.practice import finish_practice, practise_many, record_deed, start_practice
from .services.presence import check_in_by_code, join_class, leave_class, make_check_in_code, record_presence
from .services.questions import answer_question, ask_question, take_question, withdraw_question
from .services.readings import record_reading, record_readings
from .services.sessions import close_sessions, open_sessions
from .types import (
    CheckIn,
    CheckInCode,
    ConductState,
    ExcuseRow,
    GradeRow,
    HalfDayState,
    HandInRow,
    LessonRead,
    MakeUpRow,
    MakeUpTarget,
    PracticeFigures,
    PracticeRow,
    PresenceCounts,
    PresenceRow,
    ReadingRow,
)

__all__ = [
    "RUBRIC_CRITERIA",
    "RUBRIC_MOST",
    "CheckIn",
    "CheckInCode",
    "ConductState",
    "ExcuseRow",
    "GradeRow",
    "HalfDayCard",
    "HalfDayState",
    "HandInRow",
    "LessonRead",
    "MakeUpRow",
    "MakeUpTarget",
    "MyClass",
    "OwnHalfDay",
    "PracticeFigures",
    "PracticeRow",
    "PresenceCounts",
    "PresenceRow",
    "ReadingRow",
    "answer_question",
    "ask_excuse",
    "ask_excuses",
    "ask_make_up",
    "ask_make_ups",
    "ask_question",
    "attendance_of",
    "check_in_by_code",
    "close_poll",
    "close_sessions",
    "conduct_of",
    "decide_excuse",
    "decide_excuses",
    "decide_make_up",
    "decide_make_ups",
    "decide_note",
    "finish_practice",
    "grade_many",
    "half_day_cards",
    "hand_in",
    "hand_in_many",
    "join_class",
    "latest_grades",
    "latest_submissions",
    "leave_class",
    "make_check_in_code",
    "make_up_options",
    "make_up_targets",
    "my_class",
    "note_conduct",
    "open_poll",
    "open_sessions",
    "own_placements",
    "practice_figures_by_agency",
    "practise_many",
    "presence_counts",
    "presence_counts_by",
    "published_plan_id",
    "readings_of",
    "record_deed",
    "record_presence",
    "record_reading",
    "record_readings",
    "reply_to_note",
    "run_sessions",
    "start_practice",
    "take_question",
    "visible_cohorts",
    "visible_entries",
    "visible_notes",
    "visible_placements",
    "vote",
    "vote_many",
    "withdraw_question",
]

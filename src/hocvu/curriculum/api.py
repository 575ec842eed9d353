"""The door of the curriculum."""

from .domain.changes import word_changes
from .domain.practice import Deed, PracticeResult, PracticeTask, score_deeds
from .queries.lessons import lesson_for_group, taught_version
from .queries.practice import practice_task, practice_tasks, task_of_lesson
from .queries.programmes import default_programme, lesson_codes, lessons_of_half_day, programme_in_use
from .queries.shipped import check_lessons, known_groups
from .queries.versions import changes_between, trace_of, waiting_for_review
from .services.programmes import load_programme
from .services.remarks import answer_remark, remark
from .services.versions import (
    approve_version,
    digest_of,
    retire,
    submit_version,
    withdraw_version,
    write_version,
)
from .types import (
    LessonEntry,
    LessonToRead,
    ProgrammeInUse,
    TaughtVersion,
    TraceEntry,
    VersionRow,
    WaitingVersion,
)

__all__ = [
    "Deed",
    "LessonEntry",
    "LessonToRead",
    "PracticeResult",
    "PracticeTask",
    "ProgrammeInUse",
    "TaughtVersion",
    "TraceEntry",
    "VersionRow",
    "WaitingVersion",
    "answer_remark",
    "approve_version",
    "changes_between",
    "check_lessons",
    "default_programme",
    "digest_of",
    "known_groups",
    "lesson_codes",
    "lesson_for_group",
    "lessons_of_half_day",
    "load_programme",
    "practice_task",
    "practice_tasks",
    "programme_in_use",
    "remark",
    "retire",
    "score_deeds",
    "submit_version",
    "task_of_lesson",
    "taught_version",
    "trace_of",
    "waiting_for_review",
    "withdraw_version",
    "word_changes",
    "write_version",
]

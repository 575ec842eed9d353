"""What happens in class."""

from .assignment import Grade, Submission
from .conduct import ConductNote
from .interaction import Poll, PollVote, Question
from .practice import LessonReading, PracticeAttempt
from .presence import Attendance, Excuse, MakeUp, Observation, SessionDiary

__all__ = [
    "Attendance", "ConductNote", "Excuse", "Grade", "LessonReading", "MakeUp", "Observation", "Poll",
    "PollVote", "PracticeAttempt", "Question", "SessionDiary", "Submission",
]  # fmt: skip

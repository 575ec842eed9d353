"""The door of evaluation."""

from .queries.learning import learning
from .queries.progress import forms_progress
from .queries.results import results
from .services.answers import answer, answer_many
from .services.forms import make_forms
from .services.invitations import expire_late, plan_sending, remind, send_invitations
from .types import AnswerRow, FormProgress, FormResults, GainRow, ResultRow, SendPlan

__all__ = [
    "AnswerRow",
    "FormProgress",
    "FormResults",
    "GainRow",
    "ResultRow",
    "SendPlan",
    "answer",
    "answer_many",
    "expire_late",
    "forms_progress",
    "learning",
    "make_forms",
    "plan_sending",
    "remind",
    "results",
    "send_invitations",
]

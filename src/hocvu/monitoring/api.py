"""The door of monitoring."""

from .queries.figures import campaign_figures, recent_figures, status_figures
from .rules import visible_difficulties, waiting_for
from .services.difficulties import (
    close_difficulty,
    decide_difficulty,
    escalate,
    escalate_late,
    note_difficulty,
    propose,
    report_difficulty,
    take_difficulty,
)
from .services.report_papers import report_docx, report_pdf
from .services.reports import begin_report, fill_report, make_report, number_report, write_report
from .types import DayFigures, Figures, FormFigures, GroupFigures, ModeFigures, Presence

__all__ = [
    "DayFigures",
    "Figures",
    "FormFigures",
    "GroupFigures",
    "ModeFigures",
    "Presence",
    "begin_report",
    "campaign_figures",
    "close_difficulty",
    "decide_difficulty",
    "escalate",
    "escalate_late",
    "fill_report",
    "make_report",
    "note_difficulty",
    "number_report",
    "propose",
    "recent_figures",
    "report_difficulty",
    "report_docx",
    "report_pdf",
    "status_figures",
    "take_difficulty",
    "visible_difficulties",
    "waiting_for",
    "write_report",
]

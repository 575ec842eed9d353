"""Difficulties and reports."""

from .difficulty import Difficulty, DifficultyStep
from .report import Report

__all__ = ["Difficulty", "DifficultyStep", "Report"]

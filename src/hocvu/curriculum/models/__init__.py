"""Programme, lessons in versions, and the review that approves them."""

from .lesson import Lesson, LessonVariant, LessonVersion, Remark
from .programme import Programme

__all__ = ["Lesson", "LessonVariant", "LessonVersion", "Programme", "Remark"]

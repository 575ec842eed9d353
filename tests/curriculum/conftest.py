"""A small programme of two lessons, and the people who write and review it."""

from collections.abc import Callable

import pytest

from hocvu.curriculum.api import write_version
from hocvu.curriculum.models import Lesson, LessonVersion, Programme
from hocvu.kernel.actor import Actor, Role

OFFICE = Actor(Role.OFFICE, "Phòng Đào tạo", account_id=101)
REVIEWER = Actor(Role.REVIEWER, "Phòng Chuyển đổi số", account_id=102)
THREE = ("vi", "fr", "en")


def texts_saying(words: str) -> dict:
    """Return a whole text in three languages."""
    return {
        language: {
            "title": f"Bài {language}",
            "objectives": ["Một", "Hai"],
            "body": f"## Phần\n\n### Mục\n\n{words} ({language}).\n\n## Bài tập\n\nLàm.",
            "sources": ["Nghị định 30/2020/NĐ-CP (chưa xác minh)"],
        }
        for language in THREE
    }


def variant_saying(words: str) -> dict:
    return {language: {"title": f"Cho nhóm {language}", "body": f"## Nhóm\n\n{words}."} for language in THREE}


@pytest.fixture
def programme(db: None) -> Programme:
    made = Programme.objects.create(
        code="test", title={"vi": "Chương trình"}, axes={"1": {"vi": "Trục một"}, "2": {"vi": "Trục hai"}}, periods=2
    )
    for ordinal, code in enumerate(("1.1", "2.1"), start=1):
        Lesson.objects.create(
            programme=made, code=code, axis=ordinal, half_day=ordinal, ordinal=ordinal, minutes=45,
            title={"vi": f"Bài số {code}", "fr": f"Leçon {code}", "en": f"Lesson {code}"}, practice={"vi": "Làm thử"},
        )  # fmt: skip
    return made


@pytest.fixture
def draft(programme: Programme) -> Callable[..., LessonVersion]:
    """Return a function that writes a whole draft of a lesson."""

    def make(code: str = "1.1", words: str = "Chữ đầu tiên", variant: str = "") -> LessonVersion:
        variants = {"LD": variant_saying(variant)} if variant else None
        return write_version(actor=OFFICE, lesson_code=code, texts=texts_saying(words), variants=variants)

    return make

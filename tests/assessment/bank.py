"""A small bank of whole items for tests; its texts carry marks that no candidate page may show."""

from typing import Any

SECRET = "BÍ-MẬT-ĐÁP-ÁN"  # stands in every explanation


def entry(
    code: str, axis: int = 1, difficulty: str = "easy", pool: str = "test", right: str = "b", **more: Any
) -> dict[str, Any]:
    """Return one whole entry as an item file holds it."""
    options = [
        {"key": key, "vi": f"{code} chọn {key}", "fr": f"{code} choix {key}", "en": f"{code} option {key}"}
        | ({"right": True} if key == right else {})
        for key in "abcd"
    ]
    return {
        "code": code, "lesson": f"{axis}.1", "axis": axis, "competence": "1.1", "difficulty": difficulty, "pool": pool,
        "groups": [], "stem": {"vi": f"Câu {code}?", "fr": f"Question {code} ?", "en": f"Item {code}?"},
        "options": options,
        "explanation": {"vi": f"{SECRET} {code}", "fr": f"{SECRET} {code}", "en": f"{SECRET} {code}"},
    } | more  # fmt: skip


def small_bank(per_cell: int = 4) -> list[dict[str, Any]]:
    """Return ``per_cell`` items for each axis and difficulty, in both pools; right keys go round."""
    found = []
    for pool in ("test", "practice"):
        for axis in (1, 2, 3):
            for difficulty in ("easy", "medium", "hard"):
                for number in range(per_cell):
                    code = f"{pool[0].upper()}{axis}{difficulty[0]}{number}"
                    found.append(entry(code, axis, difficulty, pool, right="abcd"[number % 4]))
    return found


def small_blueprint(code: str = "final", count: int = 1) -> dict[str, Any]:
    """Return a blueprint of nine cells."""
    return {
        "code": code, "minutes": 30, "title": {"vi": "Bài thử", "fr": "Essai", "en": "Trial"},
        "cells": [{"axis": a, "difficulty": d, "count": count} for a in (1, 2, 3) for d in ("easy", "medium", "hard")],
    }  # fmt: skip

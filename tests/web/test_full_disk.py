"""A full disk on save: a kind page, nothing half-saved, nothing lost."""

import errno

import pytest
from django.db import connection
from django.urls import reverse

from hocvu.kernel.actor import Role
from hocvu.ledger.models import Line
from hocvu.monitoring.models import Difficulty


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a page limit is SQLite's way to be full")
def test_a_full_database_answers_kindly_and_keeps_what_it_had(world, sign_in) -> None:
    client = sign_in(Role.MANAGER)
    lines = Line.objects.count()
    with connection.cursor() as cursor:
        (pages,) = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            answers = [
                client.post(
                    reverse("monitoring:report_difficulty"),
                    {"category": "room", "place": "A1", "text": "Mất điện. " * 400},
                )
                for _ in range(4)
            ]
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")

    full = [answer for answer in answers if answer.status_code == 507]
    assert full
    assert all(answer.status_code in {302, 507} for answer in answers)
    saved = sum(answer.status_code == 302 for answer in answers)
    assert Difficulty.objects.count() == saved
    assert Line.objects.count() == lines + saved
    assert "form" in full[0].content.decode()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EFBIG, errno.EDQUOT])
def test_a_file_that_cannot_be_written_answers_kindly(code: int, world, sign_in, monkeypatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(code, "no room")

    monkeypatch.setattr("hocvu.web.views.exports.write_xlsx", refuse)

    assert sign_in(Role.OFFICE).get(reverse("web:export", args=["cohorts"])).status_code == 507

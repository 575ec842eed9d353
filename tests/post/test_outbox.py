"""Letters wait, are sent, or are kept for paper."""

import pytest
from django.core import mail

from hocvu.post.api import Draft, letters_of_person, outbox_counts, send_waiting, write_letters
from hocvu.post.models import Letter

pytestmark = pytest.mark.django_db


def _draft(address: str = "clerk@xa.example") -> Draft:
    return Draft(
        kind="call", receiver="Xã Nhơn Lý", subject="Cử học viên", body="Kính gửi…", address=address, person_id=7
    )


def test_letters_are_sent_once() -> None:
    write_letters(drafts=[_draft(), _draft()])

    assert send_waiting() == (2, 0)
    assert send_waiting() == (0, 0)
    assert [m.to for m in mail.outbox] == [["clerk@xa.example"], ["clerk@xa.example"]]
    assert outbox_counts()["sent"] == 2


def test_people_without_address_get_paper() -> None:
    write_letters(drafts=[_draft(address="")])

    assert send_waiting() == (0, 0)
    assert outbox_counts()["paper"] == 1
    assert letters_of_person(7).get().state == Letter.State.PAPER


def test_a_letter_that_cannot_be_sent_is_tried_again_then_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    write_letters(drafts=[_draft()])

    def broken(self: object, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("mail server down")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    for _ in range(4):
        assert send_waiting() == (0, 1)
    assert outbox_counts()["waiting"] == 1
    assert send_waiting() == (0, 1)

    letter = Letter.objects.get()
    assert (letter.state, letter.tries, letter.trouble) == (Letter.State.FAILED, 5, "mail server down")

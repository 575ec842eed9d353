"""Anybody checks an attestation: by its code, by its file, on a phone, not signed in."""

from collections.abc import Callable

import pytest

from .serving import Served
from .visiting import PHONE, Visitor

pytestmark = pytest.mark.browser

IN_FORCE = """SELECT code, number, person_id FROM attestations_attestation
    WHERE state = 'issued' AND NOT json_extract(payload, '$.restricted') LIMIT 1"""
REVOKED = """SELECT entry.code, act.decision_number FROM attestations_revocation act
    JOIN attestations_attestation entry ON entry.id = act.attestation_id"""
CLOSED_GROUP = """SELECT entry.code, person.full_name FROM attestations_attestation entry
    JOIN people_person person ON person.id = entry.person_id WHERE json_extract(entry.payload, '$.restricted')"""


def test_code_of_an_attestation_in_force(shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served = shown("followup")
    code, number, person = served.rows(IN_FORCE)[0]
    anybody = visit(served, size=PHONE)
    anybody.go("/verify/")
    anybody.find("main form[method=get] input").fill(code.lower().replace("-", " "))
    anybody.find("main form[method=get] button").click()

    assert anybody.path.rstrip("/") == f"/verify/{code}"
    assert anybody.says(number)
    assert anybody.says(served.one("SELECT full_name FROM people_person WHERE id = ?", person))
    assert anybody.find("main .govuk-tag--green").count() == 1
    assert anybody.find("main .govuk-warning-text").count() == 0
    anybody.sound()


def test_code_of_a_revoked_one(shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served = shown("followup")
    code, decision = served.rows(REVOKED)[0]
    anybody = visit(served, size=PHONE)
    anybody.go(f"/verify/{code}")

    assert decision in anybody.find("main .govuk-warning-text").inner_text()
    assert anybody.find("main .govuk-tag--green").count() == 0


def test_code_that_was_never_issued(shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served = shown("followup")
    code = served.rows(IN_FORCE)[0][0]
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    anybody = visit(served, size=PHONE)
    answer = anybody.page.goto(f"{served.url}/verify/{wrong}")

    assert answer is not None
    assert answer.status == 404
    assert anybody.find("h1").count() == 1
    assert anybody.find("main form").count() == 1, "nowhere to type it again"


def test_closed_group_is_shown_by_initials(shown: Callable[[str], Served], visit: Callable[..., Visitor]) -> None:
    served = shown("followup")
    code, name = served.rows(CLOSED_GROUP)[0]
    anybody = visit(served, size=PHONE)
    anybody.go(f"/verify/{code}")

    assert name not in anybody.page.content()
    assert anybody.find("main .govuk-tag--green").count() == 1

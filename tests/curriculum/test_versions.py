"""The life of a version through the services: who may, in which state, and what stays written."""

import unicodedata

import pytest

from hocvu.curriculum.api import (
    answer_remark,
    approve_version,
    changes_between,
    digest_of,
    remark,
    retire,
    submit_version,
    taught_version,
    trace_of,
    waiting_for_review,
    withdraw_version,
    write_version,
)
from hocvu.curriculum.domain.changes import newer, older
from hocvu.curriculum.domain.states import MOVES, next_state
from hocvu.curriculum.models import LessonVersion
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import lines_of

from .conftest import OFFICE, REVIEWER, texts_saying, variant_saying

STATES = [state.value for state in LessonVersion.State]
DEEDS = ("submit", "withdraw", "remark", "approve", "retire")


def refused_code(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("deed", DEEDS)
def test_moves_are_those_of_the_table_and_nothing_leaves_retirement(state: str, deed: str) -> None:
    if (state, deed) in MOVES:
        assert next_state(state, deed) in STATES and state != "retired"
    else:
        assert refused_code(lambda: next_state(state, deed)) == "curriculum.wrong_state"


def test_from_draft_to_taught_and_replaced(draft) -> None:
    first = draft()
    submit_version(actor=OFFICE, version_uuid=first.uuid)
    assert [w.first for w in waiting_for_review()] == [True]
    approve_version(actor=REVIEWER, version_uuid=first.uuid)
    second = draft(words="Chữ mới")
    submit_version(actor=OFFICE, version_uuid=second.uuid)
    assert [(w.lesson_code, w.number, w.first) for w in waiting_for_review()] == [("1.1", 2, False)]
    assert taught_version("1.1").number == 1

    approve_version(actor=REVIEWER, version_uuid=second.uuid)

    first.refresh_from_db()
    assert first.state == "retired"
    assert taught_version("1.1").number == 2
    assert waiting_for_review() == []


def test_a_draft_is_written_on_in_place_and_a_submitted_text_never_changes(draft) -> None:
    first = draft()
    again = write_version(actor=OFFICE, lesson_code="1.1", texts={"fr": texts_saying("autre")["fr"]})
    assert (again.pk, again.number) == (first.pk, 1)
    assert "Chữ đầu tiên (vi)" in again.texts["vi"]["body"] and "autre (fr)" in again.texts["fr"]["body"]

    submit_version(actor=OFFICE, version_uuid=first.uuid)

    assert refused_code(lambda: draft(words="khác")) == "curriculum.under_review"


def test_writing_after_a_remark_makes_the_next_version_and_keeps_the_words_remarked(draft) -> None:
    first = draft()
    submit_version(actor=OFFICE, version_uuid=first.uuid)
    said = remark(actor=REVIEWER, version_uuid=first.uuid, text="Câu này chưa rõ.")
    second = draft(words="Rõ hơn")
    assert (second.number, LessonVersion.objects.get(pk=first.pk).texts) == (2, first.texts)
    assert refused_code(lambda: submit_version(actor=OFFICE, version_uuid=second.uuid)) == "curriculum.unanswered"

    answer_remark(actor=OFFICE, remark_uuid=said.uuid, answer="Đã sửa.")
    submit_version(actor=OFFICE, version_uuid=second.uuid)

    first.refresh_from_db()
    assert first.state == "retired"
    assert [(w.number, w.remarks) for w in waiting_for_review()] == [(2, 0)]


def test_an_answered_version_may_be_handed_in_again_as_it_stands(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    said = remark(actor=REVIEWER, version_uuid=version.uuid, text="Vì sao?")
    answer_remark(actor=OFFICE, remark_uuid=said.uuid, answer="Theo Nghị định 30.")

    assert submit_version(actor=OFFICE, version_uuid=version.uuid).state == "submitted"
    assert refused_code(lambda: withdraw_version(actor=OFFICE, version_uuid=version.uuid)) == "curriculum.has_remarks"
    approve_version(actor=REVIEWER, version_uuid=version.uuid)

    version.refresh_from_db()
    assert [e.deed for e in trace_of(version)] == [
        "written", "submitted", "submitted", "remarked", "answered", "approved",
    ]  # fmt: skip
    assert {e.deed: e.who for e in trace_of(version)}["remarked"] == REVIEWER.label


def test_remarks_are_answered_once_and_never_empty(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    assert (
        refused_code(lambda: remark(actor=REVIEWER, version_uuid=version.uuid, text=" \n")) == "curriculum.remark_empty"
    )
    assert (
        refused_code(lambda: remark(actor=REVIEWER, version_uuid=version.uuid, text="x" * 4001))
        == "curriculum.remark_too_long"
    )
    said = remark(actor=REVIEWER, version_uuid=version.uuid, text="Một")
    answer_remark(actor=OFFICE, remark_uuid=said.uuid, answer="Hai")

    assert (
        refused_code(lambda: answer_remark(actor=OFFICE, remark_uuid=said.uuid, answer="Ba")) == "curriculum.answered"
    )


def test_withdrawn_version_is_a_draft_again(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)

    assert withdraw_version(actor=OFFICE, version_uuid=version.uuid).state == "draft"
    assert waiting_for_review() == []


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda t: t["fr"].update(title=""), "curriculum.no_title"),
        (lambda t: t["en"].update(body=""), "curriculum.no_body"),
        (lambda t: t["vi"].update(objectives=["Một"]), "curriculum.objectives"),
        (lambda t: t["vi"].update(body="# Lớn\n\nx"), "curriculum.heading_order"),
        (lambda t: t["vi"].update(body="## A\n\n#### B\n\nx"), "curriculum.heading_order"),
        (lambda t: t["vi"].update(body="chỉ có chữ"), "curriculum.no_heading"),
        (lambda t: t["en"].update(body="## One\n\nx"), "curriculum.outline_differs"),
    ],
)
def test_an_unfinished_text_is_kept_as_draft_but_not_submitted(programme, spoil, code: str) -> None:
    texts = texts_saying("Chữ")
    spoil(texts)
    version = write_version(actor=OFFICE, lesson_code="1.1", texts=texts)

    with pytest.raises(Refused) as refused:
        submit_version(actor=OFFICE, version_uuid=version.uuid)

    assert refused.value.code == "curriculum.incomplete"
    assert code in {problem.code for problem in refused.value.data["problems"]}
    version.refresh_from_db()
    assert version.state == "draft"


def test_a_variant_must_be_whole_in_three_languages(programme) -> None:
    half = variant_saying("x") | {"fr": {"title": "", "body": ""}}
    version = write_version(actor=OFFICE, lesson_code="1.1", texts=texts_saying("Chữ"), variants={"LD": half})

    with pytest.raises(Refused) as refused:
        submit_version(actor=OFFICE, version_uuid=version.uuid)

    assert {(p.code, p.language, p.group_code) for p in refused.value.data["problems"]} == {
        ("curriculum.no_title", "fr", "LD"),
        ("curriculum.no_body", "fr", "LD"),
    }


def test_words_in_two_part_letters_are_stored_in_one(programme) -> None:
    texts = texts_saying("x")
    texts["vi"]["title"] = unicodedata.normalize("NFD", "Nhận biết")
    texts["vi"]["body"] = unicodedata.normalize("NFD", "## Lừa đảo\r\n\r\nchữ   \r\nhết\r\n")

    version = write_version(actor=OFFICE, lesson_code="1.1", texts=texts)

    assert version.texts["vi"]["title"] == "Nhận biết"
    assert version.texts["vi"]["body"] == "## Lừa đảo\n\nchữ  \nhết"


def test_variant_is_kept_replaced_and_taken_away(draft) -> None:
    version = draft(variant="Cho lãnh đạo")
    assert version.variants.get().texts["vi"]["body"] == "## Nhóm\n\nCho lãnh đạo."
    write_version(actor=OFFICE, lesson_code="1.1", texts={"vi": texts_saying("khác")["vi"]})
    assert version.variants.count() == 1

    empty = {language: {"title": "", "body": ""} for language in ("vi", "fr", "en")}
    write_version(actor=OFFICE, lesson_code="1.1", texts={}, variants={"LD": empty})

    assert version.variants.count() == 0


def test_another_authors_save_is_noticed(draft) -> None:
    seen = digest_of(draft())
    draft(words="Người khác sửa")

    assert (
        refused_code(lambda: write_version(actor=OFFICE, lesson_code="1.1", texts=texts_saying("Tôi sửa"), seen=seen))
        == "curriculum.changed_meanwhile"
    )


def test_saving_the_approved_words_again_makes_no_version(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    approve_version(actor=REVIEWER, version_uuid=version.uuid)

    assert refused_code(draft) == "curriculum.nothing_changed"
    assert LessonVersion.objects.count() == 1


def test_four_eyes(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    same_person = Actor(Role.REVIEWER, "Tên khác", account_id=OFFICE.account_id)

    assert (
        refused_code(lambda: approve_version(actor=same_person, version_uuid=version.uuid)) == "curriculum.own_version"
    )
    version.refresh_from_db()
    assert version.state == "submitted"


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.OFFICE, Role.SYSTEM)])
def test_only_the_university_writes(draft, role: Role) -> None:
    version = draft()
    other = Actor(role, "x", account_id=7)

    for call in (
        lambda: write_version(actor=other, lesson_code="1.1", texts={}),
        lambda: submit_version(actor=other, version_uuid=version.uuid),
        lambda: withdraw_version(actor=other, version_uuid=version.uuid),
        lambda: retire(actor=other, version_uuid=version.uuid),
    ):
        with pytest.raises(NotAllowed):
            call()


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.REVIEWER, Role.SYSTEM)])
def test_only_the_department_reviews(draft, role: Role) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    other = Actor(role, "x", account_id=7)

    with pytest.raises(NotAllowed):
        approve_version(actor=other, version_uuid=version.uuid)
    with pytest.raises(NotAllowed):
        remark(actor=other, version_uuid=version.uuid, text="x")
    version.refresh_from_db()
    assert version.state == "submitted"


def test_retired_lesson_is_not_taught_and_can_be_written_again(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    approve_version(actor=REVIEWER, version_uuid=version.uuid)
    with pytest.raises(NotAllowed):
        retire(actor=OFFICE, version_uuid=version.uuid)

    retire(actor=REVIEWER, version_uuid=version.uuid)

    assert taught_version("1.1") is None
    again = draft()
    assert (again.number, again.state) == (2, "draft")


def test_changes_between_two_versions_by_language_and_group(draft) -> None:
    first = draft(words="Chữ cũ", variant="Nhóm cũ")
    submit_version(actor=OFFICE, version_uuid=first.uuid)
    approve_version(actor=REVIEWER, version_uuid=first.uuid)
    second = draft(words="Chữ mới", variant="Nhóm mới")

    changes = changes_between(first.uuid, second.uuid, "fr")
    assert [c for c in changes if c[0] != "same"] == [("out", "cũ "), ("in", "mới ")]
    assert "Chữ cũ (fr)" in older(changes) and "Chữ mới (fr)" in newer(changes)
    group = changes_between(str(first.uuid), str(second.uuid), "vi", "LD")
    assert [c for c in group if c[0] != "same"] == [("out", "cũ."), ("in", "mới.")]
    with pytest.raises(LessonVersion.DoesNotExist):
        changes_between(first.uuid, "0190b9b5-0000-7000-8000-000000000000", "vi")


def test_each_deed_writes_one_line(draft) -> None:
    version = draft()
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    said = remark(actor=REVIEWER, version_uuid=version.uuid, text="a")
    answer_remark(actor=OFFICE, remark_uuid=said.uuid, answer="b")
    submit_version(actor=OFFICE, version_uuid=version.uuid)
    approve_version(actor=REVIEWER, version_uuid=version.uuid)

    actions = list(lines_of("lesson_version", version.uuid).order_by("sequence").values_list("action", "role"))
    assert actions == [
        ("curriculum.version_written", "office"),
        ("curriculum.version_submitted", "office"),
        ("curriculum.remarked", "reviewer"),
        ("curriculum.remark_answered", "office"),
        ("curriculum.version_submitted", "office"),
        ("curriculum.version_approved", "reviewer"),
    ]

"""Loading the shipped programme, and what the other floors read of it."""

import pytest

from hocvu.curriculum.api import (
    check_lessons,
    lesson_codes,
    lesson_for_group,
    lessons_of_half_day,
    load_programme,
    programme_in_use,
    taught_version,
    trace_of,
    waiting_for_review,
    write_version,
)
from hocvu.curriculum.models import LessonVariant, LessonVersion, Programme
from hocvu.kernel.actor import SYSTEM, Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.models import Line

OFFICE = Actor(Role.OFFICE, "Phòng Đào tạo", account_id=1)
REVIEWER = Actor(Role.REVIEWER, "Phòng Chuyển đổi số", account_id=2)


def test_shipped_lessons_are_in_order() -> None:
    assert check_lessons() == []


@pytest.mark.django_db
def test_load_writes_submits_and_approves_each_lesson_once() -> None:
    programme = load_programme(actor=OFFICE, approve_as=REVIEWER)

    versions = LessonVersion.objects.all()
    assert programme.code == "digital-skills-2025"
    assert [(v.number, v.state) for v in versions] == [(1, "approved")] * 15
    assert {(v.author_label, v.decided_by) for v in versions} == {(OFFICE.label, REVIEWER.label)}
    assert LessonVariant.objects.count() == 27
    assert list(Line.objects.values_list("action", "count", "role")) == [
        ("curriculum.programme_loaded", 15, "office"),
        ("curriculum.version_written", 15, "office"),
        ("curriculum.version_submitted", 15, "office"),
        ("curriculum.version_approved", 15, "reviewer"),
    ]


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    load_programme(actor=OFFICE, approve_as=REVIEWER)
    before = Line.objects.count(), list(LessonVersion.objects.values_list("uuid", "state").order_by("pk"))

    load_programme(actor=OFFICE, approve_as=REVIEWER)

    assert before == (
        Line.objects.count(),
        list(LessonVersion.objects.values_list("uuid", "state").order_by("pk")),
    )
    assert Programme.objects.count() == 1


@pytest.mark.django_db
def test_drafts_loaded_first_are_approved_by_a_later_load() -> None:
    load_programme(actor=OFFICE)
    assert set(LessonVersion.objects.values_list("state", flat=True)) == {"draft"}

    load_programme(actor=OFFICE, approve_as=REVIEWER)

    assert list(LessonVersion.objects.values_list("number", "state")) == [(1, "approved")] * 15


@pytest.mark.django_db
def test_loading_leaves_alone_what_was_written_since() -> None:
    load_programme(actor=OFFICE, approve_as=REVIEWER)
    text = taught_version("2.2").texts["vi"]
    draft = write_version(actor=OFFICE, lesson_code="2.2", texts={"vi": text | {"title": "Đổi tên"}})

    load_programme(actor=OFFICE, approve_as=REVIEWER)

    draft.refresh_from_db()
    assert (draft.number, draft.state, draft.texts["vi"]["title"]) == (2, "draft", "Đổi tên")
    assert LessonVersion.objects.filter(lesson__code="2.2").count() == 2


@pytest.mark.django_db
def test_one_account_may_not_be_both_author_and_reviewer() -> None:
    with pytest.raises(NotAllowed) as refused:
        load_programme(actor=OFFICE, approve_as=Actor(Role.REVIEWER, "x", account_id=1))
    assert refused.value.code == "curriculum.own_version"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRAINEE, Role.INSTRUCTOR, Role.FOCAL_POINT, Role.LEADER, Role.REVIEWER])
def test_other_roles_may_not_load(role: Role) -> None:
    with pytest.raises(NotAllowed):
        load_programme(actor=Actor(role, "x"))
    assert not Programme.objects.exists()


@pytest.mark.django_db
def test_programme_fills_four_half_days_of_sixteen_periods(django_assert_num_queries) -> None:
    load_programme(actor=SYSTEM, approve_as=SYSTEM)

    with django_assert_num_queries(3):
        programme = programme_in_use("digital-skills-2025")

    assert programme.minutes == 16 * 45
    assert [sum(e.minutes for e in lessons_of_half_day(n)) for n in (1, 2, 3, 4)] == [180] * 4
    assert [e.code for e in lessons_of_half_day(1)] == ["0.1", "1.1", "1.2", "1.3"]
    assert lesson_codes()[0] == "0.1" and lesson_codes()[-1] == "0.2" and len(lesson_codes()) == 15
    assert {e.version for e in programme.lessons} == {1}
    assert programme_in_use("nowhere") is None


@pytest.mark.django_db
def test_lesson_for_group_gives_language_variant_and_neighbours() -> None:
    load_programme(actor=SYSTEM, approve_as=SYSTEM)

    lesson = lesson_for_group("2.2", "CA", "fr")

    assert lesson.title.startswith("Reconnaître l’escroquerie")
    assert lesson.language == "fr" and lesson.group_code == "CA" and lesson.groups == ["CA"]
    assert lesson.variant_body.startswith("## Pour la police provinciale")
    assert (lesson.previous.code, lesson.next.code) == ("2.1", "2.3")
    assert lesson_for_group("2.2", "XA", "vi").variant_body == ""
    assert lesson_for_group("2.2", "", "de").language == "vi"
    assert lesson_for_group("9.9", "", "vi") is None


@pytest.mark.django_db
def test_nothing_unapproved_is_taught() -> None:
    load_programme(actor=OFFICE)

    assert taught_version("2.2") is None
    assert lesson_for_group("2.2", "", "vi") is None
    assert {e.version for e in programme_in_use().lessons} == {None}
    assert waiting_for_review() == []


@pytest.mark.django_db
def test_trace_of_a_version_loaded_among_many_names_both_bodies() -> None:
    load_programme(actor=OFFICE, approve_as=REVIEWER)

    version = LessonVersion.objects.select_related("lesson__programme").get(lesson__code="3.5")

    assert [(e.deed, e.who, e.role) for e in trace_of(version)] == [
        ("written", OFFICE.label, "office"),
        ("submitted", OFFICE.label, "office"),
        ("approved", REVIEWER.label, "reviewer"),
    ]


@pytest.mark.django_db
def test_unknown_lesson_is_refused() -> None:
    load_programme(actor=OFFICE)
    with pytest.raises(Refused) as refused:
        write_version(actor=OFFICE, lesson_code="9.9", texts={})
    assert refused.value.code == "curriculum.lesson_unknown"

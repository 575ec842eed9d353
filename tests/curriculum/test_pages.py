"""The pages: who may open them, what they show, what they refuse, how many queries they take."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from hocvu.curriculum.api import (
    answer_remark,
    approve_version,
    digest_of,
    load_programme,
    remark,
    submit_version,
)
from hocvu.curriculum.models import Lesson, LessonVersion, Remark
from hocvu.curriculum.web.words import HALF_DAYS
from hocvu.kernel.actor import SYSTEM, Role

from .conftest import OFFICE, REVIEWER, texts_saying

READERS = (Role.OFFICE, Role.REVIEWER, Role.MANAGER)
OTHERS = tuple(role for role in Role if role not in (*READERS, Role.SYSTEM))


def html_of(response) -> str:
    return response.content.decode()


def queries(client, url: str) -> int:
    client.get(url)  # sessions and caches warm
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200, url
    return len(caught)


@pytest.fixture
def approved(draft) -> Callable[..., LessonVersion]:
    def make(code: str = "1.1", words: str = "Chữ đã duyệt", variant: str = "") -> LessonVersion:
        version = draft(code, words, variant)
        submit_version(actor=OFFICE, version_uuid=version.uuid)
        return approve_version(actor=REVIEWER, version_uuid=version.uuid)

    return make


@pytest.fixture
def submitted(draft) -> Callable[..., LessonVersion]:
    def make(code: str = "1.1", words: str = "Chữ chờ duyệt", variant: str = "") -> LessonVersion:
        version = draft(code, words, variant)
        return submit_version(actor=OFFICE, version_uuid=version.uuid)

    return make


def form_data(words: str, version: LessonVersion | None, **changes: str) -> dict[str, str]:
    text = texts_saying(words)["vi"]
    return {
        "title": text["title"],
        "reading_minutes": "7",
        "objectives": "Một\nHai\n\n",
        "body": text["body"],
        "sources": "Nguồn",
        "seen": digest_of(version),
    } | changes


# ---- reading


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.SYSTEM])
def test_everyone_signed_in_reads_the_programme_and_lessons(sign_in, approved, role: Role) -> None:
    approved()
    client = sign_in(role)

    assert client.get("/programme/").status_code == 200
    assert "Chữ đã duyệt (vi)" in html_of(client.get("/lessons/1.1/"))


def test_passers_by_are_sent_to_sign_in(client, world, approved) -> None:
    approved()
    for url in ("/programme/", "/lessons/1.1/", "/authoring/", "/review/"):
        assert client.get(url).status_code == 302, url


def test_programme_page_links_what_is_approved_only(sign_in, approved) -> None:
    approved("1.1")
    page = html_of(sign_in(Role.TRAINEE).get("/programme/"))

    assert 'href="/lessons/1.1/"' in page and "Bài số 2.1" in page
    assert 'href="/lessons/2.1/"' not in page
    with translation.override("vi"):
        assert str(HALF_DAYS[1]) in page and str(HALF_DAYS[2]) in page and "Trục một" in page


def test_programme_by_axis_and_with_group(sign_in, approved) -> None:
    approved("1.1")
    client = sign_in(Role.TRAINEE)

    assert "Trục hai" in html_of(client.get("/programme/?by=axis"))
    assert 'href="/lessons/1.1/?group=LD"' in html_of(client.get("/programme/?group=LD"))
    assert "group=" not in html_of(client.get("/programme/?group=<x>")).split("<h2")[1]


def test_programme_page_without_programme(sign_in) -> None:
    assert sign_in(Role.TRAINEE).get("/programme/").status_code == 200


def test_lesson_shows_the_variant_of_the_group_only_when_asked(sign_in, approved) -> None:
    approved("1.1", variant="Dành cho lãnh đạo xem")
    client = sign_in(Role.TRAINEE)

    assert "Dành cho lãnh đạo xem" not in html_of(client.get("/lessons/1.1/"))
    page = html_of(client.get("/lessons/1.1/?group=LD"))
    assert page.index("Chữ đã duyệt") < page.index("Dành cho lãnh đạo xem")
    assert "Dành cho lãnh đạo xem" not in html_of(client.get("/lessons/1.1/?group=XX"))


def test_lesson_marks_unverified_sources_and_speaks_the_pages_language(sign_in, approved) -> None:
    approved()
    client = sign_in(Role.TRAINEE)

    assert '<span class="hv-unverified">chưa xác minh</span>' in html_of(client.get("/lessons/1.1/"))
    client.cookies["hocvu_language"] = "fr"
    assert "Chữ đã duyệt (fr)" in html_of(client.get("/lessons/1.1/"))


def test_lesson_not_approved_or_unknown_is_not_found(sign_in, draft, programme) -> None:
    draft("1.1")
    client = sign_in(Role.TRAINEE)

    assert [client.get(f"/lessons/{code}/").status_code for code in ("1.1", "2.1", "9.9")] == [404] * 3


def test_only_a_trainees_page_reports_reading(sign_in, approved) -> None:
    version = approved()
    page = html_of(sign_in(Role.TRAINEE).get("/lessons/1.1/"))

    assert f'data-reading-url="{reverse("delivery:reading")}"' in page
    assert f'data-reading-version="{version.number}"' in page and 'data-reading-lesson="1.1"' in page
    assert "data-reading-url" not in html_of(sign_in(Role.INSTRUCTOR).get("/lessons/1.1/"))


def test_lesson_with_a_task_leads_to_it(sign_in) -> None:
    load_programme(actor=SYSTEM, approve_as=SYSTEM)
    client = sign_in(Role.TRAINEE)

    assert 'href="/practice/2.2-inbox/"' in html_of(client.get("/lessons/2.2/"))
    assert 'href="/practice/' not in html_of(client.get("/lessons/2.1/"))
    assert 'href="/practice/' not in html_of(sign_in(Role.INSTRUCTOR).get("/lessons/2.2/"))
    assert 'rel="prev" href="/lessons/2.1/?group=CA"' in html_of(client.get("/lessons/2.2/?group=CA"))


def test_every_shipped_lesson_opens_in_three_languages(sign_in) -> None:
    load_programme(actor=SYSTEM, approve_as=SYSTEM)
    client = sign_in(Role.TRAINEE)

    for language in ("vi", "fr", "en"):
        client.cookies["hocvu_language"] = language
        for version in LessonVersion.objects.select_related("lesson"):
            page = html_of(client.get(f"/lessons/{version.lesson.code}/"))
            assert f'<div class="hv-prose" lang="{language}">' in page
            assert len(re.findall(r'<h2 id="part-\d+">', page)) == 4, (version.lesson.code, language)
            assert "**" not in page


def test_reading_takes_as_many_queries_for_many_lessons(sign_in, approved, programme) -> None:
    client = sign_in(Role.TRAINEE)
    approved("1.1")
    Lesson.objects.filter(code="2.1").delete()
    few = [queries(client, url) for url in ("/programme/", "/lessons/1.1/")]
    for number in range(20):
        Lesson.objects.create(
            programme=programme, code=f"5.{number}", axis=1, half_day=1, ordinal=9 + number, minutes=5, title={}
        )
        approved(f"5.{number}")

    assert [queries(client, url) for url in ("/programme/", "/lessons/1.1/")] == few


# ---- who sees versions


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_see_no_versions(sign_in, approved, role: Role) -> None:
    version = approved()
    client = sign_in(role)

    for url in ("/authoring/", "/review/", "/lesson-versions/", f"/lesson-versions/{version.uuid}/",
                "/authoring/1.1/vi/", "/exports/lessons/", "/exports/lesson-versions/"):  # fmt: skip
        assert client.get(url).status_code == 403, url


@pytest.mark.parametrize("role", READERS)
def test_readers_of_versions_open_every_list(sign_in, approved, submitted, role: Role) -> None:
    approved("1.1")
    submitted("2.1")
    client = sign_in(role)

    for url in ("/authoring/", "/review/", "/lesson-versions/", "/lesson-versions/?lesson=1.1",
                "/exports/lessons/", "/exports/lesson-versions/?lesson=1.1", "/exports/lesson-review/"):  # fmt: skip
        assert client.get(url).status_code == 200, url
    assert "Bài số 2.1" in html_of(client.get("/review/"))
    assert client.get("/lesson-versions/?lesson=9.9").status_code == 404


def test_the_reviewer_sees_no_draft(sign_in, draft) -> None:
    version = draft(words="Chữ nháp bí mật")
    reviewer = sign_in(Role.REVIEWER)

    assert reviewer.get(f"/lesson-versions/{version.uuid}/").status_code == 404
    assert str(version.uuid) not in html_of(reviewer.get("/lesson-versions/?lesson=1.1"))
    assert "Chữ nháp bí mật" in html_of(sign_in(Role.MANAGER).get(f"/lesson-versions/{version.uuid}/"))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MANAGER])
def test_only_the_office_writes(sign_in, draft, role: Role) -> None:
    version = draft()
    client = sign_in(role)

    assert client.get("/authoring/1.1/vi/").status_code == 403
    assert client.post("/authoring/1.1/vi/", form_data("x", version)).status_code == 403
    assert client.post(f"/lesson-versions/{version.uuid}/submission/").status_code == 403


@pytest.mark.parametrize("role", [Role.OFFICE, Role.MANAGER])
def test_only_the_department_reviews(sign_in, submitted, role: Role) -> None:
    version = submitted()
    client = sign_in(role)

    assert client.post(f"/lesson-versions/{version.uuid}/approval/", {"confirmed": "on"}).status_code == 403
    assert client.post(f"/lesson-versions/{version.uuid}/remarks/", {"text": "x"}).status_code == 403
    version.refresh_from_db()
    assert version.state == "submitted"


def test_the_manager_reads_and_can_do_nothing(sign_in, submitted) -> None:
    page = html_of(sign_in(Role.MANAGER).get(f"/lesson-versions/{submitted().uuid}/"))

    assert 'method="post"' not in page.split("<main")[1]


# ---- writing


def test_the_office_writes_a_first_version_and_goes_on(sign_in, programme) -> None:
    client = sign_in(Role.OFFICE)
    assert client.get("/authoring/1.1/vi/").status_code == 200

    response = client.post("/authoring/1.1/vi/", form_data("Chữ của tôi", None))

    version = LessonVersion.objects.get()
    assert response.headers["Location"] == f"/lesson-versions/{version.uuid}/?language=vi"
    assert (version.number, version.state, version.reading_minutes) == (1, "draft", 7)
    assert version.texts["vi"]["objectives"] == ["Một", "Hai"]
    assert version.texts["fr"]["title"] == ""
    page = html_of(client.get(response.headers["Location"]))
    assert "Chữ của tôi" in page
    client.post(f"/lesson-versions/{version.uuid}/submission/")
    version.refresh_from_db()
    assert version.state == "draft"


def test_preview_shows_and_saves_nothing(sign_in, programme) -> None:
    data = form_data("Xem **trước** <script>alert(1)</script>", None, preview="1")
    response = sign_in(Role.OFFICE).post("/authoring/1.1/vi/", data)

    assert response.status_code == 200
    assert "Xem <strong>trước</strong> &lt;script&gt;" in html_of(response)
    assert "Xem **trước** &lt;script&gt;" in html_of(response)
    assert not LessonVersion.objects.exists()


def test_what_was_typed_stays_when_it_cannot_be_saved(sign_in, draft) -> None:
    version = draft()
    client = sign_in(Role.OFFICE)

    response = client.post("/authoring/1.1/vi/", form_data("Chữ dài tôi gõ", version, title="", reading_minutes="99"))

    assert response.status_code == 422
    assert "Chữ dài tôi gõ" in html_of(response) and "error-summary" in html_of(response)
    version.refresh_from_db()
    assert "Chữ đầu tiên" in version.texts["vi"]["body"]


def test_a_colleagues_save_is_told_once_and_then_overwritten_on_purpose(sign_in, draft) -> None:
    first = form_data("Chữ của tôi", draft())
    version = draft(words="Chữ của người khác")
    client = sign_in(Role.OFFICE)

    response = client.post("/authoring/1.1/vi/", first)
    assert response.status_code == 422 and "Chữ của tôi" in html_of(response)
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', html_of(response)).group(1)
    assert client.post("/authoring/1.1/vi/", first | {"seen": seen}).status_code == 302

    version.refresh_from_db()
    assert "Chữ của tôi" in version.texts["vi"]["body"]


def test_a_version_with_the_reviewer_is_not_written_on(sign_in, submitted) -> None:
    version = submitted()
    client = sign_in(Role.OFFICE)

    assert client.get("/authoring/1.1/vi/").headers["Location"] == f"/lesson-versions/{version.uuid}/"
    response = client.post("/authoring/1.1/vi/", form_data("Chữ gõ dở", version))
    assert response.status_code == 422 and "Chữ gõ dở" in html_of(response)


def test_unknown_places_to_write_are_not_found(sign_in, programme) -> None:
    client = sign_in(Role.OFFICE)

    for url in ("/authoring/9.9/vi/", "/authoring/1.1/de/", "/authoring/1.1/vi/ZZ/"):
        assert client.get(url).status_code == 404, url


def test_the_office_writes_a_variant(sign_in, draft) -> None:
    version = draft()
    client = sign_in(Role.OFFICE)
    assert client.get("/authoring/1.1/fr/XA/").status_code == 200

    client.post("/authoring/1.1/fr/XA/", {"title": "Commune", "body": "## Ici\n\nx", "seen": digest_of(version)})

    assert version.variants.get().texts["fr"] == {"title": "Commune", "body": "## Ici\n\nx"}
    assert "Commune" in html_of(client.get(f"/lesson-versions/{version.uuid}/?group=XA&language=fr"))


# ---- reviewing


def test_submit_remark_answer_approve_through_the_pages(sign_in, draft) -> None:
    version = draft()
    office, reviewer = sign_in(Role.OFFICE), sign_in(Role.REVIEWER)
    base = f"/lesson-versions/{version.uuid}/"

    office.post(base + "submission/")
    reviewer.post(base + "remarks/", {"text": "Câu <b>này</b> chưa rõ."})
    page = html_of(office.get(base))
    assert "Câu &lt;b&gt;này&lt;/b&gt; chưa rõ." in page
    said = Remark.objects.get()
    office.post(f"/lesson-remarks/{said.uuid}/answer/", {"answer": "Đã nói rõ."})
    office.post(base + "submission/")
    assert reviewer.get(base + "approval/").status_code == 200
    assert reviewer.post(base + "approval/", {}).status_code == 422
    reviewer.post(base + "approval/", {"confirmed": "on"})

    version.refresh_from_db()
    assert version.state == "approved"
    trace = html_of(reviewer.get(base)).split('id="text"')[1]
    for who in (OFFICE.label, version.decided_by):
        assert who in trace
    assert "Đã nói rõ." in html_of(reviewer.get(base))
    assert "Chữ đầu tiên" in html_of(sign_in(Role.TRAINEE).get("/lessons/1.1/"))


def test_an_empty_remark_or_answer_is_told_and_nothing_is_lost(sign_in, submitted) -> None:
    version = submitted()
    reviewer, office = sign_in(Role.REVIEWER), sign_in(Role.OFFICE)
    base = f"/lesson-versions/{version.uuid}/"

    assert reviewer.post(base + "remarks/", {"text": "  "}).status_code == 422
    long = "Dài quá " * 600
    response = reviewer.post(base + "remarks/", {"text": long})
    assert response.status_code == 422 and "Dài quá Dài quá" in html_of(response)
    said = remark(actor=REVIEWER, version_uuid=version.uuid, text="Một")
    assert office.post(f"/lesson-remarks/{said.uuid}/answer/", {"answer": ""}).status_code == 422
    answer_remark(actor=OFFICE, remark_uuid=said.uuid, answer="Hai")
    response = office.post(f"/lesson-remarks/{said.uuid}/answer/", {"answer": "Ba chữ mới"})
    assert response.status_code == 422
    assert Remark.objects.get().answer == "Hai"


def test_changes_are_marked_word_by_word_by_language_and_group(sign_in, approved, submitted) -> None:
    approved("1.1", "Chữ cũ", variant="Nhóm cũ")
    version = submitted("1.1", "Chữ mới", variant="Nhóm cũ")
    client = sign_in(Role.REVIEWER)
    url = f"/lesson-versions/{version.uuid}/"

    page = html_of(client.get(url))
    assert "Chữ <del>cũ </del><ins>mới </ins>(vi)." in page
    assert "Chữ <del>cũ </del><ins>mới </ins>(en)." in html_of(client.get(url + "?language=en"))
    group = html_of(client.get(url + "?group=LD"))
    assert "Nhóm cũ." in group and "<ins>mới" not in group
    assert "<ins>mới" not in html_of(client.get(url + "?show=text"))
    assert client.get(url + "?against=999&language=xx&group=zz&show=zz").status_code == 200


def test_a_comparison_escapes_what_authors_wrote(sign_in, approved, submitted) -> None:
    approved("1.1", "Chữ")
    version = submitted("1.1", "Chữ <script>alert(1)</script> <img src=x onerror=alert(1)>")
    page = html_of(sign_in(Role.REVIEWER).get(f"/lesson-versions/{version.uuid}/"))

    assert "&lt;script&gt;" in page and "<script>alert" not in page and "<img src=x" not in page


def test_taking_back_and_retiring(sign_in, submitted, approved) -> None:
    office, reviewer = sign_in(Role.OFFICE), sign_in(Role.REVIEWER)
    version = submitted("2.1")
    office.post(f"/lesson-versions/{version.uuid}/withdrawal/")
    version.refresh_from_db()
    assert version.state == "draft"
    assert office.get(f"/lesson-versions/{version.uuid}/retirement/").status_code == 200
    office.post(f"/lesson-versions/{version.uuid}/retirement/")
    version.refresh_from_db()
    assert version.state == "retired"
    taught = approved("1.1")
    assert office.post(f"/lesson-versions/{taught.uuid}/retirement/").status_code == 404
    reviewer.post(f"/lesson-versions/{taught.uuid}/retirement/")
    taught.refresh_from_db()
    assert taught.state == "retired"


def test_approving_twice_is_refused_kindly(sign_in, approved) -> None:
    version = approved()
    client = sign_in(Role.REVIEWER)
    url = f"/lesson-versions/{version.uuid}/approval/"

    assert client.get(url).headers["Location"] == f"/lesson-versions/{version.uuid}/"
    assert client.post(url, {"confirmed": "on"}).status_code == 422


@pytest.mark.parametrize("deed", ["submission", "withdrawal", "remarks"])
def test_deeds_are_posts(sign_in, submitted, deed: str) -> None:
    role = Role.REVIEWER if deed == "remarks" else Role.OFFICE
    assert sign_in(role).get(f"/lesson-versions/{submitted().uuid}/{deed}/").status_code == 405


def test_lists_and_version_take_as_many_queries_for_many_rows(sign_in, submitted, approved, programme) -> None:
    client = sign_in(Role.REVIEWER)
    approved("1.1", "Không")
    version = submitted("1.1", "Một")
    remark(actor=REVIEWER, version_uuid=version.uuid, text="a")
    submitted("2.1")
    urls = ["/authoring/", "/review/", "/lesson-versions/", f"/lesson-versions/{version.uuid}/"]
    few = [queries(client, url) for url in urls]
    for number in range(12):
        Lesson.objects.create(
            programme=programme, code=f"5.{number}", axis=1, half_day=1, ordinal=9 + number, minutes=5, title={}
        )
        approved(f"5.{number}", "cũ")
        submitted(f"5.{number}", "mới")
        remark(actor=REVIEWER, version_uuid=version.uuid, text="b")

    assert [queries(client, url) for url in urls] == few

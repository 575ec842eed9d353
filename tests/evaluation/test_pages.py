"""Pages of evaluation: who may open them, what they show, what they lose (nothing)."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hocvu.evaluation.api import AnswerRow, answer_many
from hocvu.evaluation.models import Form, Invitation, Response
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.models import Person
from tests.evaluation.conftest import came
from tests.evaluation.test_doors import answered, full, send
from tests.world import World, person

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


@pytest.fixture
def mine(world: World, forms) -> Invitation:
    """The reaction form of the signed-in trainee (class TT-002, asked early)."""
    send(world, "reaction", placement_ids=[p.pk for p in world.placements["TT-002"]])
    return Invitation.objects.get(respondent=world.placements["TT-002"][0].person)


def marks(form: Form, mark: int = 8, skip: tuple[str, ...] = ()) -> dict[str, str]:
    return {f"s-{one['code']}": str(mark) for one in form.indicators if one["code"] not in skip}


def test_my_forms_shows_the_next_one(mine: Invitation, sign_in: SignIn) -> None:
    page = sign_in(Role.TRAINEE).get(reverse("evaluation:my_forms")).content.decode()

    assert "Phiếu đánh giá chất lượng khóa bồi dưỡng" in page
    assert reverse("evaluation:form", args=[mine.uuid]) in page


def test_no_forms_no_worry(world: World, sign_in: SignIn) -> None:
    assert "govuk-inset-text" in sign_in(Role.TRAINEE).get(reverse("evaluation:my_forms")).content.decode()


def test_the_form_asks_each_statement_once_with_ten_boxes(mine: Invitation, sign_in: SignIn) -> None:
    page = sign_in(Role.TRAINEE).get(reverse("evaluation:form", args=[mine.uuid])).content.decode()

    assert page.count('type="radio"') == 26 * 11
    assert page.count("<legend") == 26
    assert page.count("<textarea") == 2


def test_a_form_is_sent_once_and_thanked_for(mine: Invitation, sign_in: SignIn) -> None:
    client = sign_in(Role.TRAINEE)
    address = reverse("evaluation:form", args=[mine.uuid])
    response = client.post(address, marks(mine.form) | {"w-best": "Ký số", "w-change": ""})

    assert response.headers["Location"] == reverse("evaluation:thanks", args=[mine.uuid])
    assert client.get(response.headers["Location"]).status_code == 200
    kept = Response.objects.get()
    assert (kept.valid, kept.words) == (True, {"best": "Ký số"})
    assert "<form method" not in client.get(address).content.decode().split("<main")[1]


def test_too_many_blanks_are_said_kindly_and_nothing_is_lost(mine: Invitation, sign_in: SignIn) -> None:
    client = sign_in(Role.TRAINEE)
    address = reverse("evaluation:form", args=[mine.uuid])
    given = marks(mine.form, 7, skip=("P1", "K2")) | {"w-best": "Giữ nguyên chữ này"}

    response = client.post(address, given)

    page = response.content.decode()
    assert response.status_code == 422
    assert Response.objects.count() == 0
    assert "Giữ nguyên chữ này" in page
    assert 'href="#s-P1-1"' in page and 'href="#s-K2-1"' in page and 'href="#s-P2-1"' not in page
    assert 'id="s-P2-7" value="7" checked' in page
    assert 'name="as_it_is"' in page
    client.post(address, given | {"as_it_is": "1"})
    assert (Response.objects.get().blanks, Response.objects.get().valid) == (2, False)


@pytest.mark.parametrize("value", ["0", "11", "x", "7.5", "٣", "-1"])
def test_nonsense_marks_count_as_blank(mine: Invitation, sign_in: SignIn, value: str) -> None:
    given = marks(mine.form) | {"s-P1": value, "s-P2": value}

    assert sign_in(Role.TRAINEE).post(reverse("evaluation:form", args=[mine.uuid]), given).status_code == 422


def test_a_text_that_is_too_long_is_refused_and_kept(mine: Invitation, sign_in: SignIn) -> None:
    long = "chữ " * 600
    response = sign_in(Role.TRAINEE).post(
        reverse("evaluation:form", args=[mine.uuid]), marks(mine.form) | {"w-best": long}
    )

    assert response.status_code == 422
    assert "chữ chữ" in response.content.decode()
    assert Response.objects.count() == 0


def test_a_late_form_is_closed(mine: Invitation, sign_in: SignIn) -> None:
    Invitation.objects.update(due_on=date(2025, 6, 17))
    client = sign_in(Role.TRAINEE)

    assert "17/06/2025" in client.get(reverse("evaluation:form", args=[mine.uuid])).content.decode()
    client.post(reverse("evaluation:form", args=[mine.uuid]), marks(mine.form))
    assert Response.objects.count() == 0


def test_other_peoples_forms_are_not_found(world: World, mine: Invitation, sign_in: SignIn) -> None:
    other = Invitation.objects.exclude(pk=mine.pk)[0]

    for name in ("evaluation:form", "evaluation:thanks"):
        assert sign_in(Role.TRAINEE).get(reverse(name, args=[other.uuid])).status_code == 404
    assert sign_in(Role.TRAINEE).get(reverse("evaluation:thanks", args=[mine.uuid])).status_code == 404  # not answered


def test_the_head_sees_whom_a_form_is_about(world: World, forms, after, sign_in: SignIn) -> None:
    head = world.accounts[Role.HEAD]
    head.person = person("Đỗ Văn Trưởng", world.organisations["XA1"], job_group="leader")
    head.save()
    send(world, "follow_up_superior", 1, placement_ids=[p.pk for p in world.placements["TT-001"]])
    client = sign_in(Role.HEAD)
    page = client.get(reverse("evaluation:my_forms")).content.decode()
    one = Invitation.objects.select_related("placement__person").order_by("pk")[0]

    assert page.count(reverse("evaluation:form", args=[one.uuid]).rsplit("/", 2)[0]) >= 6
    form = client.get(reverse("evaluation:form", args=[one.uuid])).content.decode()
    assert one.placement.person.full_name.replace("'", "&#x27;") in form
    assert "bộ phận một cửa" in form  # words of the group XA


def test_texts_follow_the_language(mine: Invitation, sign_in: SignIn) -> None:
    client = sign_in(Role.TRAINEE)
    client.get("/languages/fr/")

    assert (
        "Évaluation" in client.get(reverse("evaluation:form", args=[mine.uuid])).content.decode()
        or "évaluation" in client.get(reverse("evaluation:form", args=[mine.uuid])).content.decode()
    )


RESULT_PAGES = ("evaluation:results", "evaluation:results_file", "evaluation:words")


@pytest.mark.parametrize("name", RESULT_PAGES)
def test_who_reads_results(world: World, forms, sign_in: SignIn, name: str) -> None:
    address = reverse(name, args=[forms["reaction", 0].uuid])
    for role in Role:
        if role is Role.SYSTEM:
            continue
        allowed = role in {Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER}
        assert sign_in(role).get(address).status_code == (200 if allowed else 403), role


def test_results_page_shows_mean_interval_band_and_silence(world: World, forms, after, sign_in: SignIn) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    answered(world, form, {"TT-001": [8, 8, 9, 9, 10, 10]})
    client = sign_in(Role.LEADER)
    page = client.get(reverse("evaluation:results", args=[form.uuid])).content.decode()

    assert "9,00" in page and "50,0 %" in page and "<svg" in page
    assert "Chương trình bồi dưỡng" in page and "Hiệu quả sau bồi dưỡng" in page
    for by in ("indicator", "group", "organisation", "organisation_now"):
        assert client.get(reverse("evaluation:results", args=[form.uuid]), {"by": by}).status_code == 200
    by_agency = client.get(reverse("evaluation:results", args=[form.uuid]), {"by": "organisation"}).content.decode()
    assert "xã Nhơn Lý" in by_agency
    assert f"form={form.uuid}" in by_agency  # the export keeps the form


def test_small_numbers_are_hidden_on_the_page_and_in_every_file(world: World, forms, after, sign_in: SignIn) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    answered(world, form, {"TT-001": [9] * 6, "TR-001": [3, 3]})
    client = sign_in(Role.MANAGER)
    page = client.get(reverse("evaluation:results", args=[form.uuid]), {"by": "organisation"}).content.decode()
    file = client.get(reverse("evaluation:results_file", args=[form.uuid]))
    book = openpyxl.load_workbook(io.BytesIO(file.content), read_only=True)
    cells = [
        cell for sheet in book.worksheets[2:] for row in sheet.iter_rows(min_row=2, values_only=True) for cell in row
    ]
    export = client.get("/exports/evaluation-results/", {"form": str(form.uuid)})
    exported = [
        c for row in openpyxl.load_workbook(io.BytesIO(export.content), read_only=True).worksheets[0].iter_rows(values_only=True)
        for c in row
    ]  # fmt: skip
    book.close()

    assert page.count("&lt;5") == 2
    assert 3 not in [c for c in cells if isinstance(c, float)] and 3.0 not in exported
    assert len(book.sheetnames) == 5


def test_words_come_without_names_and_only_from_five_on(world: World, forms, after, sign_in: SignIn) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")
    client = sign_in(Role.REVIEWER)
    address = reverse("evaluation:words", args=[form.uuid])

    def write(count: int) -> None:
        waiting = Invitation.objects.filter(form=form, state="sent").order_by("pk")[:count]
        answer_many(actor=SYSTEM, rows=[AnswerRow(i.pk, full(form), {"best": "Thư công vụ"}) for i in waiting])

    write(4)
    assert "Thư công vụ" not in client.get(address).content.decode()
    write(1)
    page = client.get(address).content.decode()
    assert page.count("Thư công vụ") == 5
    assert not any(
        name in page for name in Person.objects.values_list("full_name", flat=True) if "Tài khoản" not in name
    )


def test_who_sees_who_was_asked(world: World, forms, after, sign_in: SignIn) -> None:
    form = forms["reaction", 0]
    send(world, "reaction")  # XA1 and the school
    address = reverse("evaluation:invitations", args=[form.uuid])

    for role in (Role.MANAGER, Role.OFFICE):
        page = sign_in(role).get(address).content.decode()
        assert "xã Nhơn Lý" in page and "Phước Sơn" in page
    for role in (Role.FOCAL_POINT, Role.HEAD):
        page = sign_in(role).get(address).content.decode()
        assert "xã Nhơn Lý" in page and "Phước Sơn" not in page
    for role in (Role.LEADER, Role.REVIEWER, Role.TRAINEE, Role.OPERATOR):
        assert sign_in(role).get(address).status_code == 403
    assert (
        "Phước Sơn"
        not in sign_in(Role.FOCAL_POINT).get(reverse("evaluation:agencies", args=[form.uuid])).content.decode()
    )
    export = sign_in(Role.FOCAL_POINT).get("/exports/evaluation-invitations/", {"form": str(form.uuid)})
    book = openpyxl.load_workbook(io.BytesIO(export.content), read_only=True)
    assert len(list(book.worksheets[0].iter_rows())) == 7  # the heading and six of its own
    book.close()


def test_an_agency_counts_only_its_own_on_the_overview(world: World, forms, after, sign_in: SignIn) -> None:
    send(world, "reaction")

    def numbers(role: Role) -> list[int]:
        rows = sign_in(role).get(reverse("evaluation:forms")).context["rows"]
        return [one.sent for form, one in rows if form.kind == "reaction"]

    assert numbers(Role.MANAGER) == [12]
    assert numbers(Role.HEAD) == [6]
    assert sign_in(Role.TRAINEE).get(reverse("evaluation:forms")).status_code == 403


def test_sending_is_shown_first_then_done(world: World, forms, after, sign_in: SignIn) -> None:
    client = sign_in(Role.MANAGER)
    address = reverse("evaluation:send", args=[forms["reaction", 0].uuid])

    page = client.get(address)
    assert page.context["plan"].respondents == 12
    assert Invitation.objects.count() == 0
    assert client.post(address).status_code == 302
    assert Invitation.objects.count() == 12
    assert client.get(address).context["plan"].respondents == 0
    for role in (Role.OFFICE, Role.LEADER, Role.HEAD, Role.TRAINEE):
        assert sign_in(role).post(address).status_code == 403


def test_reminding_is_asked_first(world: World, forms, after, sign_in: SignIn) -> None:
    send(world, "reaction")
    address = reverse("evaluation:remind", args=[forms["reaction", 0].uuid])
    client = sign_in(Role.FOCAL_POINT)

    assert client.get(address).context["number"] == 6
    assert Invitation.objects.filter(reminded_at__isnull=False).count() == 0
    client.post(address)
    assert Invitation.objects.filter(reminded_at__isnull=False).count() == 6
    assert client.get(address).context["number"] == 0
    assert sign_in(Role.LEADER).get(address).status_code == 403


def test_forms_are_made_from_the_page(world: World, sign_in: SignIn) -> None:
    sign_in(Role.MANAGER).post(reverse("evaluation:make"))
    assert Form.objects.count() == 8
    assert sign_in(Role.OFFICE).post(reverse("evaluation:make")).status_code == 403


def test_before_and_after(world: World, forms, sign_in: SignIn) -> None:
    send(world, "baseline")
    answered(world, forms["baseline", 0], {"TT-001": [4, 4, 5, 5, 6, 6], "TR-001": [5, 5]})
    clock.set_source(lambda: clock.at(date(2025, 7, 24), 8))
    send(world, "follow_up_self", 1)
    answered(world, forms["follow_up_self", 1], {"TT-001": [7, 7, 7, 7, 7, 7]})
    response = sign_in(Role.LEADER).get(reverse("evaluation:before_and_after"))
    rows = {row.key: row for row, _ in response.context["rows"]}

    assert rows["*"].people == 8 and rows["*"].pairs == 6
    assert rows["*"].self_gain == pytest.approx(2.0)
    assert rows["*"].gain_low < 2.0 < rows["*"].gain_high
    assert rows["XA"].hidden and rows["GD"].hidden  # two of GD would follow from the total
    assert rows["*"].test is None
    assert response.status_code == 200


@pytest.mark.parametrize(
    "name", ["evaluation:invitations", "evaluation:agencies", "evaluation:results", "evaluation:words"]
)
def test_lists_ask_the_same_number_of_queries(world: World, forms, after, sign_in: SignIn, name: str) -> None:
    form = forms["reaction", 0]
    came(world, "TT-002")
    client = sign_in(Role.MANAGER)
    address = reverse(name, args=[form.uuid]) + "?by=organisation"
    send(world, "reaction", placement_ids=[world.placements["TT-001"][0].pk])

    def queries() -> int:
        cache.clear()  # counted results are kept; here all is counted anew
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    queries()
    one = queries()
    send(world, "reaction")
    assert Invitation.objects.count() == 18
    assert queries() == one


def test_my_forms_asks_the_same_number_of_queries(world: World, forms, after, sign_in: SignIn) -> None:
    head = world.accounts[Role.HEAD]
    head.person = person("Đỗ Văn Trưởng", world.organisations["XA1"], job_group="leader")
    head.save()
    client = sign_in(Role.HEAD)
    send(world, "follow_up_superior", 1, placement_ids=[world.placements["TT-001"][0].pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("evaluation:my_forms"))
        return len(seen)

    one = queries()
    send(world, "follow_up_superior", 1, placement_ids=[p.pk for p in world.placements["TT-001"]])
    assert queries() == one


def test_unknown_forms_are_not_found(world: World, sign_in: SignIn) -> None:
    unknown = "00000000-0000-7000-8000-000000000000"
    for name in (
        "evaluation:results",
        "evaluation:invitations",
        "evaluation:agencies",
        "evaluation:send",
        "evaluation:remind",
    ):
        assert sign_in(Role.MANAGER).get(reverse(name, args=[unknown])).status_code == 404

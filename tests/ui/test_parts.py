"""Shared parts: filters, charts, fields, refusals, tables."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from hocvu.kernel.actor import SYSTEM
from hocvu.kernel.errors import Refused
from hocvu.ui import charts
from hocvu.ui.forms import DayField, NameField, SmallFileField
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import Column, Link, Table, Tag, cell_html, cell_plain


def _show(source: str, language: str = "vi", **context: object) -> str:
    with translation.override(language):
        return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "vi"),
    [
        ("{{ x|count }}", 34675, "34.675"),
        ("{{ x|mark }}", 85, "8,5"),
        ("{{ x|mark }}", None, ""),
        ("{{ x|day }}", date(2025, 6, 8), "08/06/2025"),
        ("{{ x|moment }}", datetime(2025, 6, 18, 0, 30, tzinfo=UTC), "07:30, 18/06/2025"),
        ("{{ x|percent:200 }}", 33, "16,5 %"),
        ("{{ x|percent:0 }}", 33, "—"),
    ],
)
def test_filters_write_as_people_here_do(source: str, value: object, vi: str) -> None:
    assert _show(source, x=value) == vi


def test_pick_takes_the_pages_language_and_falls_back_to_vietnamese() -> None:
    texts = {"vi": "Lớp", "fr": "Classe", "en": ""}

    assert [_show("{{ x|pick }}", code, x=texts) for code in ("vi", "fr", "en")] == ["Lớp", "Classe", "Lớp"]


def test_charts_escape_what_people_wrote() -> None:
    drawn = charts.bars(title="<b>", description="&", labels=["<script>"], series=[charts.Series("<i>", [3.0])])

    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert 'role="img"' in drawn
    assert "style=" not in drawn


def test_charts_of_nothing_are_drawn() -> None:
    assert "<svg" in charts.bars(title="t", description="d", labels=[], series=[])
    assert "<svg" in charts.lines(title="t", description="d", labels=["a"], series=[charts.Series("s", [None])])


@pytest.mark.parametrize("typed", ["18/06/2025", "18-6-2025", "18.06.2025", "2025-06-18"])
def test_days_are_read_as_written_here(typed: str) -> None:
    with translation.override("vi"):
        assert DayField().clean(typed) == date(2025, 6, 18)


def test_a_wrong_day_says_how_to_write_it() -> None:
    with translation.override("en"), pytest.raises(forms.ValidationError, match="dd/mm/yyyy"):
        DayField().clean("06/18/2025")


def test_names_are_cleaned() -> None:
    assert NameField().clean(" Võ\u00a0Minh  Quý ") == "Võ Minh Quý"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.exe", b"MZ", "wrong_kind"),
        ("a.pdf", b"MZ not a pdf", "not_what_it_says"),
        ("a.pdf", b"%PDF-" + b"x" * 2000, "too_big"),
    ],
)
def test_uploads_are_held_to_kind_and_size(name: str, content: bytes, code: str) -> None:
    field = SmallFileField(kinds=["pdf"], most_bytes=1000)

    with pytest.raises(forms.ValidationError) as caught:
        field.clean(SimpleUploadedFile(name, content))

    assert caught.value.code == code


def test_a_good_upload_is_left_at_its_start() -> None:
    upload = SmallFileField(kinds=["pdf"]).clean(SimpleUploadedFile("a.pdf", b"%PDF-1.7 content"))

    assert upload.read() == b"%PDF-1.7 content"


def test_a_refusal_without_a_sentence_still_says_something() -> None:
    assert "no.such.code" in sentence(Refused("no.such.code"))


def test_cells_are_escaped_and_plain_in_spreadsheets() -> None:
    link = Link("/x/", "<b>")

    assert cell_html(link) == '<a class="govuk-link" href="/x/">&lt;b&gt;</a>'
    assert (cell_plain(link), cell_plain(Tag("ok", "green")), cell_plain(None), cell_plain(3)) == ("<b>", "ok", "", 3)


def test_a_table_ignores_an_order_it_does_not_know() -> None:
    class People(Table):
        columns = (Column("name", "Name", lambda row: row, sort="name"),)

        def rows(self, actor, params):
            return Ordered()

    class Ordered:
        asked: tuple[str, ...] = ()

        def order_by(self, *fields: str) -> "Ordered":
            self.asked = fields
            return self

    assert People().selected(SYSTEM, {"sort": "-name"}).asked == ("-name", "pk")
    assert People().selected(SYSTEM, {"sort": "password"}).asked == ()
    assert RequestFactory().get("/").GET.dict() == {}

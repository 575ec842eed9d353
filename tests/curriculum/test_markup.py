"""Markdown of authors becomes HTML that cannot harm."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hocvu.curriculum.domain.markup import render, render_line, sanitise

ATTACKS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<div style="background:url(javascript:x)" onclick="x()">y</div>',
    "<iframe src=https://evil.example></iframe>",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    '<form action="https://evil.example"><input name=pin></form>',
    '<h2 id="x" class="y" onmouseover="z()">t</h2>',
    '<base href="https://evil.example/">',
)
LINKS = (
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
)
BARE = "blockquote br code em h4 hr li p pre s strong table tbody td th thead tr ul"
ALLOWED = {tag: set() for tag in BARE.split(" ")} | {
    "a": {"href", "rel"},
    "div": {"class", "tabindex"},
    "span": {"class"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}


class Reader(HTMLParser):
    """Collects what a browser would find that is not on the list of this test."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or {name for name, _ in attrs} - ALLOWED[tag]:
            self.harm.append(f"{tag} {attrs}")
        href = dict(attrs).get("href") or ""
        scheme = href.partition(":")[0].strip().lower() if ":" in href else ""
        if scheme not in ("", "http", "https", "mailto", "tel"):
            self.harm.append(href)

    def handle_decl(self, decl: str) -> None:
        self.harm.append(decl)


def harm(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.harm


def test_the_reader_of_this_test_sees_harm() -> None:
    assert all(harm(attack) for attack in ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_html_of_an_author_is_shown_as_text(attack: str) -> None:
    html = render(f"before {attack}\n\n{attack}\n\n| a |\n|---|\n| {attack} |").html

    assert harm(html) == []
    assert "before" in html and "&lt;" in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_sanitiser_alone_would_hold_too(attack: str) -> None:
    assert harm(sanitise(f"<p>before</p>{attack}")) == []


@pytest.mark.parametrize("link", LINKS)
def test_links_that_run_code_are_no_links(link: str) -> None:
    assert "<a" not in render(link).html


@given(
    st.lists(
        st.sampled_from([*ATTACKS, *LINKS, "# ", "> ", "`", "\n", "**", "| a |", "&#x6a;", '"', "'", "(", ")", "ệ"]),
        max_size=9,
    )
)
def test_no_mixture_harms(pieces: list[str]) -> None:
    assert harm(render("".join(pieces)).html) == []


def test_plain_markdown_is_kept() -> None:
    html = render("## Phần\n\nMột **chữ** và `mã`.\n\n1. a\n2. b\n\n[nguồn](https://a.example/x)").html

    assert '<h2 id="part-0">Phần</h2>' in html
    assert "<strong>chữ</strong>" in html and "<code>mã</code>" in html and "<li>b</li>" in html
    assert '<a href="https://a.example/x" rel="noopener noreferrer">nguồn</a>' in html


def test_contents_lead_to_the_parts_and_two_texts_of_a_page_share_no_id() -> None:
    text = "## Một **hai**\n\nx\n\n### Nhỏ\n\n## Ba\n"
    main, variant = render(text), render(text, "group")

    assert [words for _id, words in main.contents] == ["Một hai", "Ba"]
    assert all(f'id="{id_}"' in main.html for id_, _words in main.contents)
    assert not {i for i, _ in main.contents} & {i for i, _ in variant.contents}


def test_wide_tables_scroll_in_their_own_frame() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |").html

    assert html.startswith('<div class="hv-scroll" tabindex="0"><table>') and html.rstrip().endswith("</table></div>")
    assert "style" not in html


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("phụ lục (chưa xác minh)", 1),
        ("annexe (liste : non vérifié)", 1),
        ("(skill list: unverified) and (unverified)", 2),
        ("un habitant ou non vérifié : je demande", 0),
    ],
)
def test_unverified_facts_are_marked(text: str, marked: int) -> None:
    assert render(text).html.count('<span class="hv-unverified">') == marked
    assert render_line(text).count('<span class="hv-unverified">') == marked


def test_a_link_that_says_unverified_is_not_torn() -> None:
    html = render("[a](https://a.example/(unverified))").html

    assert 'href="https://a.example/(unverified)"' in html


def test_lines_are_escaped() -> None:
    assert render_line("<b>a</b> & (unverified)") == (
        '&lt;b&gt;a&lt;/b&gt; &amp; (<span class="hv-unverified">unverified</span>)'
    )

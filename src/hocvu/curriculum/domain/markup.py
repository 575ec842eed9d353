"""Markdown of authors to HTML that is safe to show.

Two gates: the parser knows CommonMark and tables but no raw HTML, and what it makes passes a sanitiser with
a short list of tags, last. Pages may then trust it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

TAGS = {
    "a", "blockquote", "br", "code", "div", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "span",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# div, span and id come from this module only: authors cannot write HTML.
ATTRIBUTES = {"a": {"href"}, "div": {"tabindex"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}}
CLASSES = {"div": {"hv-scroll"}, "span": {"hv-unverified"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# Facts nobody could check are said to be so in brackets, in each language.
_UNVERIFIED = re.compile(r"(chưa xác minh|unverified|non vérifiée?s?)(?=[^()]*\))")


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML, and the headings of the second level as (id, words) for the list of contents."""

    html: str
    contents: tuple[tuple[str, str], ...]


@lru_cache(maxsize=512)
def render(markdown: str, prefix: str = "part") -> Rendered:
    """Return Markdown as safe HTML; ids of headings start with ``prefix``.

    Kept by the words themselves: a version's text never changes under the same key, and the whole
    programme in three languages is 126 texts.
    """
    tokens = _parser().parse(markdown)
    contents = []
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in ("h2", "h3"):
            token.attrSet("id", f"{prefix}-{at}")
            if token.tag == "h2":
                contents.append((f"{prefix}-{at}", _plain(tokens[at + 1])))
    html = _parser().renderer.render(tokens, _parser().options, {})
    return Rendered(sanitise(html), tuple(contents))


def sanitise(html: str) -> str:
    """Return HTML with nothing in it but what this module lists."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )


def render_line(text: str) -> str:
    """Return a line of plain text as HTML: escaped, unverified facts marked."""
    return mark_unverified(escape(text, quote=False))


def mark_unverified(escaped: str) -> str:
    """Return escaped text in which the words that say "unverified" are marked."""
    return _UNVERIFIED.sub(r'<span class="hv-unverified">\1</span>', escaped)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")
    parser.add_render_rule("text", _text)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _text(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return render_line(tokens[at].content)


def _table_open(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    # A wide table scrolls in its own frame: the page never moves sideways on a phone.
    return '<div class="hv-scroll" tabindex="0"><table>\n'


def _table_close(self: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])

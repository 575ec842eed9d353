"""Lists: columns declared once give the page, the sorting, the search, the pager and the .xlsx.

An app declares its lists in ``web/tables.py``::

    @register_table
    class Cohorts(Table):
        name = "cohorts"
        title = _("Classes")
        roles = frozenset({Role.MANAGER, Role.OFFICE})
        columns = (
            Column("code", _("Class"), lambda c: Link(reverse("planning:cohort", args=[c.uuid]), c.code), sort="code"),
            Column("size", _("People"), lambda c: c.size, sort="size", numeric=True),
        )
        search = ("code__icontains",)

        def rows(self, actor, params):
            return visible_cohorts(actor)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.vietnamese import clean, fold

from .paging import PER_PAGE, page_of

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads somewhere; in a spreadsheet its text."""

    href: str
    text: Any


@dataclass(frozen=True, slots=True)
class Tag:
    """A cell that shows a state; in a spreadsheet its text."""

    text: Words
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its heading, how a row gives its cell, and the field it sorts by."""

    key: str
    label: Words
    value: Callable[[Any], Any]
    sort: str = ""
    numeric: bool = False
    phone: bool = True  # shown on narrow screens
    width: int = 18  # in a spreadsheet, in letters


class Table:
    """A list of rows that an actor may see."""

    name: ClassVar[str] = ""
    title: ClassVar[Words] = ""
    empty: ClassVar[Words] = ""
    roles: ClassVar[frozenset[Role]] = frozenset()
    columns: ClassVar[Sequence[Column]] = ()
    search: ClassVar[Sequence[str]] = ()  # lookups tried with the words as typed
    search_folded: ClassVar[Sequence[str]] = ()  # lookups tried with the words without marks
    order: ClassVar[Sequence[str]] = ()
    filters: ClassVar[Sequence[str]] = ()  # names of query parameters that ``rows`` reads
    per_page: ClassVar[int] = PER_PAGE

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return what ``actor`` may see, narrowed by ``params``."""
        raise NotImplementedError

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Return one page of rows with whatever the cells need beyond the query (one query for all)."""
        return rows

    def selected(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
        """Return the rows, searched and sorted as the page's address says."""
        rows = self.rows(actor, params)
        words = clean(params.get("q", ""))
        if words and (self.search or self.search_folded):
            wanted = Q()
            for lookup in self.search:
                wanted |= Q(**{lookup: words})
            for lookup in self.search_folded:
                wanted |= Q(**{lookup: fold(words)})
            rows = rows.filter(wanted)
        asked = params.get("sort", "")
        fields = {c.key: c.sort for c in self.columns if c.sort}
        if asked.lstrip("-") in fields:
            sign = "-" if asked.startswith("-") else ""
            return rows.order_by(sign + fields[asked.lstrip("-")], "pk")
        return rows.order_by(*self.order, "pk") if self.order else rows


_tables: dict[str, type[Table]] = {}
TableClass = TypeVar("TableClass", bound=type[Table])


def register_table(table: TableClass) -> TableClass:
    """Make a table known by its name, for the page and for the export."""
    if table.name in _tables and _tables[table.name].__qualname__ != table.__qualname__:
        raise ValueError(f"two tables are called {table.name}")
    _tables[table.name] = table
    return table


def table_named(name: str) -> Table | None:
    """Return the table of a name, or none."""
    found = _tables.get(name)
    return found() if found else None


def all_tables() -> list[type[Table]]:
    """Return every registered table, by name (tests walk them)."""
    return [_tables[name] for name in sorted(_tables)]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: its words, and where clicking it leads."""

    label: Words
    numeric: bool
    phone: bool
    sort_value: str
    direction: str  # ascending, descending or none


def table_context(table: Table, request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """Return what ``ui/table.html`` draws: headings, one page of rows, the pager, the search words."""
    params = request.GET.dict()
    page = page_of(table.selected(actor, params), request, per_page=table.per_page)
    rows = table.prepare(page.rows)
    asked = params.get("sort", "")
    return {
        "table": table,
        "headings": [_heading(column, asked) for column in table.columns],
        "page": page,
        "lines": [[(column, cell_html(column.value(row))) for column in table.columns] for row in rows],
        "words": params.get("q", ""),
        "kept": [(name, params[name]) for name in (*table.filters, "sort") if params.get(name)],
        "searchable": bool(table.search or table.search_folded),
        "export_query": request.GET.urlencode(),
    }


def _heading(column: Column, asked: str) -> Heading:
    direction = "none"
    if asked.lstrip("-") == column.key:
        direction = "descending" if asked.startswith("-") else "ascending"
    target = ""
    if column.sort:
        target = f"-{column.key}" if direction == "ascending" else column.key
    return Heading(column.label, column.numeric, column.phone, target, direction)


def cell_html(cell: Any) -> SafeString:
    """Return a cell as the page shows it; everything is escaped."""
    match cell:
        case Link(href, text):
            return format_html('<a class="govuk-link" href="{}">{}</a>', href, text)
        case Tag(text, colour):
            return format_html(
                '<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text
            )
        case None:
            return SafeString("")
        case _:
            return format_html("{}", cell)


def cell_plain(cell: Any) -> Any:
    """Return a cell as a spreadsheet holds it: a number, a date or a text."""
    match cell:
        case Link(_, text) | Tag(text, _):
            return text if isinstance(text, int | float) else str(text)
        case None:
            return ""
        case int() | float():
            return cell
        case _:
            return str(cell)

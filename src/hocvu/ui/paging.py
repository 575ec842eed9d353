"""Pages of long lists."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list with what its pager shows."""

    rows: list[Any]
    number: int
    pages: int
    total: int
    first: int
    last: int
    around: list[int]


def page_of(rows: Any, request: HttpRequest, *, per_page: int = PER_PAGE, name: str = "page") -> Page:
    """Return the page asked for; a page that is not a number or out of range gives the nearest one."""
    paginator = Paginator(rows, per_page)
    found = paginator.get_page(request.GET.get(name))
    near = {1, paginator.num_pages, *range(found.number - 2, found.number + 3)}
    return Page(
        rows=list(found.object_list),
        number=found.number,
        pages=paginator.num_pages,
        total=paginator.count,
        first=found.start_index(),
        last=found.end_index(),
        around=sorted(n for n in near if 1 <= n <= paginator.num_pages),
    )

"""Parts that several pages of evaluation share."""

from django.http import HttpRequest, QueryDict


def pin(request: HttpRequest, **values: str) -> None:
    """Put values into the request's query, so that lists, their sorting and their export keep them."""
    params: QueryDict = request.GET.copy()
    for name, value in values.items():
        params[name] = value
    request.GET = params  # type: ignore[assignment]

"""The campaign a page speaks of, and what was posted to it."""

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from hocvu.campaigns.api import current_campaign
from hocvu.campaigns.models import Campaign


def campaign_or_404() -> Campaign:
    """Return the campaign in view; 404 where there is none yet."""
    try:
        return current_campaign()
    except Campaign.DoesNotExist:
        raise Http404 from None


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, none for a page just opened; an empty post is still a post."""
    return request.POST if request.method == "POST" else None


def uploaded(request: HttpRequest) -> tuple[QueryDict | None, MultiValueDict[str, Any] | None]:
    """Return what was posted with its files."""
    return posted(request), (request.FILES if request.method == "POST" else None)

"""The campaign a page speaks of, and what was posted to it."""

from django.http import Http404, HttpRequest, QueryDict

from ..models import Campaign
from ..queries.campaigns import current_campaign


def campaign_or_404() -> Campaign:
    """Return the campaign in view; 404 where there is none yet."""
    try:
        return current_campaign()
    except Campaign.DoesNotExist:
        raise Http404 from None


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, none for a page just opened; an empty post is still a post."""
    return request.POST if request.method == "POST" else None

"""The campaign a page speaks of."""

from django.http import Http404

from ..models import Campaign
from ..queries.campaigns import current_campaign


def campaign_or_404() -> Campaign:
    """Return the campaign in view; 404 where there is none yet."""
    try:
        return current_campaign()
    except Campaign.DoesNotExist:
        raise Http404 from None

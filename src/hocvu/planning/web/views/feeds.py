"""iCalendar feeds, open to whoever holds their signed address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from hocvu.campaigns.api import campaign_in_view
from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import pick
from hocvu.ui.access import public

from ...exporting.feeds import calendar_of, read_feed_token


@public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the calendar of a person, a room or an instructor."""
    try:
        kind, object_id = read_feed_token(token)
    except Refused as refused:
        raise Http404 from refused
    campaign = campaign_in_view()
    title = pick(campaign.short_name, translation.get_language() or "vi") if campaign else "hocvu"
    response = HttpResponse(calendar_of(kind, object_id, title), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="hocvu.ics"'
    return response

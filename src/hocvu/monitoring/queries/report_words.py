"""What people wrote, gathered for a report: the difficulties of its period, and where they stand."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock

from ..models import Difficulty, Report


def words_of(campaign: Campaign, kind: str, day: date, until: datetime) -> dict[str, Any]:
    """Return the difficulties a report tells of: of its day and those still waiting, or all for the final one."""
    rows = Difficulty.objects.filter(campaign=campaign, reported_at__lte=until)
    if kind == Report.Kind.DAILY:
        start = clock.at(day, 0)
        today = Q(steps__at__gte=start, steps__at__lte=until)
        rows = rows.filter(Q(state__in=["open", "proposed"]) | today).distinct()
    return {"difficulties": [_told(one) for one in rows.select_related("owner_organisation").order_by("number")]}


def _told(one: Difficulty) -> dict[str, Any]:
    return {
        "uuid": str(one.uuid),
        "number": one.number,
        "category": one.category,
        "place": one.place,
        "text": one.text,
        "state": one.state,
        "level": one.level,
        "owner": one.owner_organisation.name_vi,
        "reported_at": one.reported_at.isoformat(),
        "proposal": one.proposal,
        "decision": one.decision,
    }

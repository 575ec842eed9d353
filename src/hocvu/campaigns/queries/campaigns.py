"""Read campaigns."""

from dataclasses import dataclass
from datetime import date

from ..models import Campaign


@dataclass(frozen=True, slots=True)
class CampaignInView:
    """The campaign the pages speak of."""

    id: int
    code: str
    name: dict[str, str]
    short_name: dict[str, str]
    starts_on: date
    ends_on: date
    state: str


def campaign_in_view() -> CampaignInView | None:
    """Return the campaign the pages speak of: the latest that is not closed, else the latest."""
    rows = Campaign.objects.order_by("-starts_on", "-id")
    found = rows.exclude(state=Campaign.State.CLOSED).first() or rows.first()
    if found is None:
        return None
    return CampaignInView(
        id=found.pk,
        code=found.code,
        name=found.name,
        short_name=found.purpose.get("short_name") or found.name,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        state=found.state,
    )


def current_campaign() -> Campaign:
    """Return the campaign in view as its row.

    Raises ``Campaign.DoesNotExist`` where there is none yet: pages turn that into the first-run page.
    """
    shown = campaign_in_view()
    if shown is None:
        raise Campaign.DoesNotExist
    return Campaign.objects.get(pk=shown.id)

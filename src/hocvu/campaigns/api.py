"""The door of campaigns."""

from .queries.campaigns import CampaignInView, campaign_in_view, current_campaign

__all__ = ["CampaignInView", "campaign_in_view", "current_campaign"]

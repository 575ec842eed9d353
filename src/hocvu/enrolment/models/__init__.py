"""Quotas, nominations and the lists agencies hand in."""

from .nomination import AgencyList, Nomination, Quota

__all__ = ["AgencyList", "Nomination", "Quota"]

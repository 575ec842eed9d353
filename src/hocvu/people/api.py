"""The door of people."""

from .queries.accounts import actor_for, live_grants

__all__ = ["actor_for", "live_grants"]

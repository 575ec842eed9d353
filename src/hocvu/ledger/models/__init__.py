"""The ledger's one table."""

from .line import Line

__all__ = ["Line"]

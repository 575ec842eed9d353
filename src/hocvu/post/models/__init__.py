"""The outbox's one table."""

from .letter import Letter

__all__ = ["Letter"]

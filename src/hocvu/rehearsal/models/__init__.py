"""The state of a rehearsal."""

from .stage import Stage

__all__ = ["Stage"]

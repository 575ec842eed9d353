"""The state of a rehearsal."""

from .stage import PlayedScene, Stage

__all__ = ["PlayedScene", "Stage"]

"""What leaves the house: letters and spreadsheets."""

from .export import Export
from .letter import Letter

__all__ = ["Export", "Letter"]

"""Views of the roof."""

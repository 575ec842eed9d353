"""Views of the curriculum."""

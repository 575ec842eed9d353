"""Formats for fr."""

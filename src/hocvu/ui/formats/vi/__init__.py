"""Formats for vi."""

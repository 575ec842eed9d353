"""Indicators, difficulties and their escalation, reports."""

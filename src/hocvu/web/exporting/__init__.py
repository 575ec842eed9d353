"""Spreadsheets of lists."""

"""Base page, form parts, tables, charts, phrases: what every page shares."""

"""Pure: scoring, tallies, protection of small numbers. No Django, no clock."""

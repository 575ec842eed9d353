"""Pure: working time, escalation. No Django, no clock."""

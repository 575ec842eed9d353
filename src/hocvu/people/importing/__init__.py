"""Rosters as agencies send them: read, judge, plan; nothing is written here."""

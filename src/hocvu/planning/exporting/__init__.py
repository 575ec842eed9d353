"""Papers and feeds of the timetable."""

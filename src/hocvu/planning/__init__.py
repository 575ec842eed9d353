"""Venues, rooms, instructors, cohorts, placements, timetable, and the solver."""

"""Resources, plans, cohorts, sessions and each person's place."""

from .cohort import Cohort, CohortInstructor, LabGroup, Placement, Session
from .plan import TimetablePlan
from .resources import Instructor, Lab, Room, RoomLab, Venue

__all__ = [
    "Cohort", "CohortInstructor", "Instructor", "Lab", "LabGroup", "Placement", "Room",
    "RoomLab", "Session", "TimetablePlan", "Venue",
]  # fmt: skip

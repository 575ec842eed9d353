"""The door of planning."""

from .queries.timetable import (
    instructors_of,
    placement_of_person,
    published_cohorts,
    published_placements,
    published_plan,
    sessions_between,
)
from .services.plans import begin_plan, compute_plan, publish_plan
from .services.resources import register_resources
from .types import InstructorRow, LabRow, PlanShape, RoomRow, VenueRow

__all__ = [
    "InstructorRow",
    "LabRow",
    "PlanShape",
    "RoomRow",
    "VenueRow",
    "begin_plan",
    "compute_plan",
    "instructors_of",
    "placement_of_person",
    "publish_plan",
    "published_cohorts",
    "published_placements",
    "published_plan",
    "register_resources",
    "sessions_between",
]

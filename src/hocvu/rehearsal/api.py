"""The door of the rehearsal, for the command line and the roof."""

from .queries.stage import current_stage, demo_now
from .services.stages import STAGES, begin, next_stop, play_to_stage, resume_clock

__all__ = ["STAGES", "begin", "current_stage", "demo_now", "next_stop", "play_to_stage", "resume_clock"]

"""hocvu runs a government-scale training campaign, from the signed plan to the effect on the job."""

__version__ = "0.1.0"

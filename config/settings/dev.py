"""On one's own machine, and the demo: plain HTTP on loopback, a secret key made at set-up."""

import os

from . import base
from .base import *  # noqa: F403

DEMO = os.environ.get("HOCVU_DEMO", "") == "1"
SECRET_KEY = base.SECRET_KEY or (
    (base.VAR / "keys" / "secret").read_text().strip() if (base.VAR / "keys" / "secret").exists() else "set-up-only"
)

"""Do background jobs and, every minute, what is due by the clock."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from hocvu.kernel import clock
from hocvu.rehearsal.api import demo_now

from ...health import tell_worker_is_here

EVERY = 60.0


class Command(BaseCommand):
    """``./run manage work``: one of these runs beside the server."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until ended."""
        due = 0.0
        while True:
            tell_worker_is_here()
            moment = demo_now() if settings.DEMO else None
            if moment is not None:
                clock.set_source(lambda held=moment: held)  # type: ignore[misc]
            call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)
            if time.monotonic() >= due:
                call_command("tick")
                due = time.monotonic() + EVERY
            time.sleep(1.0)

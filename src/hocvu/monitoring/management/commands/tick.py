"""``./run manage tick``: one round of what time demands; run it every five minutes."""

from typing import Any

from django.core.management.base import BaseCommand

from hocvu.monitoring.tasks import tick


class Command(BaseCommand):
    """Hand up late difficulties, close late forms and sittings, make the daily report, send letters."""

    help = "Do what time alone demands: escalation, expiry, daily report, letters. Run it every five minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one round and say what was done."""
        done = tick()
        self.stdout.write(
            f"escalated {done.escalated}, forms expired {done.expired}, sittings closed {done.sittings_closed}, "
            f"reports made {done.reports_made}, letters sent {done.letters_sent}, failed {done.letters_failed}"
        )

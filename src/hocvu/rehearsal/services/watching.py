"""Scenes of each evening: the daily report."""

from collections.abc import Iterator
from datetime import date

from hocvu.kernel import clock
from hocvu.monitoring.api import make_report

from .playing import Play, Scene, SceneFunction


def watching_scenes(day: date) -> Iterator[Scene]:
    """The manager makes the daily report."""
    yield Scene(f"{day}-report", clock.at(day, 18), f"{day:%d/%m}: daily report", _daily(day))


def _daily(day: date) -> SceneFunction:
    def play_scene(play: Play) -> None:
        make_report(actor=play.actor("manager"), campaign_id=play.campaign.pk, kind="daily", day=day)

    return play_scene

"""Play a campaign, scene after scene, through the doors of the apps."""

import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor

from ..domain.population import build_population
from ..domain.types import Population
from ..models import PlayedScene, Stage
from .actors import demo_actor

Report = Callable[[str, float], None]  # words, share done


@dataclass
class Play:
    """What every scene may use. Built once per run; nothing in it is state of the campaign."""

    stage: Stage
    report: Report = field(default=lambda _words, _done: None)
    memory: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def population(self) -> Population:
        """The synthetic population of this scale and seed."""
        return build_population(self.stage.scale, self.stage.seed)

    @property
    def seed(self) -> int:
        """The seed of everything simulated people do."""
        return self.stage.seed

    @property
    def campaign(self) -> Campaign:
        """The campaign being played."""
        if "campaign" not in self.memory:
            self.memory["campaign"] = Campaign.objects.select_related("owner", "organiser", "institution").get()
        found: Campaign = self.memory["campaign"]
        return found

    def actor(self, name: str) -> Actor:
        """Return one of the demo actors: manager, office, reviewer, leader, instructor and so on."""
        key = f"actor-{name}"
        if key not in self.memory:
            self.memory[key] = demo_actor(name)
        found: Actor = self.memory[key]
        return found


SceneFunction = Callable[[Play], None]


@dataclass(frozen=True)
class Scene:
    """Something that happens at an instant; ``atomic`` scenes are kept with their mark in one transaction."""

    key: str
    at: datetime
    words: str
    play: SceneFunction
    atomic: bool = True


def play_scenes(play: Play, scenes: Iterable[Scene], until: datetime) -> int:
    """Play the scenes due by ``until`` that were not played yet, each with the clock at its instant."""
    done = set(PlayedScene.objects.filter(stage=play.stage).values_list("key", flat=True))
    count = 0
    for scene in scenes:
        if scene.at > until:
            break
        if scene.key in done:
            continue
        play.report(scene.words, -1.0)
        start = time.monotonic()
        with clock.frozen(scene.at), transaction.atomic() if scene.atomic else nullcontext():
            scene.play(play)
            PlayedScene.objects.create(stage=play.stage, key=scene.key, at=scene.at, seconds=time.monotonic() - start)
        count += 1
    return count

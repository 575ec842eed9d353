"""Set what a paper is made of."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import Refused
from hocvu.ledger.api import record

from ..models import Blueprint, Item
from ..queries.bank import shipped_blueprints


@transaction.atomic
def set_blueprint(
    *, actor: Actor, campaign_id: int, data: Mapping[str, Any] | None = None, code: str = "final"
) -> Blueprint:
    """Set a campaign's blueprint; without ``data`` every shipped one is set and that of ``code`` returned.

    ``data``: code, title in three languages, minutes, cells ``[{axis, difficulty, count}, …]``. Papers drawn
    before stay as they are. Raises ``assessment.blueprint_bad``.
    """
    wanted = [data] if data is not None else shipped_blueprints()
    made = {}
    for one in wanted:
        _check(one)
        blueprint, _ = Blueprint.objects.update_or_create(
            campaign_id=campaign_id,
            code=one["code"],
            defaults={"title": one["title"], "minutes": one["minutes"], "cells": [dict(c) for c in one["cells"]]},
        )
        made[blueprint.code] = blueprint
        record(
            actor=actor, action="assessment.blueprint_set", object_type="blueprint", object_key=blueprint.code,
            data={"minutes": blueprint.minutes, "cells": blueprint.cells},
        )  # fmt: skip
    return made[str(data["code"]) if data is not None else code]


def _check(data: Mapping[str, Any]) -> None:
    cells = data.get("cells") or []
    seen = {(cell.get("axis"), cell.get("difficulty")) for cell in cells}
    sound = (
        cells
        and len(seen) == len(cells)
        and 1 <= int(data.get("minutes") or 0) <= 240
        and all(c.get("difficulty") in Item.Difficulty.values and int(c.get("count", 0)) >= 1 for c in cells)
    )
    if not sound:
        raise Refused("assessment.blueprint_bad")

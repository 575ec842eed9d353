"""Read the item bank."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from hocvu.campaigns.models import Campaign

from ..domain.papers import Cell, PoolItem
from ..models import Blueprint, Item, ItemVersion

DATA = Path(__file__).resolve().parents[1] / "data"
APPROVED = ItemVersion.State.APPROVED


def pool_items(pool: str) -> list[PoolItem]:
    """Return the approved items of a pool as drawing sees them, by code."""
    rows = (
        ItemVersion.objects.filter(state=APPROVED, item__pool=pool)
        .select_related("item")
        .only("fixed_order", "options", "item__code", "item__axis", "item__difficulty", "item__groups", "item__enemies")
        .order_by("item__code")
    )  # fmt: skip
    return [
        PoolItem(
            version_id=row.pk,
            code=row.item.code,
            axis=row.item.axis,
            difficulty=row.item.difficulty,
            keys="".join(option["key"] for option in row.options),
            groups=frozenset(row.item.groups),
            enemies=frozenset(row.item.enemies),
            fixed_order=row.fixed_order,
        )
        for row in rows
    ]


def right_keys(version_ids: Iterable[int]) -> dict[int, tuple[str, int, str]]:
    """Return ``{version id: (right key, axis, difficulty)}``."""
    rows = ItemVersion.objects.filter(pk__in=set(version_ids)).values_list(
        "pk", "right_key", "item__axis", "item__difficulty"
    )
    return {pk: (key, axis, difficulty) for pk, key, axis, difficulty in rows}


def codes_of(version_ids: Iterable[int]) -> dict[int, str]:
    """Return ``{version id: item code}``."""
    return dict(ItemVersion.objects.filter(pk__in=set(version_ids)).values_list("pk", "item__code"))


def blueprint_of(campaign: Campaign | int, code: str = "final") -> Blueprint | None:
    """Return a campaign's blueprint, or none."""
    pk = campaign if isinstance(campaign, int) else campaign.pk
    return Blueprint.objects.filter(campaign_id=pk, code=code).first()


def cells_of(blueprint: Blueprint) -> list[Cell]:
    """Return the cells of a blueprint."""
    return [Cell(int(c["axis"]), str(c["difficulty"]), int(c["count"])) for c in blueprint.cells]


def shipped_blueprints() -> list[dict[str, Any]]:
    """Return the blueprints that come with the product."""
    found: list[dict[str, Any]] = yaml.safe_load((DATA / "blueprint.yaml").read_text(encoding="utf-8"))
    return found


def shipped_items() -> list[dict[str, Any]]:
    """Return the items that come with the product, by code of their lesson (about 260)."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[dict[str, Any]] = []
    for path in sorted((DATA / "items").glob("*.yaml")):
        found += yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    return found


def bank_counts() -> dict[str, int]:
    """Return how many items each pool holds approved, and how many versions wait for review."""
    approved = ItemVersion.objects.filter(state=APPROVED)
    return {
        "items": Item.objects.count(),
        "test": approved.filter(item__pool=Item.Pool.TEST).count(),
        "practice": approved.filter(item__pool=Item.Pool.PRACTICE).count(),
        "waiting": ItemVersion.objects.filter(state=ItemVersion.State.SUBMITTED).count(),
    }

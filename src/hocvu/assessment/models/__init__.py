"""Items, blueprints, sittings, attempts and answers."""

from .item import Item, ItemVersion
from .sitting import Answer, Attempt, Blueprint, Sitting
from .practice import PracticeTest

__all__ = ["Answer", "Attempt", "Blueprint", "Item", "ItemVersion", "PracticeTest", "Sitting"]

"""Items, blueprints, sittings, attempts and answers."""

from .item import Item, ItemVersion
from .practice import PracticeTest
from .sitting import Answer, Attempt, Blueprint, Sitting

__all__ = ["Answer", "Attempt", "Blueprint", "Item", "ItemVersion", "PracticeTest", "Sitting"]

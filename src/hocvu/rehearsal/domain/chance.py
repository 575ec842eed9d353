"""Seeded chance: one stream per purpose; a part can change without shifting the others."""

import random
from collections.abc import Sequence


def stream(seed: int, *purpose: str) -> random.Random:
    """Return the random stream of a purpose; the same seed and words give the same draws on every machine."""
    return random.Random(f"{seed}/{'/'.join(purpose)}")  # noqa: S311 - invented people, not secrets


def apportion(weights: Sequence[float], total: int, minimum: int = 1) -> list[int]:
    """Split ``total`` in proportion to the weights, each share at least ``minimum``, by largest remainders.

    Raises ValueError if ``total`` is below ``minimum`` for each.
    """
    if total < minimum * len(weights):
        raise ValueError(f"{total} cannot give {minimum} to each of {len(weights)}")
    scale = total / sum(weights)
    raw = [weight * scale for weight in weights]
    shares = [max(minimum, int(value)) for value in raw]
    by_remainder = sorted(range(len(raw)), key=lambda i: (int(raw[i]) - raw[i], i))
    step = 0
    while (missing := total - sum(shares)) != 0:
        index = by_remainder[step % len(by_remainder)]
        if missing > 0:
            shares[index] += 1
        elif shares[index] > minimum:
            shares[index] -= 1
        step += 1
    return shares

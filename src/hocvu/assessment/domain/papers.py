"""Draw a paper from a blueprint and a seed: the same seed and bank always give the same paper.

A seed holds a round (one sitting) and the place of the candidate in it. For each cell of the blueprint a
round has one endless stream: the cell's items in an order made from the round, again and again in new
orders; each candidate takes the next stretch of it. So within a sitting every item of a cell is shown
equally often, give or take one per pass, and neighbours hold different items. Orders come from digests
and not from a random generator, so that they are the same on every machine and in every year.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from itertools import permutations

ROUND = 4096  # candidates in one round of seeds


@dataclass(frozen=True, slots=True)
class PoolItem:
    """An approved item as drawing sees it; ``keys`` are its options' keys in the order written."""

    version_id: int
    code: str
    axis: int
    difficulty: str
    keys: str = "abcd"
    groups: frozenset[str] = frozenset()
    enemies: frozenset[str] = frozenset()
    fixed_order: bool = False

    def suits(self, group: str) -> bool:
        """Say whether the item is for a target group; an item without groups is for all."""
        return not self.groups or group in self.groups


@dataclass(frozen=True, slots=True)
class Cell:
    """How many items of one axis and difficulty a paper holds."""

    axis: int
    difficulty: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a paper: the item version shown and the order of its options."""

    version_id: int
    order: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """One cell against the bank: ``wanted`` for a paper, ``available`` in the pool for the group."""

    cell: Cell
    available: int

    @property
    def enough(self) -> bool:
        """Say whether one paper can be drawn."""
        return self.available >= self.cell.count

    @property
    def enough_for_resit(self) -> bool:
        """Say whether a second paper can be drawn that shares no item with the first."""
        return self.available >= 2 * self.cell.count


class PoolTooSmall(ValueError):
    """A cell has fewer items for the group than the blueprint asks for."""

    def __init__(self, cell: Cell, available: int) -> None:
        super().__init__(f"axis {cell.axis} {cell.difficulty}: {cell.count} wanted, {available} available")
        self.cell, self.available = cell, available


def seed_of(round_number: int, index: int) -> int:
    """Return the seed of candidate ``index`` (from 0) in a round."""
    return round_number * ROUND + index % ROUND


def coverage(cells: Iterable[Cell], pool: Iterable[PoolItem], group: str = "") -> list[Coverage]:
    """Count the pool's items for a group against each cell, in the cells' order."""
    items = [item for item in pool if item.suits(group)]
    return [
        Coverage(cell, sum(i.axis == cell.axis and i.difficulty == cell.difficulty for i in items)) for cell in cells
    ]


class Drawer:
    """Draws papers from one pool by one blueprint; remembers the orders of the round it is in."""

    def __init__(self, cells: Sequence[Cell], pool: Iterable[PoolItem]) -> None:
        self.cells = tuple(cells)
        self.pool = tuple(sorted(pool, key=lambda item: item.code))
        self._by_group: dict[str, list[list[PoolItem]]] = {}
        self._passes: dict[tuple[str, int, int], list[PoolItem]] = {}
        self._round = -1

    def draw(self, *, group: str, seed: int, avoid: frozenset[str] = frozenset()) -> tuple[Place, ...]:
        """Return the places of a paper; items coded in ``avoid`` come only where the pool has no other.

        Raises :class:`PoolTooSmall` where a cell cannot be filled.
        """
        round_number, index = divmod(seed, ROUND)
        if round_number != self._round:
            self._passes, self._round = {}, round_number
        chosen: list[PoolItem] = []
        closed: set[str] = set()  # codes taken, and their enemies
        for number, cell in enumerate(self.cells):
            chosen += self._fill(cell, number, group, index, closed, avoid)
        shown = sorted(((_digest(seed, item.code), item) for item in chosen), key=lambda pair: pair[0])
        return tuple(Place(item.version_id, _order(item, mixed)) for mixed, item in shown)

    def _fill(
        self, cell: Cell, number: int, group: str, index: int, closed: set[str], avoid: frozenset[str]
    ) -> list[PoolItem]:
        items = self._eligible(group)[number]
        found: list[PoolItem] = []
        for refused in (avoid, frozenset()) if avoid else (avoid,):
            for item in self._stretch(items, group, number, index * cell.count):
                if len(found) == cell.count:
                    return found
                if item.code in closed or item.code in refused:
                    continue
                found.append(item)
                closed.add(item.code)
                closed |= item.enemies
        if len(found) < cell.count:
            raise PoolTooSmall(cell, len(items))
        return found

    def _eligible(self, group: str) -> list[list[PoolItem]]:
        if group not in self._by_group:
            self._by_group[group] = [
                [i for i in self.pool if i.axis == c.axis and i.difficulty == c.difficulty and i.suits(group)]
                for c in self.cells
            ]
        return self._by_group[group]

    def _stretch(self, items: list[PoolItem], group: str, number: int, start: int) -> Iterator[PoolItem]:
        """Give the stream of a cell from ``start`` on, long enough to meet every item once."""
        if not items:
            return
        turn, offset = divmod(start, len(items))
        yield from self._pass(items, group, number, turn)[offset:]
        yield from self._pass(items, group, number, turn + 1)

    def _pass(self, items: list[PoolItem], group: str, number: int, turn: int) -> list[PoolItem]:
        key = (group, number, turn)
        if key not in self._passes:
            salt = f"{self._round}/{number}/{turn}"
            self._passes[key] = sorted(items, key=lambda item: _digest(salt, item.code))
        return self._passes[key]


def draw_paper(
    *,
    cells: Sequence[Cell],
    pool: Iterable[PoolItem],
    group: str,
    seed: int,
    avoid: frozenset[str] = frozenset(),
) -> tuple[Place, ...]:
    """Return one paper; see :meth:`Drawer.draw`."""
    return Drawer(cells, pool).draw(group=group, seed=seed, avoid=avoid)


def paper_code(places: Sequence[Place]) -> str:
    """Return the code of a paper (mã đề): four digits from its content, the same for the same paper."""
    content = ";".join(f"{place.version_id}{place.order}" for place in places)
    return f"{int.from_bytes(_digest('code', content), 'big') % 9000 + 1000}"


def _digest(salt: object, text: str) -> bytes:
    return blake2b(f"{salt}|{text}".encode(), digest_size=8).digest()


def _order(item: PoolItem, mixed: bytes) -> str:
    if item.fixed_order:
        return item.keys
    orders = _orders(item.keys)
    return orders[int.from_bytes(mixed[4:], "big") % len(orders)]


@cache
def _orders(keys: str) -> tuple[str, ...]:
    return tuple("".join(order) for order in permutations(keys))

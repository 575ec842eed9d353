"""Fill the classes of one slot: groups (agency, track) into classes of fitting theme, room and size.

People flow between tracks and themes by a small linear model; inside a theme whole groups go to the emptiest
class, and a group is split only when nothing else fits.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from hocvu.planning.domain.engine.case import ModeCase, Person, room_capacity
from hocvu.planning.domain.engine.coarse import SlotPlan
from hocvu.planning.domain.engine.mip import INFINITY, Mip
from hocvu.planning.domain.instance import Room


@dataclass
class Group:
    """People of one agency and track who come in one slot; a part of them after a split."""

    agency: int
    track: int
    people: list[Person]

    @property
    def access(self) -> int:
        """How many of them need an accessible room."""
        return sum(p.access for p in self.people)

    @property
    def languages(self) -> set[str]:
        """Languages other than the usual one."""
        return {p.language for p in self.people if p.language is not None}


@dataclass
class Bin:
    """One class being filled."""

    theme: int
    capacity: int
    room: Room | None
    groups: list[Group] = field(default_factory=list)

    @property
    def load(self) -> int:
        """People in the class."""
        return sum(len(g.people) for g in self.groups)

    @property
    def room_left(self) -> int:
        """Free places."""
        return self.capacity - self.load

    @property
    def accessible(self) -> bool:
        """Whether everybody can enter."""
        return self.room is None or self.room.accessible

    @property
    def languages(self) -> set[str]:
        """Languages its team must speak."""
        return set().union(*(g.languages for g in self.groups))


class PackingError(Exception):
    """The people of a slot cannot be put in its classes."""


def pack_slot(mode: ModeCase, plan: SlotPlan, groups: list[Group], tolerance: int) -> list[Bin]:
    """Return the filled classes of one slot; raise `PackingError` when sizes or access cannot be kept."""
    bins = _make_bins(mode, plan, groups)
    by_theme = _send_to_themes(mode, bins, groups, tolerance)
    for theme in sorted({b.theme for b in bins}):
        inside = [b for b in bins if b.theme == theme]
        _fill_theme(mode, inside, by_theme[theme])
    for b in bins:
        if not mode.rules.min <= b.load <= b.capacity:
            raise PackingError("size")
        if not b.accessible and any(g.access for g in b.groups):
            raise PackingError("access")
    return bins


def _make_bins(mode: ModeCase, plan: SlotPlan, groups: list[Group]) -> list[Bin]:
    """Give themes their rooms: venues in blocks, and an accessible room where people of the theme need one."""
    themes = sorted(plan.themes)
    if not plan.rooms:
        return [Bin(t, mode.rules.max, None) for t in themes]
    rooms = sorted(plan.rooms, key=lambda r: (r.venue, -room_capacity(r, mode.rules), r.id))
    pairs = list(zip(themes, rooms, strict=True))
    wanting = {g.track for g in groups if g.access}
    for theme in sorted(wanting & set(themes)):
        if any(r.accessible for t, r in pairs if t == theme):
            continue
        mine = next(i for i, (t, _) in enumerate(pairs) if t == theme)
        spare = [i for i, (_, r) in enumerate(pairs) if r.accessible and _can_spare(pairs, i, wanting)]
        if spare:
            same = [i for i in spare if pairs[i][1].venue == pairs[mine][1].venue] or spare
            other = same[0]
            pairs[mine], pairs[other] = (theme, pairs[other][1]), (pairs[other][0], pairs[mine][1])
    return [Bin(t, room_capacity(r, mode.rules), r) for t, r in pairs]


def _can_spare(pairs: list[tuple[int, Room]], index: int, wanting: set[int]) -> bool:
    theme = pairs[index][0]
    return theme not in wanting or sum(r.accessible for t, r in pairs if t == theme) >= 2


def _send_to_themes(mode: ModeCase, bins: list[Bin], groups: list[Group], tolerance: int) -> dict[int, list[Group]]:
    """Choose which people of a track sit in which theme at least mismatch, then pick whole groups for it."""
    flows = _theme_flows(mode, bins, groups, tolerance)
    sent: dict[int, list[Group]] = defaultdict(list)
    for access in (True, False):
        for track in range(len(mode.tracks)):
            here = [g for g in _by_access(groups, access) if g.track == track]
            abroad = sorted((theme, n) for (t, theme, a), n in flows.items() if t == track and a == access and n)
            for theme, n in abroad:
                if theme != track:
                    chosen, here = take_people(here, n)
                    sent[theme] += chosen
            if here and (track, track, access) not in flows:
                raise PackingError("theme")
            sent[track] += here
    return {theme: _merge(parts) for theme, parts in sent.items()} | {b.theme: [] for b in bins if b.theme not in sent}


def _by_access(groups: list[Group], access: bool) -> list[Group]:
    """Return the people who need access, or the others, as groups of their own."""
    parts = [Group(g.agency, g.track, [p for p in g.people if p.access == access]) for g in groups]
    return [g for g in parts if g.people]


def _merge(parts: list[Group]) -> list[Group]:
    """Join parts of one agency and track again."""
    merged: dict[tuple[int, int], Group] = {}
    for part in parts:
        key = (part.agency, part.track)
        if key in merged:
            merged[key].people += part.people
        else:
            merged[key] = Group(*key, list(part.people))
    return list(merged.values())


def _theme_flows(
    mode: ModeCase, bins: list[Bin], groups: list[Group], tolerance: int
) -> dict[tuple[int, int, bool], int]:
    mip, flows = Mip(), dict[tuple[int, int, bool], int]()
    themes = sorted({b.theme for b in bins})
    for track in range(len(mode.tracks)):
        for access in (False, True):
            people = sum(len(g.people) for g in _by_access(groups, access) if g.track == track)
            if not people:
                continue
            cells = {theme: mip.var(0, people, int(mode.distance[track, theme]), True) for theme in themes}
            mip.row([(c, 1) for c in cells.values()], people, people)
            flows |= {(track, theme, access): c for theme, c in cells.items()}
    for theme in themes:
        inside = [b for b in bins if b.theme == theme]
        terms = [(c, 1.0) for (_, t, _), c in flows.items() if t == theme]
        mip.row(terms, mode.rules.min * len(inside), sum(b.capacity for b in inside))
        over, under = mip.var(0, INFINITY, 1), mip.var(0, INFINITY, 1)
        mip.row([*terms, (over, -1)], -INFINITY, (mode.rules.target + tolerance) * len(inside))
        mip.row([*terms, (under, 1)], (mode.rules.target - tolerance) * len(inside))
        needing = [(c, 1.0) for (_, t, access), c in flows.items() if t == theme and access]
        mip.row(needing, -INFINITY, sum(b.capacity for b in inside if b.accessible))
    result = mip.solve(nodes=200)
    if result.values is None:
        raise PackingError("theme")
    return {key: result.whole(c) for key, c in flows.items()}


def take_people(groups: list[Group], people: int) -> tuple[list[Group], list[Group]]:
    """Split groups in those that hold exactly `people` and the rest, cutting one group only when sums force it."""
    plain = sorted(groups, key=lambda g: (bool(g.languages), -len(g.people), g.agency))
    chosen = subset_with_sum([len(g.people) for g in plain], people)
    if chosen is not None:
        return [plain[i] for i in chosen], [g for i, g in enumerate(plain) if i not in set(chosen)]
    taken: list[Group] = []
    rest: list[Group] = []
    left = people
    for g in plain:
        if len(g.people) <= left:
            taken.append(g)
            left -= len(g.people)
        elif left:
            taken.append(Group(g.agency, g.track, g.people[:left]))
            rest.append(Group(g.agency, g.track, g.people[left:]))
            left = 0
        else:
            rest.append(g)
    return taken, rest


def subset_with_sum(sizes: list[int], total: int) -> list[int] | None:
    """Return positions whose sizes add up to `total`, the fewest first found, or None."""
    reach: dict[int, tuple[int, int]] = {0: (-1, -1)}
    for i, size in enumerate(sizes):
        for s in sorted(reach, reverse=True):
            if s + size <= total and s + size not in reach:
                reach[s + size] = (s, i)
        if total in reach:
            break
    if total not in reach:
        return None
    picked = []
    s = total
    while s:
        s, i = reach[s]
        picked.append(i)
    return picked


def _fill_theme(mode: ModeCase, bins: list[Bin], groups: list[Group]) -> None:
    """Whole groups, largest first, into the emptiest class they fit in; people with needs come first."""
    if sum(len(g.people) for g in groups) > sum(b.capacity for b in bins):
        raise PackingError("size")
    order = sorted(groups, key=lambda g: (not g.access, not g.languages, -len(g.people), g.agency))
    for g in order:
        _seat(bins, g)
    _lift_small(mode, bins)


def _seat(bins: list[Bin], group: Group) -> None:
    able = [b for b in bins if b.accessible] if group.access else bins
    fitting = [b for b in able if b.room_left >= len(group.people)]
    if group.languages:
        # one class for all who share a language: it asks for one team that speaks it, not several
        fitting.sort(key=lambda b: (-len(b.languages & group.languages), len(b.languages), b.load))
    else:
        fitting.sort(key=lambda b: b.load)
    if fitting:
        fitting[0].groups.append(group)
        return
    _split(bins, able, group)


def _split(bins: list[Bin], able: list[Bin], group: Group) -> None:
    if not able:
        raise PackingError("access")
    best = max(able, key=lambda b: b.room_left)
    if best.room_left <= 0:
        if not group.access:
            raise PackingError("size")
        _make_room(bins, able)
        best = max(able, key=lambda b: b.room_left)
    people = sorted(group.people, key=lambda p: not p.access)
    head, tail = people[: best.room_left], people[best.room_left :]
    best.groups.append(Group(group.agency, group.track, head))
    if tail:
        _seat(bins, Group(group.agency, group.track, tail))


def _make_room(bins: list[Bin], able: list[Bin]) -> None:
    """Move somebody without needs out of an accessible class, for somebody who needs the place."""
    for source in able:
        for target in bins:
            if target.accessible or target.room_left <= 0:
                continue
            for g in source.groups:
                if not g.access and not g.languages:
                    move_people(source, target, g, min(len(g.people), target.room_left))
                    return
    raise PackingError("access")


def move_people(source: Bin, target: Bin, group: Group, people: int) -> None:
    """Move `people` of a group from one class to another, joining the group's other part when it is there."""
    moving, group.people = group.people[:people], group.people[people:]
    if not group.people:
        source.groups.remove(group)
    for other in target.groups:
        if (other.agency, other.track) == (group.agency, group.track):
            other.people += moving
            return
    target.groups.append(Group(group.agency, group.track, moving))


def _lift_small(mode: ModeCase, bins: list[Bin]) -> None:
    """Bring classes up to the minimum with groups of the fullest ones."""
    for _ in range(50 * len(bins)):
        small = min(bins, key=lambda b: b.load)
        lack = mode.rules.min - small.load
        if lack <= 0:
            return
        donor = max(bins, key=lambda b: b.load)
        spare = donor.load - mode.rules.min
        free = [g for g in donor.groups if not g.access and not g.languages]
        if spare <= 0 or not free:
            raise PackingError("size")
        fitting = [g for g in free if len(g.people) <= min(spare, lack)]
        g = max(fitting or free, key=lambda g: len(g.people))
        move_people(donor, small, g, min(len(g.people), spare, lack))

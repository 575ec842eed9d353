"""Teaching places and labs.

Published for both venues together: 32 labs (26 + 6), 1,104 computers, 68 lecturers and assistants. The
demo campaign carries a repair, invented and marked so: ten blocks of three labs serve twenty halls, half
a block each, in two turns; two small labs stay spare.
"""

from hocvu.rehearsal.domain.plan_rules import SESSIONS
from hocvu.rehearsal.domain.types import ModeRules, SyntheticLab, SyntheticRoom, VenueFacts

FACTS = VenueFacts(labs=32, computers=1104, staff=68)
BLOCK = 108  # computers in a block of three labs; ten blocks and two spare labs of 12 make 1,104
SPARE = 12
_BLOCKS = {"QNU": 8, "CDKTCN": 2}
_SPARE_LABS = {"QNU": 2, "CDKTCN": 0}
# Three labs of a block; the middle one is shared by the two places of the block.
_PATTERNS = ((36, 36, 36), (40, 34, 34), (38, 34, 36), (42, 36, 30))
_HALLS = (110, 115, 120, 120, 130, 150)
_VENUE_NAMES = {
    "QNU": "Trường Đại học Quy Nhơn",
    "CDKTCN": "Trường Cao đẳng Kỹ thuật Công nghệ Quy Nhơn",
}


def make_labs() -> tuple[SyntheticLab, ...]:
    """Return the 32 labs, block by block, spare ones last in their venue."""
    labs = []
    for venue, blocks in _BLOCKS.items():
        sizes = [size for block in range(blocks) for size in _PATTERNS[block % len(_PATTERNS)]]
        sizes += [SPARE] * _SPARE_LABS[venue]
        for number, size in enumerate(sizes, start=1):
            labs.append(SyntheticLab(f"{venue}-PM{number:02d}", venue, size, used=number <= 3 * blocks))
    return tuple(labs)


def room_count(classes: int) -> int:
    """Return how many teaching places so many two-day classes need, with a little to spare."""
    return classes // SESSIONS + 1


def _serving(labs: list[SyntheticLab], index: int, wanted: int) -> tuple[tuple[str, int], ...]:
    """Return the labs of half a block: an outer lab first, then as much of the middle one as is its share."""
    first, middle, last = labs[index // 2 * 3 : index // 2 * 3 + 3]
    outer = last if index % 2 else first
    own = min(outer.computers, wanted)
    shared = min(BLOCK // 2 - outer.computers, wanted - own)
    return ((outer.code, own), (middle.code, shared)) if shared > 0 else ((outer.code, own),)


def make_rooms(rules: ModeRules) -> tuple[SyntheticRoom, ...]:
    """Return the teaching places for the in-person classes; 16 + 4 at scale 1, a fifth at the college."""
    total = room_count(rules.classes)
    college = max(1, round(total / 5))
    labs = make_labs()
    rooms: list[SyntheticRoom] = []
    for venue, count in (("QNU", total - college), ("CDKTCN", college)):
        own = [lab for lab in labs if lab.venue == venue]
        for index in range(count):
            serving = _serving(own, index, -(-rules.max // (rules.test_turns or 1)))
            hall = _HALLS[(index + len(rooms)) % len(_HALLS)] - _HALLS[0]
            rooms.append(
                SyntheticRoom(
                    f"{venue}-{index + 1:02d}",
                    venue,
                    f"Hội trường {index + 1:02d} - {_VENUE_NAMES[venue]}",
                    seats=rules.max + (hall if rules.max >= 100 else hall // 4),
                    computers=sum(count for _, count in serving),
                    labs=serving,
                    accessible=index % 5 != 3,
                    unavailable=(),
                )
            )
    return tuple(rooms)

"""From a position as written to the group of jobs the planner counts (rules made for this project)."""

import re

from hocvu.kernel.vietnamese import fold

_GROUPS = (
    ("doctor", r"\bbac s[iy]\b|\bbs\b"),
    ("nurse", r"\bdieu duong\b|\by s[iy]\b|\bho sinh\b|\bnu ho sinh\b|\bky thuat vien y\b|\bduoc s[iy]\b"),
    ("leader", r"\b(giam doc|chu tich|bi thu|hieu truong|chanh|truong (phong|ban|khoa|tram|cong an|doan))\b"),
    ("leader", r"\b(pho (phong|ban|khoa|tram)|chi cuc truong|cuc truong|chu nhiem uy ban|tong bien tap)\b"),
    ("teacher", r"\bgiao vien\b|\bgiang vien\b|\bgv\b"),
    ("officer", r"\b(can bo chien si|chien si|si quan|trinh sat|dieu tra vien|canh sat|cong an vien|doi truong)\b"),
    ("clerk", r"\b(van thu|ke toan|thu quy|nhan vien|tap vu|lai xe|bao ve|thu vien|luu tru|phuc vu)\b"),
)  # fmt: skip
_PATTERNS = tuple((group, re.compile(pattern)) for group, pattern in _GROUPS)


def job_group(position: str) -> str:
    """Return the group of a position; an empty one gives an empty group, an unknown one ``specialist``."""
    words = fold(position)
    if not words:
        return ""
    return next((group for group, pattern in _PATTERNS if pattern.search(words)), "specialist")

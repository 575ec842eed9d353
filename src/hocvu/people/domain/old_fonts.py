"""Recognise Vietnamese typed for the fonts of before Unicode (TCVN3 ``.VnTime``, ``VNI-Times``).

Such text holds Latin-1 letters that Vietnamese does not have, or puts marked vowels behind vowels. Sources:
the TCVN 5712-1 table (TCVN3); for VNI the usual two-letter sequences (general knowledge).
"""

import re
from typing import Literal

Script = Literal["tcvn3", "vni", ""]

# Letters of TCVN3 text: Latin-1 signs and letters that no Vietnamese word holds.
_TCVN3 = re.compile("[µ¸¶·¹¨»¾¼½Æ©ÇËÐ®ÎÏÑªÖ¤×ØÜÞßäåëîïñ¬çæþ¦­¡¢£¥§]")
_CAPITAL_INSIDE = re.compile("[a-z][À-ÖØ-Ý]|[À-ÖØ-Þ](?=[a-z]*[µ¸¶·¹])")
# VNI: the tone stands behind the vowel as a letter of its own.
_VNI = re.compile(
    "[aeouyAEOUY][øûïöäåëüØÛÏÖÄÅËÜ]|[aeAE][àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]|[oO][âêùúõÂÊÙÚÕ]"
    "|ö[ôõøùïûÔÕ]|ñ[aeiouyö]|Ñ[AEIOUYÖ]"
)
_FONT = re.compile(r"^(\.vn|vni[- ])", re.IGNORECASE)


def script_of(text: str) -> Script:
    """Return the old way of writing that ``text`` shows, or an empty text for Unicode."""
    if _VNI.search(text):
        return "vni"
    if _TCVN3.search(text) or _CAPITAL_INSIDE.search(text):
        return "tcvn3"
    return ""


def is_old_font(font: str) -> bool:
    """Say whether a font's name is one of the old families."""
    return bool(_FONT.match(font.strip()))

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
    "|ö[ôõøùïûÔÕ]|\\b[ñÑ][aeiouyöAEIOUYÖ]"
)
_FONT = re.compile(r"^(\.vn|vni[- ])", re.IGNORECASE)


def script_of(text: str) -> Script:
    """Return the old way of writing that ``text`` shows most of, or an empty text for Unicode."""
    vni = len(_VNI.findall(text))
    tcvn3 = len(_TCVN3.findall(text)) + len(_CAPITAL_INSIDE.findall(text))
    if not vni and not tcvn3:
        return ""
    return "vni" if vni >= tcvn3 else "tcvn3"


def is_old_font(font: str) -> bool:
    """Say whether a font's name is one of the old families."""
    return bool(_FONT.match(font.strip()))

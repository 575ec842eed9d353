"""The headings of a Markdown text, without those inside code."""

import re

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")


def headings(body: str) -> list[tuple[int, str]]:
    """Return ``(level, words)`` of each heading, in order."""
    found, fence = [], ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark.group(1)):
            fence = "" if fence else mark.group(1)
        elif not fence and (heading := _HEADING.match(line)):
            found.append((len(heading.group(1)), heading.group(2)))
    return found

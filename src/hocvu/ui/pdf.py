"""PDF from a typst template and plain data: PDF/A-3a, tagged, embedded fonts, no network.

A template is named by its path under ``src/hocvu`` and lives in the ``typst`` folder of its app, for example
``people/typst/slips.typ``. Its data arrive as one JSON text; a template begins with::

    #import "/ui/typst/house.typ": *
    #let data = json(bytes(sys.inputs.data))
    #show: house.with(title: data.title, language: data.language)

Everything in ``data`` must be JSON (dates and marks already written as they are to be read). A picture is
passed as SVG text and drawn with ``image(bytes(data.qr))``.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst
from django.conf import settings

from hocvu.kernel import clock

ROOT = Path(__file__).resolve().parents[1]
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")


class _Printer:
    """A compiler that keeps its fonts and parsed files; one document at a time."""

    def __init__(self, template: str) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=True, font_paths=[settings.BUILD / "fonts"]
        )
        self._compiler = typst.Compiler(ROOT / template, root=ROOT, font_paths=fonts)
        self._lock = Lock()

    def print(self, text: str, made_at: datetime) -> bytes:
        with self._lock:
            made = self._compiler.compile(
                format="pdf",
                sys_inputs={"data": text},
                pdf_standards=list(STANDARDS),
                timestamp=int(made_at.timestamp()),
            )
        if not isinstance(made, bytes):
            raise TypeError("typst gave no single document")
        return made


@lru_cache(maxsize=32)
def _printer(template: str) -> _Printer:
    return _Printer(template)


def render_pdf(template: str, data: Mapping[str, Any], *, made_at: datetime | None = None) -> bytes:
    """Return the PDF of a template filled with ``data``; the same data and ``made_at`` give the same bytes.

    ``made_at`` is the date of making written into the file (default: now).
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return _printer(template).print(text, made_at or clock.now())

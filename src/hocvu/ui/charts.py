"""Charts as SVG with a title and a description; the page shows the same figures as a table beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count as counter

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

COLOURS = ("#0f4c5c", "#e0902f", "#0a6b5e", "#8a3b5c")
_ids = counter(1)


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values, one per label; ``none`` leaves a gap."""

    name: str
    values: Sequence[float | None]


def bars(*, title: str, description: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Draw grouped bars, labels below, values above; 640 wide, readable at 360."""
    width, height, left, bottom = 640, 300, 8, 46
    top_value = max((v for s in series for v in s.values if v is not None), default=0) or 1
    step = (width - 2 * left) / max(1, len(labels))
    bar = step * 0.8 / max(1, len(series))
    parts = []
    for at, label in enumerate(labels):
        x0 = left + at * step + step * 0.1
        for number, one in enumerate(series):
            value = one.values[at]
            if value is None:
                continue
            tall = (height - bottom - 34) * value / top_value
            x, y = x0 + number * bar, height - bottom - tall
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{bar - 1:.1f}" height="{tall:.1f}"'
                f' fill="{COLOURS[number % 4]}"/>'
            )
            if bar > 7.2 * len(_short(value)):
                parts.append(
                    f'<text x="{x + bar / 2:.1f}" y="{y - 4:.1f}" font-size="12" text-anchor="middle">'
                    f"{escape(_short(value))}</text>"
                )
        parts.append(
            f'<text x="{x0 + step * 0.4:.1f}" y="{height - bottom + 18}" font-size="13" text-anchor="middle">'
            f"{escape(label)}</text>"
        )
    parts.append(_legend([one.name for one in series], height))
    return _svg(width, height, title, description, "".join(parts))


def lines(*, title: str, description: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """Draw lines over the labels, each ending with its last value."""
    width, height, left, bottom = 640, 280, 12, 46
    top_value = max((v for s in series for v in s.values if v is not None), default=0) or 1
    step = (width - 2 * left - 60) / max(1, len(labels) - 1)
    parts = []
    for number, one in enumerate(series):
        points = [
            (left + at * step, 20 + (height - bottom - 30) * (1 - value / top_value), value)
            for at, value in enumerate(one.values)
            if value is not None
        ]
        if not points:
            continue
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
        colour = COLOURS[number % 4]
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="3"/>')
        x, y, value = points[-1]
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
        parts.append(f'<text x="{x + 7:.1f}" y="{y + 4:.1f}" font-size="13">{escape(_short(value))}</text>')
    every = max(1, len(labels) // 7)
    for at, label in enumerate(labels):
        if at % every == 0:
            parts.append(
                f'<text x="{left + at * step:.1f}" y="{height - bottom + 18}" font-size="12"'
                f' text-anchor="{"start" if at == 0 else "middle"}">{escape(label)}</text>'
            )
    parts.append(_legend([one.name for one in series], height))
    return _svg(width, height, title, description, "".join(parts))


def share(*, title: str, description: str, part: float, whole: float) -> SafeString:
    """Draw one horizontal bar filled to ``part / whole``."""
    filled = 100 * min(1.0, part / whole) if whole else 0
    inside = f'<rect width="100" height="8" fill="#d7e0e3"/><rect width="{filled:.2f}" height="8" fill="{COLOURS[0]}"/>'
    return _svg(100, 8, title, description, inside)


def _short(value: float) -> str:
    whole = round(value)
    if abs(value - whole) > 0.05:
        return f"{value:.1f}".replace(".", ",")
    return f"{whole:,}".replace(",", ".")


def _legend(names: Sequence[str], height: int) -> str:
    x, parts = 8, []
    for number, name in enumerate(names):
        parts.append(f'<rect x="{x}" y="{height - 16}" width="12" height="12" fill="{COLOURS[number % 4]}"/>')
        parts.append(f'<text x="{x + 17}" y="{height - 5}" font-size="13">{escape(name)}</text>')
        x += 34 + 8 * len(name)
    return "".join(parts)


def _svg(width: int, height: int, title: str, description: str, inside: str) -> SafeString:
    key = f"chart-{next(_ids)}"
    return format_html(
        '<svg class="hv-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>',
        width, height, key, key, key, title, key, description, mark_safe(inside),  # noqa: S308 - escaped above
    )  # fmt: skip

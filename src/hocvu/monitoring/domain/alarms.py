"""What is red on the campaign's page: rules over the figures, each with what to do about it."""

from collections.abc import Sequence
from datetime import date

from ..types import Alarm, DayFigures, Figures

# Chosen for this product; they only draw attention and decide nothing.
LEAST_CAME = 0.95
LEAST_PASSED = 0.85
LEAST_ANSWERED = 0.30


def alarms(figures: Figures, *, today: date, starts_on: date, ends_on: date) -> list[Alarm]:
    """Return what needs someone, the gravest first."""
    found = [
        *_difficulties(figures),
        *_places(figures, today, starts_on),
        *_sessions(figures.days, today),
        *_presence(figures),
        *_tests(figures),
        *_after(figures, today, ends_on),
    ]
    return sorted(found, key=lambda alarm: not alarm.grave)


def _difficulties(figures: Figures) -> list[Alarm]:
    found = []
    if figures.difficulties_late:
        found.append(Alarm("difficulties_late", {"count": figures.difficulties_late}, grave=True))
    if waiting := figures.difficulties_waiting_by_level.get("2", 0):
        found.append(Alarm("difficulties_waiting", {"count": waiting}))
    return found


def _places(figures: Figures, today: date, starts_on: date) -> list[Alarm]:
    if figures.placed:
        short = figures.planned - figures.placed
        return [Alarm("places_short", {"count": short})] if short > 0 else []
    if figures.lists.get("open", 0) + figures.lists.get("returned", 0):
        waiting = figures.lists.get("open", 0) + figures.lists.get("returned", 0)
        return [Alarm("lists_waiting", {"count": waiting}, grave=today >= starts_on)]
    return [Alarm("no_timetable", grave=True)] if figures.nominated else []


def _sessions(days: Sequence[DayFigures], today: date) -> list[Alarm]:
    past = [d for d in days if d.day < today]
    unheld = sum(d.sessions - d.held for d in past)
    unclosed = sum(d.held - d.closed for d in past)
    found = []
    if unheld > 0:
        found.append(Alarm("sessions_without_register", {"count": unheld}, grave=True))
    if unclosed > 0:
        found.append(Alarm("sessions_not_closed", {"count": unclosed}))
    return found


def _presence(figures: Figures) -> list[Alarm]:
    found = []
    share = figures.presence.share
    if share is not None and share < LEAST_CAME:
        found.append(Alarm("presence_low", {"percent": round(100 * share, 1)}))
    if asked := figures.make_ups.get("asked", 0):
        found.append(Alarm("make_ups_waiting", {"count": asked}))
    return found


def _tests(figures: Figures) -> list[Alarm]:
    if figures.tested >= 30 and figures.passed < LEAST_PASSED * figures.tested:
        return [Alarm("passed_low", {"percent": round(100 * figures.passed / figures.tested, 1)})]
    return []


def _after(figures: Figures, today: date, ends_on: date) -> list[Alarm]:
    found = []
    if today > ends_on and figures.eligible > figures.issued:
        found.append(Alarm("to_be_issued", {"count": figures.eligible - figures.issued}))
    low = [f for f in figures.forms if f.sent >= 30 and f.answered < LEAST_ANSWERED * f.sent]
    if low:
        found.append(Alarm("forms_silent", {"count": len(low)}))
    return found

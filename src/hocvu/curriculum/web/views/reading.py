"""What is taught: the programme, and one lesson to read."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.kernel.texts import pick
from hocvu.ui.access import signed_in
from hocvu.ui.http import actor_of

from ...domain.markup import render as render_markdown
from ...domain.markup import render_line
from ...queries.lessons import lesson_for_group
from ...queries.practice import task_of_lesson
from ...queries.programmes import programme_in_use
from ...queries.shipped import known_groups
from ...rules import READERS
from ...types import LessonEntry, ProgrammeInUse
from ..words import HALF_DAYS, axis_name, group_name


@signed_in
def programme(request: HttpRequest) -> HttpResponse:
    """Show the programme by half-day, or by axis with ``?by=axis``."""
    found = programme_in_use()
    by_axis = request.GET.get("by") == "axis"
    context = {
        "title": _("Programme"),
        "programme": found,
        "by_axis": by_axis,
        "parts": _parts(found, by_axis=by_axis) if found else [],
        "group": _group(request),
        "can_follow": actor_of(request).is_any(*READERS),
    }
    return render(request, "curriculum/programme.html", context)


def _parts(found: ProgrammeInUse, *, by_axis: bool) -> list[dict[str, Any]]:
    """Return the lessons in parts, each with its name and minutes; the life of the course comes last."""

    def place(entry: LessonEntry) -> int:
        return (entry.axis or 9) if by_axis else entry.half_day

    lessons = sorted(found.lessons, key=lambda entry: (place(entry), entry.ordinal))
    return [
        {
            "name": axis_name(part[0].axis, found.axes) if by_axis else str(HALF_DAYS[part[0].half_day]),
            "minutes": sum(entry.minutes for entry in part),
            "lessons": [
                {"entry": entry, "axis": entry.axis, "axis_name": axis_name(entry.axis, found.axes)} for entry in part
            ],
        }
        for part in (list(rows) for _key, rows in groupby(lessons, key=place))
    ]


@signed_in
def lesson(request: HttpRequest, code: str) -> HttpResponse:
    """Show a lesson in the page's language, with the variant of the group in ``?group=``."""
    chosen = _group(request)
    found = lesson_for_group(code, chosen, get_language() or "vi")
    if found is None:
        raise Http404
    body = render_markdown(found.body)
    variant = render_markdown(found.variant_body, "group") if found.variant_body else None
    # Tries belong to trainees; their pages lie above, so the address is agreed, not imported.
    task = task_of_lesson(code) if actor_of(request).role is Role.TRAINEE else None
    context = {
        "title": f"{found.entry.code} {found.title}",
        "lesson": found,
        "group": chosen,
        "groups": [(group, group_name(group)) for group in found.groups],
        "group_title": group_name(found.group_code),
        "body": mark_safe(body.html),  # noqa: S308  sanitised by domain.markup
        "contents": body.contents,
        "variant": mark_safe(variant.html) if variant else "",  # noqa: S308
        "variant_contents": variant.contents if variant else (),
        "sources": [mark_safe(render_line(line)) for line in found.sources],  # noqa: S308
        "objectives": [mark_safe(render_line(line)) for line in found.objectives],  # noqa: S308
        "practice": pick(found.entry.practice, get_language() or "vi"),
        "task": task,
        "practice_url": f"/practice/{task.code}/" if task else "",
        "reading_url": _reading_url(request),
        "back": _with_group(reverse("curriculum:programme"), chosen),
        "can_follow": actor_of(request).is_any(*READERS),
    }
    return render(request, "curriculum/lesson.html", context)


def _group(request: HttpRequest) -> str:
    """Return the target group asked for, if it is one we know."""
    asked = request.GET.get("group", "")
    return asked if asked in known_groups() else ""


def _with_group(href: str, group: str) -> str:
    return f"{href}?group={group}" if group else href


def _reading_url(request: HttpRequest) -> str:
    """Return where a trainee's page reports its reading time; classes lie above, so they may not be there."""
    if actor_of(request).role is not Role.TRAINEE:
        return ""
    try:
        return reverse("delivery:reading")
    except NoReverseMatch:
        return ""

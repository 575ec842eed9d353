"""Pages of versions: what waits, the versions of a lesson, and one version with its changes and its trace."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Actor
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ...domain.checks import problems_of
from ...domain.markup import render as render_markdown
from ...domain.markup import render_line
from ...domain.states import may
from ...models import LessonVersion
from ...queries.lessons import variants_of
from ...queries.versions import changes_in, remarks_on, trace_of, version_to_compare
from ...rules import READERS, can_review, can_write, visible_versions
from ...types import VariantTexts
from ..forms import AnswerForm, RemarkForm
from ..sentences import problem_sentence
from ..tables import Review, Versions
from ..words import DEEDS, LANGUAGES, group_name, state_tag
from .parts import lesson_or_404, passages, text_language, version_or_404

State = LessonVersion.State


@access(*READERS)
def review(request: HttpRequest) -> HttpResponse:
    """Show what waits for review."""
    context = table_context(Review(), request, actor_of(request))
    return render(request, "curriculum/review.html", {"title": _("Waiting for review"), **context})


@access(*READERS)
def versions(request: HttpRequest) -> HttpResponse:
    """Show the versions of the lesson in ``?lesson=``, or of all lessons."""
    actor = actor_of(request)
    code = request.GET.get("lesson", "")
    lesson = lesson_or_404(actor, code) if code else None
    context = {
        "title": _("Versions of lesson %(code)s") % {"code": code} if lesson else _("Versions"),
        "lesson": lesson,
        "can_write": can_write(actor),
        "languages": list(LANGUAGES.items()),
        "back": reverse("curriculum:lessons"),
        **table_context(Versions(), request, actor),
    }
    return render(request, "curriculum/versions.html", context)


@access(*READERS)
def version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a version: its text or its changes, its remarks, its trace, and what may be done with it."""
    return version_page(request, version_or_404(actor_of(request), uuid))


def version_page(
    request: HttpRequest,
    found: LessonVersion,
    *,
    remark_form: RemarkForm | None = None,
    answer_forms: dict[UUID, AnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of a version; a bound form that was refused keeps what was typed."""
    actor = actor_of(request)
    language = text_language(request)
    variants = variants_of(found.pk)
    older = version_to_compare(found, _number(request))
    older_variants = variants_of(older.pk) if older else {}
    group = request.GET.get("group", "")
    group = group if group in variants or group in older_variants else ""
    show = request.GET.get("show") or ("changes" if older and found.state != State.APPROVED else "text")
    deeds = _deeds(actor, found)
    context = {
        "title": _("Lesson %(code)s, version %(number)s") % {"code": found.lesson.code, "number": found.number},
        "version": found,
        "lesson": found.lesson,
        "state": state_tag(found.state),
        "language": language,
        "languages": _language_tabs(found, older, variants, older_variants, group),
        "group": group,
        "group_title": group_name(group),
        "groups": _group_tabs(variants, older_variants, has_older=older is not None),
        "older": older,
        "others": visible_versions(actor).filter(lesson=found.lesson).exclude(pk=found.pk).defer("texts"),
        "show": show if older else "text",
        "passages": passages(changes_in(older, found, language, group)) if older and show == "changes" else [],
        "trace": [(entry, DEEDS[entry.deed]) for entry in trace_of(found)],
        "remarks": _remarks(found, answer_forms or {}),
        "remark_form": (remark_form or RemarkForm()) if deeds["remark"] else None,
        "problems": _problems(found, variants) if deeds["submit"] else [],
        "deeds": deeds,
        "back": f"{reverse('curriculum:versions')}?lesson={found.lesson.code}",
        **_text(found, variants, language, group),
    }
    return render(request, "curriculum/version.html", context, status=status)


def _number(request: HttpRequest) -> int | None:
    asked = request.GET.get("against", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None


def _text(found: LessonVersion, variants: dict[str, VariantTexts], language: str, group: str) -> dict[str, Any]:
    text: dict[str, Any] = dict(found.texts.get(language) or {})
    if group:
        text = dict(variants.get(group, {}).get(language) or {})
    return {
        "text_title": text.get("title", ""),
        "reading_minutes": text.get("reading_minutes") or found.reading_minutes,
        "objectives": [mark_safe(render_line(line)) for line in text.get("objectives", [])],  # noqa: S308
        "sources": [mark_safe(render_line(line)) for line in text.get("sources", [])],  # noqa: S308
        "body": mark_safe(render_markdown(text.get("body", "")).html),  # noqa: S308  sanitised
    }


def _deeds(actor: Actor, found: LessonVersion) -> dict[str, bool]:
    """Return what the actor may do now; the services hold the same rules."""
    state, writes, reviews = found.state, can_write(actor), can_review(actor)
    return {
        "submit": writes and may(state, "submit"),
        "withdraw": writes and may(state, "withdraw") and not found.remarks.exists(),
        "edit": writes and state in (State.DRAFT, State.REMARKED, State.APPROVED),
        "answer": writes and state == State.REMARKED,
        "remark": reviews and may(state, "remark"),
        "approve": reviews and may(state, "approve"),
        "retire": may(state, "retire") and (reviews if state == State.APPROVED else writes),
    }


def _language_tabs(
    found: LessonVersion,
    older: LessonVersion | None,
    variants: dict[str, VariantTexts],
    older_variants: dict[str, VariantTexts],
    group: str,
) -> list[tuple[str, str, bool]]:
    """Return ``(code, name, changed)`` of each language of the text shown."""
    now = variants.get(group, {}) if group else found.texts
    before = (older_variants.get(group, {}) if group else older.texts) if older else now
    return [(code, name, now.get(code) != before.get(code)) for code, name in LANGUAGES.items()]


def _group_tabs(
    variants: dict[str, VariantTexts], older_variants: dict[str, VariantTexts], *, has_older: bool
) -> list[tuple[str, Any, bool]]:
    """Return ``(code, name, changed)`` of each group the version or the one compared speaks to."""
    codes = sorted({*variants, *older_variants})
    return [(code, group_name(code), has_older and variants.get(code) != older_variants.get(code)) for code in codes]


def _remarks(found: LessonVersion, answer_forms: dict[UUID, AnswerForm]) -> list[dict[str, Any]]:
    return [
        {
            "remark": row,
            "earlier": row.version_id != found.pk,
            "answerable": not row.answer and row.version.state == State.REMARKED,
            "form": answer_forms.get(row.uuid) or AnswerForm(auto_id=f"id_%s_{row.pk}"),
        }
        for row in remarks_on(found)
    ]


def _problems(found: LessonVersion, variants: dict[str, VariantTexts]) -> list[str]:
    problems = problems_of(found.texts, variants, found.reading_minutes)
    return [problem_sentence(problem) for problem in problems]

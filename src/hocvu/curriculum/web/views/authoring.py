"""Pages of the university: the list of lessons, and the page where a lesson is written."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import LANGUAGES
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...domain.markup import render as render_markdown
from ...models import Lesson, LessonVersion
from ...queries.lessons import variants_of
from ...queries.shipped import known_groups
from ...queries.versions import version_to_go_on_from
from ...rules import READERS
from ...services.versions import digest_of, write_version
from ..forms import LessonForm, VariantForm
from ..tables import Lessons
from ..words import LANGUAGES as LANGUAGE_NAMES
from ..words import group_name
from .parts import lesson_or_404


@access(*READERS)
def lessons(request: HttpRequest) -> HttpResponse:
    """Show every lesson with the version taught and the one in the making."""
    context = table_context(Lessons(), request, actor_of(request))
    return render(request, "curriculum/lessons.html", {"title": _("Lessons"), **context})


@access(Role.OFFICE)
def edit(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """Write a lesson in one language: save, or preview what it will look like."""
    lesson = _place(request, code, language)
    base = version_to_go_on_from(lesson.pk)
    if held := _held(request, base):
        return held
    text: dict[str, Any] = base.texts.get(language, {}) if base else {}
    initial = {"reading_minutes": base.reading_minutes if base else 8, **text, "seen": digest_of(base)}
    form = LessonForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        minutes = form.cleaned_data["reading_minutes"]
        saved = _save(
            request,
            form,
            lesson_code=code,
            texts={language: form.text()},
            # The version's own reading time is that of the language it is written for.
            reading_minutes=minutes if language == "vi" else None,
        )
        if saved:
            return _to_version(saved, language)
    return _page(request, lesson, base, form, language)


@access(Role.OFFICE)
def edit_variant(request: HttpRequest, code: str, language: str, group: str) -> HttpResponse:
    """Write what a lesson adds for one target group, in one language."""
    lesson = _place(request, code, language)
    if group not in known_groups():
        raise Http404
    base = version_to_go_on_from(lesson.pk)
    if held := _held(request, base):
        return held
    variant = variants_of(base.pk).get(group, {}) if base else {}
    form = VariantForm(
        request.POST if request.method == "POST" else None,
        initial={**variant.get(language, {}), "seen": digest_of(base)},
    )
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        text = {key: form.cleaned_data[key] for key in ("title", "body")}
        saved = _save(request, form, lesson_code=code, texts={}, variants={group: {**variant, language: text}})
        if saved:
            return _to_version(saved, language, group)
    return _page(request, lesson, base, form, language, group)


def _place(request: HttpRequest, code: str, language: str) -> Lesson:
    if language not in LANGUAGES:
        raise Http404
    return lesson_or_404(actor_of(request), code)


def _held(request: HttpRequest, base: LessonVersion | None) -> HttpResponse | None:
    """Send to the version where it is with the reviewer; what was typed is shown by the refusal of saving."""
    if base is None or base.state != LessonVersion.State.SUBMITTED or request.method == "POST":
        return None
    held = Refused("curriculum.under_review", lesson=base.lesson.code, number=base.number)
    messages.error(request, sentence(held))
    return HttpResponseRedirect(reverse("curriculum:version", args=[base.uuid]))


def _save(request: HttpRequest, form: LessonForm | VariantForm, **words: Any) -> LessonVersion | None:
    try:
        saved = write_version(actor=actor_of(request), seen=form.cleaned_data["seen"], **words)
    except Refused as refused:
        form.add_error(None, sentence(refused))
        if refused.code == "curriculum.changed_meanwhile":
            # The author has now been told: the next save is meant, whatever stands there by then.
            lesson = lesson_or_404(actor_of(request), words["lesson_code"])
            typed = request.POST.copy()
            typed["seen"] = digest_of(version_to_go_on_from(lesson.pk))
            form.data = typed
        return None
    messages.success(request, _("Saved as a draft. Submit it when the three languages are ready."))
    return saved


def _to_version(version: LessonVersion, language: str, group: str = "") -> HttpResponse:
    href = reverse("curriculum:version", args=[version.uuid])
    return HttpResponseRedirect(f"{href}?language={language}" + (f"&group={group}" if group else ""))


def _page(
    request: HttpRequest,
    lesson: Lesson,
    base: LessonVersion | None,
    form: LessonForm | VariantForm,
    language: str,
    group: str = "",
) -> HttpResponse:
    preview = ""
    if "preview" in request.POST:
        preview = mark_safe(render_markdown(form.data.get("body", "")).html)  # noqa: S308  sanitised
    context = {
        "title": _("Write lesson %(code)s") % {"code": lesson.code},
        "lesson": lesson,
        "base": base,
        "form": form,
        "language": language,
        "language_name": LANGUAGE_NAMES[language],
        "languages": list(LANGUAGE_NAMES.items()),
        "group": group,
        "group_title": group_name(group),
        "groups": list(known_groups().items()),
        "preview": preview,
        "reference": _reference(base, language, group),
        "back": f"{reverse('curriculum:versions')}?lesson={lesson.code}",
    }
    return render(request, "curriculum/edit.html", context, status=422 if form.errors else 200)


def _reference(base: LessonVersion | None, language: str, group: str) -> str:
    """Return the Vietnamese text beside which a translator works."""
    if base is None or language == "vi":
        return ""
    texts: dict[str, Any] = variants_of(base.pk).get(group, {}) if group else base.texts
    return mark_safe(render_markdown(texts.get("vi", {}).get("body", "")).html)  # noqa: S308  sanitised

"""Deeds on a version: submit, take back, remark, answer, approve, retire."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...domain.states import may
from ...models import LessonVersion, Remark
from ...queries.versions import version_to_compare
from ...rules import can_review, can_write, visible_versions
from ...services import remarks as remark_services
from ...services import versions as version_services
from ..forms import AnswerForm, ApprovalForm, RemarkForm
from .parts import version_or_404
from .versions import version_page


@access(Role.OFFICE)
@require_POST
def submit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand the version to the reviewer."""
    return _do(request, uuid, version_services.submit_version, _("Submitted. The reviewer sees it now."))


@access(Role.OFFICE)
@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a submitted version back."""
    return _do(request, uuid, version_services.withdraw_version, _("Taken back: it is a draft again."))


def _do(request: HttpRequest, uuid: UUID, service: Callable[..., Any], done: str) -> HttpResponse:
    version = version_or_404(actor_of(request), uuid)
    try:
        service(actor=actor_of(request), version_uuid=version.uuid)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, done)
    return _to(version)


def _to(version: LessonVersion) -> HttpResponse:
    return HttpResponseRedirect(reverse("curriculum:version", args=[version.uuid]))


@access(Role.REVIEWER)
@require_POST
def remark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a remark; what was typed stays on the page where it cannot be taken."""
    version = version_or_404(actor_of(request), uuid)
    form = RemarkForm(request.POST)
    if form.is_valid():
        try:
            remark_services.remark(actor=actor_of(request), version_uuid=version.uuid, text=form.cleaned_data["text"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("Your remark is with the university."))
            return _to(version)
    version.refresh_from_db()
    return version_page(request, version, remark_form=form, status=422)


@access(Role.OFFICE)
@require_POST
def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answer a remark."""
    actor = actor_of(request)
    found = Remark.objects.filter(uuid=uuid, version__in=visible_versions(actor)).first()
    if found is None:
        raise Http404
    version = version_or_404(actor, found.version.uuid)
    form = AnswerForm(request.POST, auto_id=f"id_%s_{found.pk}")
    if form.is_valid():
        try:
            remark_services.answer_remark(actor=actor, remark_uuid=found.uuid, answer=form.cleaned_data["answer"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("Your answer is with the reviewer."))
            return _to(version)
    return version_page(request, version, answer_forms={found.uuid: form}, status=422)


@access(Role.REVIEWER)
def approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for confirmation, then approve."""
    version = version_or_404(actor_of(request), uuid)
    form = ApprovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version_services.approve_version(actor=actor_of(request), version_uuid=version.uuid)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("Approved. This version is taught from now on."))
            return _to(version)
    if request.method == "GET" and not may(version.state, "approve"):
        messages.error(request, sentence(Refused("curriculum.wrong_state")))
        return _to(version)
    context = {
        "title": _("Approve lesson %(code)s, version %(number)s?")
        % {"code": version.lesson.code, "number": version.number},
        "version": version,
        "older": version_to_compare(version),
        "form": form,
        "back": reverse("curriculum:version", args=[version.uuid]),
    }
    return render(request, "curriculum/approve.html", context, status=422 if form.errors else 200)


@access(Role.OFFICE, Role.REVIEWER)
def retire(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for confirmation, then end a version."""
    actor = actor_of(request)
    version = version_or_404(actor, uuid)
    taught = version.state == LessonVersion.State.APPROVED
    if not (can_review(actor) if taught else can_write(actor)):
        raise Http404
    if request.method == "POST":
        return _do(request, uuid, version_services.retire, _("This version is withdrawn."))
    context = {
        "title": _("Withdraw lesson %(code)s, version %(number)s?")
        % {"code": version.lesson.code, "number": version.number},
        "version": version,
        "taught": taught,
        "back": reverse("curriculum:version", args=[version.uuid]),
    }
    return render(request, "curriculum/retire.html", context)

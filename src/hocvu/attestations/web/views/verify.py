"""Anyone may check an attestation: by its code, or by its file."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hocvu.kernel.ids import clean_code
from hocvu.ui.access import public

from ...queries.verification import verify_code, verify_file
from ..forms import CodeForm, FileForm
from ..limits import too_many
from ..words import CAUSES, FAILURES, FIELDS, STATES


@public
@require_GET
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; a code given leads to its own address."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = clean_code(form.cleaned_data["code"])
        if code:
            return HttpResponseRedirect(reverse("attestations:verify_code", args=[code]))
        form.add_error("code", _("Type the letters and digits of the code."))
    return _ask(request, form, FileForm())


@public
@require_http_methods(["GET", "POST"])
def check_file(request: HttpRequest) -> HttpResponse:
    """Check an uploaded PDF against signature and register."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_valid():
        return _ask(request, CodeForm(), form)
    if too_many(request):
        return _wait(request)
    result = verify_file(form.cleaned_data["file"].read())
    context = {
        "title": _("Result of the check"),
        "result": result,
        "failure": FAILURES.get(result.failure, ""),
        "record": result.record,
        "back": reverse("attestations:verify"),
        **_record_words(result.record),
    }
    return render(request, "attestations/verify_file.html", context)


@public
@never_cache
@require_GET
def verify_code_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the register says of a code."""
    if too_many(request):
        return _wait(request)
    record = verify_code(code)
    if record is None:
        context = {"title": _("No attestation has this code"), "code": clean_code(code)[:40], "form": CodeForm()}
        return render(request, "attestations/verify_unknown.html", context, status=404)
    context = {"title": _("Attestation %(number)s") % {"number": record.number}, "record": record}
    context["back"] = reverse("attestations:verify")
    return render(request, "attestations/verify_code.html", context | _record_words(record))


def _record_words(record: object) -> dict[str, object]:
    return {"fields": FIELDS, "states": STATES, "causes": CAUSES} if record else {}


def _ask(request: HttpRequest, code_form: CodeForm, file_form: FileForm) -> HttpResponse:
    context = {"title": _("Check an attestation"), "form": code_form, "file_form": file_form}
    return render(request, "attestations/verify.html", context)


def _wait(request: HttpRequest) -> HttpResponse:
    response = render(request, "attestations/verify_wait.html", {"title": _("Too many checks")}, status=429)
    response["Retry-After"] = "600"
    return response

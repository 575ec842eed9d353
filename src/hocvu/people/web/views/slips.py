"""Sign in with a slip: the code (or its QR), then one's own PIN; and print slips."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.ids import clean_code
from hocvu.ui.access import access, public
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...exporting.slips import slips_pdf
from ...models import AccessSlip, Account
from ...rules import can_print_slips, visible_organisations, visible_people
from ...services.accounts import choose_pin
from ...services.slips import live_slip, note_slip_used, print_slips, renew_slip, slip_for
from ...types import SlipPrinted
from ..forms import NewPinForm, PinForm, SlipCodeForm, SlipsForm
from .sign_in import enter, locked_out

SLIP_KEY = "slip"


@public
@never_cache
def slip_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a slip."""
    form = SlipCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if slip_for(form.cleaned_data["code"]):
            return redirect("people:slip", clean_code(form.cleaned_data["code"]))
        form.add_error(
            "code",
            _("This code is not valid. Look at it again; if you were given a newer slip, use that one."),
        )
    return render(request, "people/slip_code.html", {"title": _("Sign in with a slip"), "form": form})


@public
@never_cache
def slip(request: HttpRequest, code: str) -> HttpResponse:
    """Open a slip by its address: remember it in the session, so that the code leaves the address bar."""
    found = slip_for(code)
    if found is None:
        return _unknown(request)
    request.session[SLIP_KEY] = found.pk
    return redirect("people:slip_enter")


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "people/slip_unknown.html", {"title": _("This slip is not valid any more")}, status=404)


@public
@never_cache
@sensitive_post_parameters("pin", "again")
def slip_enter(request: HttpRequest) -> HttpResponse:
    """Go in with the slip just opened: choose a PIN at first use, type it later."""
    found = live_slip(request.session.get(SLIP_KEY, 0))
    if found is None:
        return _unknown(request)
    return _later(request, found) if found.account.has_secret else _first_use(request, found)


def _first_use(request: HttpRequest, found: AccessSlip) -> HttpResponse:
    form = NewPinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = _owner(found.account)
        try:
            choose_pin(actor=owner, account_id=found.account_id, pin=form.cleaned_data["pin"])
        except Refused as refused:
            form.add_error("pin", sentence(refused))
        else:
            _enter(request, found, Account.objects.get(pk=found.account_id))
            messages.success(request, _("Your PIN is set. Next time: your slip, then this PIN."))
            return redirect("web:home")
    return _slip_page(request, found, form, first=True)


def _enter(request: HttpRequest, found: AccessSlip, account: Account) -> None:
    note_slip_used(slip_id=found.pk)
    request.session.pop(SLIP_KEY, None)
    enter(request, account)


def _later(request: HttpRequest, found: AccessSlip) -> HttpResponse:
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pin = form.cleaned_data["pin"]
        counted = _without_secrets(request)
        account = authenticate(counted, username=found.account.username, password=pin)
        if getattr(counted, "axes_locked_out", False):
            return locked_out(request)
        if isinstance(account, Account):
            _enter(request, found, account)
            return redirect("web:home")
        form.add_error("pin", _("This PIN is not right. Forgotten? Ask your focal point for a new slip."))
    return _slip_page(request, found, form, first=False)


def _without_secrets(request: HttpRequest) -> HttpRequest:
    """Return a request for the counting of wrong tries, which keeps address and form: without code and PIN."""
    bare = HttpRequest()
    bare.method, bare.path, bare.path_info = "POST", reverse("people:slip_code"), reverse("people:slip_code")
    bare.META = {name: value for name, value in request.META.items() if name.startswith(("REMOTE_", "HTTP_"))}
    bare.META.pop("HTTP_COOKIE", None)
    bare.session = request.session
    return bare


def _slip_page(request: HttpRequest, found: AccessSlip, form: Any, *, first: bool) -> HttpResponse:
    title = _("Choose your PIN") if first else _("Type your PIN")
    context = {"title": title, "form": form, "first": first, "holder": found.account.label}
    return render(request, "people/slip.html", context)


def _owner(account: Account) -> Actor:
    return Actor(Role.TRAINEE, account.label, account.pk, account.person_id)


@access(Role.FOCAL_POINT, Role.MANAGER)
@never_cache
def print_page(request: HttpRequest, uuid: str) -> HttpResponse:
    """Print slips for the people of a body: new codes each time."""
    actor = actor_of(request)
    organisation = get_object_or_404(visible_organisations(actor), uuid=uuid)
    form = SlipsForm(request.POST or None, initial={"whom": "waiting"})
    if request.method == "POST" and form.is_valid() and can_print_slips(actor, organisation):
        everyone = form.cleaned_data["whom"] == "everyone"
        slips, left_out = print_slips(actor=actor, organisation_id=organisation.pk, everyone=everyone)
        if slips:
            return _pdf(request, slips, f"phieu-{organisation.code}.pdf")
        form.add_error(None, _("There is nobody here who waits for a slip (%(left)s left out).") % {"left": left_out})
    context = {"title": _("Slips for signing in"), "organisation": organisation, "form": form}
    return render(request, "people/slips_print.html", context)


@access(Role.FOCAL_POINT, Role.MANAGER)
@require_POST
def renew(request: HttpRequest, uuid: str) -> HttpResponse:
    """Print one new slip; the person's older codes and PIN stop."""
    actor = actor_of(request)
    person = get_object_or_404(visible_people(actor), uuid=uuid)
    try:
        made = renew_slip(actor=actor, person_id=person.pk)
    except Refused as refused:
        messages.error(request, sentence(refused))
        return redirect("people:person", person.uuid)
    return _pdf(request, [made], "phieu.pdf")


def _pdf(request: HttpRequest, slips: Sequence[SlipPrinted], name: str) -> HttpResponse:
    response = HttpResponse(slips_pdf(slips, language=get_language() or "vi"), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

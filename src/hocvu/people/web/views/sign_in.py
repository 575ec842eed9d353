"""Sign in and out: by user name and password, and in a demo by a click on a role."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.backends import ModelBackend
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hocvu.ui.access import public

from ...middleware import ROLE_KEY
from ...models import Account
from ...queries.accounts import DemoAccount, demo_accounts, live_grants, nobody_yet
from ..forms import SignInForm
from ..words import role_name

BACKEND = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"
_PIN = re.compile(r"\d{6}", re.ASCII)


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with user name and password; show the ways in."""
    if request.method == "GET" and nobody_yet():
        return redirect("people:first_run")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _signed_in_account(request, form)
        if getattr(request, "axes_locked_out", False):
            return locked_out(request)
        if account is not None:
            enter(request, account)
            return HttpResponseRedirect(_safe_next(request))
    context: dict[str, Any] = {
        "title": _("Sign in"),
        "form": form,
        "next": _safe_next(request, default=""),
        "demo_accounts": [(one, role_name(one.role)) for one in _demo_accounts()],
    }
    return render(request, "people/sign_in.html", context)


def _signed_in_account(request: HttpRequest, form: SignInForm) -> Account | None:
    """Return the account if name and password fit; else say on the form what to look at."""
    name, password = form.cleaned_data["username"].lower(), form.cleaned_data["password"]
    if _PIN.fullmatch(password):
        # Never tried here: six digits tried on many names in a row would open some account.
        form.add_error("password", _("This looks like a PIN. A PIN goes with a slip: use “Sign in with a slip”."))
        return None
    account = authenticate(request, username=name, password=password)
    if not isinstance(account, Account):
        wrong = _(
            "The user name and the password do not fit together. Look at capital letters, and switch "
            "Vietnamese typing off while you type the password."
        )
        form.add_error(None, wrong)
        return None
    if not live_grants(account.pk):
        form.add_error(None, _("This account has no role today. Ask the operator of your installation."))
        return None
    return account


def enter(request: HttpRequest, account: Account) -> None:
    """Open the session of an account."""
    login(request, account, backend=BACKEND)


def _safe_next(request: HttpRequest, default: str = "/") -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return target
    return default


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Close the session."""
    logout(request)
    return redirect("web:home")


def _demo_accounts() -> list[DemoAccount]:
    return demo_accounts() if settings.DEMO else []


@public
@require_POST
def demo_sign_in(request: HttpRequest, uuid: str) -> HttpResponse:
    """Enter as one of the demo's accounts; in a real installation this address does not exist."""
    if not settings.DEMO:
        raise Http404
    account = get_object_or_404(Account, uuid=uuid, is_demo=True, is_active=True)
    enter(request, account)
    request.session.pop(ROLE_KEY, None)
    return HttpResponseRedirect(_safe_next(request))


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Answer too many wrong tries for one name from one address."""
    minutes = round(float(settings.AXES_COOLOFF_TIME) * 60)
    context = {"title": _("Too many tries"), "minutes": minutes}
    return render(request, "people/locked_out.html", context, status=429)

"""The account of whoever is signed in: roles, language, password or PIN, the data kept."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hocvu.kernel.errors import Refused
from hocvu.ui.access import signed_in
from hocvu.ui.http import actor_of
from hocvu.ui.middleware import LANGUAGE_COOKIE
from hocvu.ui.refusals import sentence

from ...domain.names import masked_number
from ...middleware import ROLE_KEY
from ...models import Account
from ...queries.accounts import live_grants
from ...queries.persons import posts_of
from ...services.accounts import change_password, choose_language, choose_pin
from ..forms import ChangePasswordForm, ChangePinForm, LanguageForm
from ..words import role_name


def _own(request: HttpRequest) -> Account:
    return Account.objects.select_related("person").get(pk=actor_of(request).account_id or 0)


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Show one's account."""
    account, actor = _own(request), actor_of(request)
    grants = live_grants(account.pk)
    context = {
        "title": _("My account"),
        "account": account,
        "person": account.person,
        "national_id": masked_number(account.person.national_id) if account.person else "",
        "posts": posts_of(account.person_id) if account.person_id else [],
        "grants": [
            (g, role_name(g.role), (g.role, g.organisation_id) == (actor.role, actor.organisation_id)) for g in grants
        ],
        "by_slip": account.person_id is not None and account.username.startswith("hv"),
        "language_form": LanguageForm(initial={"language": translation.get_language()}),
    }
    return render(request, "people/me.html", context)


@signed_in
@require_POST
def choose_role(request: HttpRequest, grant: int) -> HttpResponse:
    """Act in another of one's roles from now on."""
    if grant not in {one.pk for one in live_grants(actor_of(request).account_id or 0)}:
        raise Http404
    request.session[ROLE_KEY] = grant
    return redirect("web:home")


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language for pages and letters."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data["language"]
    choose_language(account_id=actor_of(request).account_id or 0, language=chosen)
    response = redirect("people:me")
    response.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=365 * 86400, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response


@signed_in
@sensitive_post_parameters("old", "new", "again")
def password(request: HttpRequest) -> HttpResponse:
    """Change one's password."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _own(request)
        try:
            change_password(
                actor=actor_of(request),
                account_id=account.pk,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
            )
        except Refused as refused:
            form.add_error("old" if refused.code == "people.wrong_password" else "new", sentence(refused))
        else:
            return _changed(request, account, _("Your password is changed."))
    context = {"title": _("Change the password"), "form": form}
    return render(request, "people/secret.html", context)


@signed_in
@sensitive_post_parameters("old", "pin", "again")
def pin(request: HttpRequest) -> HttpResponse:
    """Change one's PIN."""
    form = ChangePinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = _own(request)
        try:
            choose_pin(
                actor=actor_of(request),
                account_id=account.pk,
                pin=form.cleaned_data["pin"],
                old=form.cleaned_data["old"],
            )
        except Refused as refused:
            form.add_error("old" if refused.code == "people.wrong_pin" else "pin", sentence(refused))
        else:
            return _changed(request, account, _("Your PIN is changed."))
    return render(request, "people/secret.html", {"title": _("Change the PIN"), "form": form})


def _changed(request: HttpRequest, account: Account, words: str) -> HttpResponse:
    """Stay signed in here; every other session of the account ends with the old secret."""
    account.refresh_from_db()
    update_session_auth_hash(request, account)
    messages.success(request, words)
    return redirect("people:me")

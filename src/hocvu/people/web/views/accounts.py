"""Accounts of those who work with the system: list, open, roles, passwords; and the very first one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access, public
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import Account, RoleGrant
from ...queries.accounts import nobody_yet
from ...rules import visible_accounts
from ...services.accounts import (
    end_role,
    grant_role,
    open_first_account,
    open_staff_account,
    renew_password,
    set_active,
)
from ..forms import FirstAccountForm, GrantForm, StaffAccountForm
from ..tables import Accounts
from ..words import role_name
from .sign_in import enter


@access(Role.OPERATOR)
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts."""
    context = {"title": _("Accounts")} | table_context(Accounts(), request, actor_of(request))
    return render(request, "people/accounts.html", context)


@access(Role.OPERATOR)
@never_cache
def new_account(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is shown once."""
    form = StaffAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pk, password = open_staff_account(
                actor=actor_of(request),
                username=data["username"].lower(),
                label=data["label"],
                role=Role(data["role"]),
                organisation_id=data["body"].pk if data["body"] else None,
            )
        except Refused as refused:
            form.add_error("username", sentence(refused))
        else:
            return _show_password(request, Account.objects.get(pk=pk), password)
    return render(request, "people/account_new.html", {"title": _("Open an account"), "form": form})


def _show_password(request: HttpRequest, account: Account, password: str) -> HttpResponse:
    context = {"title": _("The password, shown once"), "account": account, "password": password}
    return render(request, "people/account_password.html", context)


@access(Role.OPERATOR)
def account(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show an account and give it a role."""
    actor = actor_of(request)
    found = get_object_or_404(visible_accounts(actor), uuid=uuid)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        grant_role(
            actor=actor,
            account_id=found.pk,
            role=Role(form.cleaned_data["role"]),
            organisation_id=body.pk if body else None,
        )
        messages.success(request, _("The role is given from today on."))
        return redirect("people:account", found.uuid)
    grants = RoleGrant.objects.filter(account=found).select_related("organisation")
    context = {
        "title": found.username,
        "account": found,
        "form": form,
        "grants": [(grant, role_name(grant.role)) for grant in grants],
    }
    return render(request, "people/account.html", context)


@access(Role.OPERATOR)
@require_POST
def end_grant(request: HttpRequest, uuid: str, grant: int) -> HttpResponse:
    """End a role."""
    found = get_object_or_404(visible_accounts(actor_of(request)), uuid=uuid)
    held = get_object_or_404(RoleGrant, pk=grant, account=found)
    try:
        end_role(actor=actor_of(request), grant_id=held.pk)
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("The role has ended."))
    return redirect("people:account", found.uuid)


@access(Role.OPERATOR)
@require_POST
@never_cache
def new_password(request: HttpRequest, uuid: str) -> HttpResponse:
    """Give an account a new password, shown once."""
    found = get_object_or_404(visible_accounts(actor_of(request)), uuid=uuid)
    return _show_password(request, found, renew_password(actor=actor_of(request), account_id=found.pk))


@access(Role.OPERATOR)
@require_POST
def activity(request: HttpRequest, uuid: str) -> HttpResponse:
    """Close an account, or open it again."""
    found = get_object_or_404(visible_accounts(actor_of(request)), uuid=uuid)
    try:
        set_active(actor=actor_of(request), account_id=found.pk, active=not found.is_active)
    except Refused as refused:
        messages.error(request, sentence(refused))
    return redirect("people:account", found.uuid)


@public
@never_cache
@sensitive_post_parameters("new", "again")
def first_run(request: HttpRequest) -> HttpResponse:
    """Make the administrator of an installation that has no account yet; later this page does not exist."""
    if not nobody_yet():
        raise Http404
    form = FirstAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            pk = open_first_account(username=data["username"].lower(), label=data["label"], password=data["new"])
        except Refused as refused:
            form.add_error("new", sentence(refused))
        else:
            enter(request, Account.objects.get(pk=pk))
            return redirect("web:home")
    return render(request, "people/first_run.html", {"title": _("A new installation"), "form": form})

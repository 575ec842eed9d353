"""One item: its words in three languages, what a new version changes, remarks and approval; writing it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import LANGUAGES
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...domain.differences import Piece, word_differences
from ...models import Item, ItemVersion
from ...rules import BANK_ROLES, visible_items
from ...services.bank import approve_items, remark_version, submit_version, write_item
from ..forms import LANGUAGE_NAMES, ItemForm, RemarkForm, item_initial
from ..words import AXES, DIFFICULTIES, POOLS, VERSION_STATES


@dataclass(frozen=True, slots=True)
class Line:
    """One text of an item in one language, with what changed against the approved version."""

    label: str
    pieces: list[Piece]
    right: bool = False


@access(*BANK_ROLES)
def item(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the latest version of an item; against the approved one, what changed is marked."""
    actor = actor_of(request)
    found = get_object_or_404(visible_items(actor), uuid=uuid)
    versions = list(ItemVersion.objects.filter(item=found).order_by("-number"))
    latest = versions[0]
    approved = next((v for v in versions if v.state == ItemVersion.State.APPROVED and v is not latest), None)
    context = _item_context(found, latest, approved) | {
        "versions": [(v, VERSION_STATES[v.state]) for v in versions],
        "can_write": actor.role is Role.OFFICE,
        "can_submit": actor.role is Role.OFFICE and latest.state in {"draft", "remarked"},
        "can_decide": actor.role is Role.REVIEWER and latest.state == "submitted",
        "form": RemarkForm(),
    }
    return render(request, "assessment/item.html", context)


def _item_context(found: Item, latest: ItemVersion, approved: ItemVersion | None) -> dict[str, Any]:
    return {
        "title": _("Item %(code)s") % {"code": found.code},
        "back": reverse("assessment:items"),
        "item": found,
        "version": latest,
        "approved": approved,
        "words": VERSION_STATES[latest.state],
        "axis": AXES[found.axis],
        "difficulty": DIFFICULTIES[found.difficulty],
        "pool": POOLS[found.pool],
        "key_changed": approved is not None and approved.right_key != latest.right_key,
        "languages": [(lang, LANGUAGE_NAMES[lang], _lines(latest, approved, lang)) for lang in LANGUAGES],
    }


def _lines(latest: ItemVersion, before: ItemVersion | None, lang: str) -> list[Line]:
    def pieces(new: str, old: str | None) -> list[Piece]:
        return [Piece("same", new)] if old is None else word_differences(old, new)

    options = {option["key"]: option for option in before.options} if before else {}
    lines = [Line(_("Question"), pieces(latest.stem[lang], before.stem[lang] if before else None))]
    for option in latest.options:
        key = option["key"]
        old = options[key][lang] if key in options else None
        lines.append(Line(key.upper(), pieces(option[lang], old), right=key == latest.right_key))
    lines.append(Line(_("Why"), pieces(latest.explanation[lang], before.explanation[lang] if before else None)))
    return lines


@access(Role.OFFICE)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, uuid: UUID | None = None) -> HttpResponse:
    """Write a new item, or a new version of one."""
    actor = actor_of(request)
    found = get_object_or_404(visible_items(actor), uuid=uuid) if uuid else None
    initial: Any = {}
    if found:
        initial = item_initial(found, ItemVersion.objects.filter(item=found).order_by("-number")[0])
    form = ItemForm(request.POST or None, initial=initial, existing=found is not None)
    if request.method == "POST" and form.is_valid():
        if found is None and Item.objects.filter(code=form.cleaned_data["code"]).exists():
            form.add_error("code", _("An item with this code exists already."))
        else:
            version = write_item(actor=actor, entry=form.entry())
            if request.POST.get("hand_in"):
                submit_version(actor=actor, version_id=version.pk)
            messages.success(request, _("The item is saved."))
            return redirect("assessment:item", uuid=version.item.uuid)
    context = {
        "title": _("Edit item %(code)s") % {"code": found.code} if found else _("New item"),
        "form": form,
        "back": reverse("assessment:item", args=[uuid]) if uuid else reverse("assessment:items"),
    }
    return render(request, "assessment/item_form.html", context, status=422 if form.errors else 200)


@access(*BANK_ROLES)
@require_POST
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Hand a version in (office), or remark on it or approve it (reviewer)."""
    actor = actor_of(request)
    version = get_object_or_404(
        ItemVersion.objects.filter(item__in=visible_items(actor)).select_related("item"), uuid=uuid
    )
    deed = request.POST.get("deed", "")
    needed = Role.OFFICE if deed == "submit" else Role.REVIEWER
    if actor.role is not needed:
        raise PermissionDenied
    try:
        if deed == "submit":
            submit_version(actor=actor, version_id=version.pk)
        elif deed == "approve":
            approve_items(actor=actor, version_ids=[version.pk])
        else:
            remark_version(actor=actor, version_id=version.pk, text=request.POST.get("text", ""))
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("Done: item %(code)s.") % {"code": version.item.code})
    return redirect("assessment:item", uuid=version.item.uuid)

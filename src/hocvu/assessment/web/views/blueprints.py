"""What a paper is made of, whether the bank has enough for it, and a paper drawn to look at."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hocvu.campaigns.api import campaign_in_view, target_groups
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...domain.papers import PoolItem, PoolTooSmall, coverage, draw_paper, paper_code
from ...models import Blueprint, Item, ItemVersion
from ...queries.bank import blueprint_of, cells_of, pool_items
from ...queries.candidates import options_in_order
from ...rules import BANK_ROLES
from ...services.blueprints import set_blueprint
from ..forms import BlueprintForm
from ..words import AXES, DIFFICULTIES

CODES = {"final": Item.Pool.TEST, "practice": Item.Pool.PRACTICE}


@access(*BANK_ROLES)
@require_http_methods(["GET", "POST"])
def blueprint(request: HttpRequest) -> HttpResponse:
    """Show and set a blueprint; ``seed`` and ``group`` in the address draw a paper to look at."""
    actor = actor_of(request)
    campaign = campaign_in_view()
    code = request.GET.get("code", "final")
    if campaign is None or code not in CODES:
        raise Http404
    found = blueprint_of(campaign.id, code)
    form = BlueprintForm(request.POST or None, initial=_initial(found))
    if request.method == "POST":
        if actor.role is not Role.OFFICE:
            raise PermissionDenied
        if form.is_valid():
            data = {
                "code": code,
                "title": _title(found, code),
                "minutes": form.cleaned_data["minutes"],
                "cells": form.cells(),
            }
            try:
                set_blueprint(actor=actor, campaign_id=campaign.id, data=data)
            except Refused as refused:
                form.add_error(None, sentence(refused))
            else:
                messages.success(request, _("The blueprint is saved. Papers drawn before stay as they are."))
                return redirect(request.get_full_path())
    pool = pool_items(CODES[code])
    groups = [group.code for group in target_groups(campaign.id)]
    context = {
        "title": _("What a paper is made of"),
        "blueprint": found,
        "code": code,
        "form": form,
        "can_write": actor.role is Role.OFFICE,
        "groups": groups,
        "cells": _cells(found, pool, groups) if found else [],
        "total": sum(cell.count for cell in cells_of(found)) if found else 0,
    }
    if found and request.GET.get("seed"):
        context |= _preview(found, pool, request.GET.get("group", ""), request.GET["seed"])
    return render(request, "assessment/blueprint.html", context)


def _initial(found: Blueprint | None) -> dict[str, Any]:
    counts = {(c.axis, c.difficulty): c.count for c in cells_of(found)} if found else {}
    cells = {f"c{a}-{d}": counts.get((a, d), 0) for a in AXES for d in DIFFICULTIES}
    return cells | {"minutes": found.minutes if found else 30}


def _title(found: Blueprint | None, code: str) -> dict[str, str]:
    if found:
        return dict(found.title)
    practice = {"vi": "Bài luyện tập", "fr": "Test d’entraînement", "en": "Practice test"}
    final = {"vi": "Bài kiểm tra cuối khóa", "fr": "Test final", "en": "Final test"}
    return practice if code == "practice" else final


def _cells(found: Blueprint, pool: list[PoolItem], groups: list[str]) -> list[dict[str, Any]]:
    """Return each cell with the fewest items any target group has for it."""
    covered = [coverage(cells_of(found), pool, group) for group in groups or [""]]
    fewest = [min(column, key=lambda one: one.available) for column in zip(*covered, strict=True)]
    return [
        {"axis": AXES[one.cell.axis], "difficulty": DIFFICULTIES[one.cell.difficulty], "coverage": one}
        for one in fewest
    ]


def _preview(found: Blueprint, pool: list[PoolItem], group: str, typed: str) -> dict[str, Any]:
    seed = int(typed) if typed.isdigit() and len(typed) < 16 else 1
    try:
        places = draw_paper(cells=cells_of(found), pool=pool, group=group, seed=seed)
    except PoolTooSmall as short:
        return {"short": short, "seed": seed, "group": group}
    words = ItemVersion.objects.select_related("item").in_bulk([place.version_id for place in places])
    preview = [
        {
            "version": words[place.version_id],
            "options": options_in_order(
                words[place.version_id].options, place.order, words[place.version_id].right_key
            ),
        }
        for place in places
    ]
    return {"preview": preview, "paper_code": paper_code(places), "seed": seed, "next_seed": seed + 1, "group": group}

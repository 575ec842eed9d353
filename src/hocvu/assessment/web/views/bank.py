"""The list of the item bank, and approving many items at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import Item
from ...queries.bank import bank_counts
from ...rules import BANK_ROLES
from ...services.bank import approve_items
from ..tables import Items
from ..words import AXES, DIFFICULTIES, POOLS, VERSION_STATES


@access(*BANK_ROLES)
def items(request: HttpRequest) -> HttpResponse:
    """List the bank with its filters."""
    actor = actor_of(request)
    lessons = Item.objects.order_by("lesson_code").values_list("lesson_code", flat=True).distinct()
    choices = (
        ("axis", _("Axis"), [(str(n), f"{n}. {name}") for n, name in AXES.items()]),
        ("lesson", _("Lesson"), [(code, code) for code in lessons]),
        ("difficulty", _("Difficulty"), list(DIFFICULTIES.items())),
        ("pool", _("Pool"), list(POOLS.items())),
        ("state", _("State"), [(key, words[0]) for key, words in VERSION_STATES.items()]),
    )
    context = table_context(Items(), request, actor) | {
        "title": _("Item bank"),
        "filters": [(name, label, options, request.GET.get(name, "")) for name, label, options in choices],
        "counts": bank_counts(),
        "can_write": actor.role is Role.OFFICE,
        "can_review": actor.role is Role.REVIEWER,
    }
    return render(request, "assessment/items.html", context)


@access(Role.REVIEWER)
@require_POST
def approvals(request: HttpRequest) -> HttpResponse:
    """Approve every version that waits for review."""
    try:
        number = approve_items(actor=actor_of(request))
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        words = ngettext("%(number)s item approved.", "%(number)s items approved.", number)
        messages.success(request, words % {"number": number})
    return redirect("assessment:items")

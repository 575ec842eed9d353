"""Create a campaign: from a plan file, from the shipped one, or from a few things typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...errors import PlanRefused
from ...importing.quick_plan import QuickPlan, names_of, plan_text
from ...queries.shipped import shipped_plan
from ...services.plans import create_campaign, read_plan_file
from ..forms import PlanFileForm, QuickPlanForm
from ..scope import posted
from ..sentences import plan_error_sentence

BODIES = ("owner", "organiser", "reviewer", "institution")


@access(Role.MANAGER)
def create(request: HttpRequest) -> HttpResponse:
    """Read a plan file, say all that must be mended, or create the campaign."""
    if request.method == "POST":
        form = PlanFileForm(request.POST, request.FILES)
        if form.is_valid():
            text = form.cleaned_data["text"]
            try:
                made = create_campaign(actor=actor_of(request), plan=read_plan_file(text))
            except PlanRefused as refused:
                again = PlanFileForm(initial={"text": text})
                return _page(request, again, refused)
            return _created(request, made.code)
        return _page(request, form, None)
    start = {"text": shipped_plan()} if request.GET.get("from") == "shipped" else {}
    return _page(request, PlanFileForm(initial=start), None)


def _page(request: HttpRequest, form: PlanFileForm, refused: PlanRefused | None) -> HttpResponse:
    context: dict[str, Any] = {"title": _("Create a campaign"), "form": form}
    if refused is not None:
        context["refusal"] = sentence(refused)
        context["errors"] = [(error, plan_error_sentence(error)) for error in refused.errors]
    return render(request, "campaigns/create.html", context, status=422 if refused else 200)


def _created(request: HttpRequest, code: str) -> HttpResponse:
    messages.success(request, _("The campaign “%(code)s” was created as a draft.") % {"code": code})
    return redirect("campaigns:campaign")


@access(Role.MANAGER)
def create_quick(request: HttpRequest) -> HttpResponse:
    """Create a campaign from a form; it becomes a plan file and goes through the same checks."""
    form = QuickPlanForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            plan = read_plan_file(plan_text(_typed(form)))
            made = create_campaign(actor=actor_of(request), plan=plan)
        except PlanRefused as refused:
            for error in refused.errors:
                field = error.path if error.path in form.fields else None
                said = plan_error_sentence(error)
                form.add_error(field, said if field else f"{error.path}: {said}")
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            return _created(request, made.code)
    context = {"title": _("Create a campaign from a form"), "form": form}
    return render(request, "campaigns/create_quick.html", context)


def _typed(form: QuickPlanForm) -> QuickPlan:
    data = form.cleaned_data
    return QuickPlan(
        code=data["code"],
        name=form.texts("name"),
        starts_on=data["starts_on"],
        ends_on=data["ends_on"],
        bodies={name: data[name].code for name in BODIES},
        body_names={name: names_of(data[name].name, data[name].code) for name in BODIES},
        act_number=data["act_number"],
        act_issued_on=data["act_issued_on"],
        people={"in_person": data["in_person"], "online": data["online"]},
        computers=data["computers"],
        staff=data["staff"],
    )

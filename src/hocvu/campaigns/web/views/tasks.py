"""The tasks shared by the university and the two departments."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence
from hocvu.ui.tables import table_context

from ...models import Task
from ...rules import can_answer, can_run, visible_tasks
from ...services.steering import add_task, finish_task
from ..forms import FinishForm, TaskForm
from ..scope import campaign_or_404, posted
from ..tables import Tasks
from ..words import TASK_STATES, state_tag
from .campaign import ORGANISERS


@access(*ORGANISERS)
def tasks(request: HttpRequest) -> HttpResponse:
    """List the tasks the actor may see."""
    shown = campaign_or_404()
    actor = actor_of(request)
    context = {
        "title": _("Tasks"),
        "runs": can_run(actor),
        "certainty": shown.facts.get("marks", {}).get("value", {}).get("tasks", ""),
    }
    return render(request, "campaigns/tasks.html", context | table_context(Tasks(), request, actor))


@access(Role.MANAGER)
def new_task(request: HttpRequest) -> HttpResponse:
    """Give a task."""
    shown = campaign_or_404()
    form = TaskForm(posted(request))
    if request.method == "POST" and form.is_valid():
        add_task(
            actor=actor_of(request),
            campaign_id=shown.pk,
            title=form.texts(),
            organisation_id=form.cleaned_data["body"].pk,
            due_on=form.cleaned_data["due_on"],
        )
        messages.success(request, _("The task is on the list."))
        return redirect("campaigns:tasks")
    return render(request, "campaigns/task_new.html", {"title": _("Give a task"), "form": form})


@access(*ORGANISERS)
def task(request: HttpRequest, uuid: str) -> HttpResponse:
    """Show a task; its owner says that it is done."""
    actor = actor_of(request)
    rows = visible_tasks(actor).select_related("organisation").filter(campaign=campaign_or_404())
    found = get_object_or_404(rows, uuid=uuid)
    form = None
    if found.state == Task.State.OPEN and can_answer(actor, found):
        form = FinishForm(posted(request))
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            finish_task(actor=actor, task_id=found.pk, note=form.cleaned_data["note"])
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The task is done."))
            return redirect("campaigns:tasks")
    context = {
        "title": _("Task"),
        "task": found,
        "state": state_tag(TASK_STATES, found.state),
        "late": found.state == Task.State.OPEN and found.due_on < clock.today(),
        "form": form,
    }
    return render(request, "campaigns/task.html", context)

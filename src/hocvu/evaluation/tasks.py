"""Background work of evaluation: send a form to tens of thousands of people."""

from django_tasks import task

from hocvu.kernel.actor import Actor, Role

from .models import Form
from .services.invitations import send_invitations


@task()
def send_form(form_id: int, account_id: int | None, organisation_id: int | None, label: str) -> int:
    """Send a form on behalf of the manager who asked for it; return how many went out."""
    form = Form.objects.get(pk=form_id)
    actor = Actor(Role.MANAGER, label, account_id=account_id, organisation_id=organisation_id)
    return send_invitations(actor=actor, campaign_id=form.campaign_id, kind=form.kind, month=form.month)

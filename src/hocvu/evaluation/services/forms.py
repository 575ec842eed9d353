"""Make the forms of a campaign."""

from django.db import transaction

from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import NotAllowed
from hocvu.ledger.api import record

from ..models import Form, Invitation
from ..queries.shipped import FormSpec, form_specs
from ..rules import can_send


@transaction.atomic
def make_forms(*, actor: Actor, campaign_id: int) -> dict[tuple[str, int], int]:
    """Make the shipped forms of a campaign; return ``{(kind, month): form id}``.

    Called again, it brings up to date those that nobody has answered yet; answered ones stay as they were.
    """
    if not can_send(actor):
        raise NotAllowed
    there = {(f.kind, f.month): f for f in Form.objects.select_for_update().filter(campaign_id=campaign_id)}
    made: dict[tuple[str, int], int] = {}
    changed = []
    for spec in form_specs():
        form = there.get((spec.kind, spec.month))
        if form is None:
            form = Form.objects.create(campaign_id=campaign_id, **_fields(spec))
            changed.append((spec.kind, spec.month))
        elif _differs(form, spec) and not _answered(form.pk):
            Form.objects.filter(pk=form.pk).update(**_fields(spec))
            changed.append((spec.kind, spec.month))
        made[spec.kind, spec.month] = form.pk
    if changed:
        record(
            actor=actor, action="evaluation.forms_made", object_type="campaign", object_key=campaign_id, rows=changed
        )
    return made


def _fields(spec: FormSpec) -> dict[str, object]:
    return {
        "kind": spec.kind,
        "month": spec.month,
        "title": spec.title,
        "indicators": spec.indicators,
        "questions": spec.questions,
    }


def _differs(form: Form, spec: FormSpec) -> bool:
    return any(getattr(form, name) != value for name, value in _fields(spec).items())


def _answered(form_id: int) -> bool:
    return Invitation.objects.filter(form_id=form_id, state=Invitation.State.ANSWERED).exists()

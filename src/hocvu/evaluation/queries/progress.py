"""How far the forms of a campaign are."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ..models import Form, Invitation, Response
from ..types import FormProgress


def forms_progress(
    campaign_id: int, until: datetime | None = None, invitations: QuerySet[Invitation] | None = None
) -> list[FormProgress]:
    """Return each form of a campaign with how many were asked and answered; three queries.

    ``invitations`` narrows it to those an actor may follow.
    """
    invited = Invitation.objects.filter(form__campaign_id=campaign_id)
    answers = Response.objects.filter(invitation__form__campaign_id=campaign_id)
    if invitations is not None:
        invited = invited.filter(pk__in=invitations.values("pk"))
        answers = answers.filter(invitation__in=invitations.values("pk"))
    if until is not None:
        invited = invited.filter(sent_at__lte=until)
        answers = answers.filter(answered_at__lte=until)
    sent: dict[int, tuple[int, int]] = {
        form: (number, expired)
        for form, number, expired in invited.order_by()
        .values_list("form_id")
        .annotate(n=Count("pk"), expired=Count("pk", filter=Q(state=Invitation.State.EXPIRED)))
    }
    given: dict[int, tuple[int, int]] = {
        form: (number, invalid)
        for form, number, invalid in answers.order_by()
        .values_list("invitation__form_id")
        .annotate(n=Count("pk"), invalid=Count("pk", filter=Q(valid=False)))
    }
    return [
        FormProgress(
            form_id=form.pk,
            kind=form.kind,
            month=form.month,
            title=form.title,
            sent=sent.get(form.pk, (0, 0))[0],
            answered=given.get(form.pk, (0, 0))[0],
            expired=sent.get(form.pk, (0, 0))[1],
            invalid=given.get(form.pk, (0, 0))[1],
        )
        for form in Form.objects.filter(campaign_id=campaign_id).order_by("id")
    ]

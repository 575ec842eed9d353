"""Background work: issue a class, make its PDF files. Both may be stopped and started again at any time."""

from typing import Any

from django_tasks import task

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused

from .models import Attestation
from .services.files import attestation_pdf
from .services.issuing import issue_batch


def packed(actor: Actor) -> dict[str, Any]:
    """Return an actor as plain data for a job's arguments."""
    return {
        "role": actor.role.value,
        "label": actor.label,
        "account_id": actor.account_id,
        "person_id": actor.person_id,
        "organisation_id": actor.organisation_id,
    }


def unpacked(data: dict[str, Any]) -> Actor:
    """Return the actor of a job's arguments."""
    return Actor(**(data | {"role": Role(data["role"])}))


@task()
def issue_attestations(actor: dict[str, Any], cohort_id: int) -> int:
    """Issue a class batch by batch until it is done or paused; return how many were issued by this run."""
    issued = 0
    while True:
        try:
            step = issue_batch(actor=unpacked(actor), cohort_id=cohort_id)
        except Refused as refused:
            if refused.code == "attestations.not_issuing":  # paused, or done by another run
                return issued
            raise
        issued += step.issued
        if step.finished:
            return issued


@task()
def make_files(cohort_id: int) -> int:
    """Make the PDF of every entry of a class that has none yet; return how many were made."""
    rows = Attestation.objects.filter(recognition__cohort_id=cohort_id, file="").order_by("register_number")
    made = 0
    for pk in list(rows.values_list("pk", flat=True)):
        attestation_pdf(Attestation.objects.get(pk=pk))
        made += 1
    return made

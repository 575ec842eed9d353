"""A trainee says that a field would be printed wrong; the office decides before the issue."""

from datetime import date, datetime

from django.db import transaction

from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record
from hocvu.people.api import PersonRow, register_people
from hocvu.people.models import Person, Posting
from hocvu.planning.models import Placement

from ..domain.words import birth
from ..models import Attestation, Correction
from ..rules import can_decide_correction, hold, visible_placements

FIELDS = ("full_name", "birth_date")


@transaction.atomic
def ask_correction(*, actor: Actor, placement_id: int, field: str, wanted: str) -> Correction:
    """Ask for another ``full_name`` or ``birth_date`` (dd/mm/yyyy) before one's attestation is issued.

    Refuses after the issue, a second wish for the same field while one waits, and a value that is empty,
    unchanged or not a day of a grown person's life.
    """
    hold(actor.role in {Role.TRAINEE, Role.FOCAL_POINT, Role.OFFICE})
    place = visible_placements(actor).select_related("person").filter(pk=placement_id).first()
    if place is None:
        raise Refused("attestations.no_place")
    if field not in FIELDS:
        raise Refused("attestations.field_unknown")
    if Attestation.objects.filter(placement=place).exists():
        raise Refused("attestations.issued_already")
    if Correction.objects.filter(placement=place, field=field, state=Correction.State.ASKED).exists():
        raise Refused("attestations.correction_waits")
    person = place.person
    given = person.full_name if field == "full_name" else birth(person.birth_date, person.birth_year)
    value = _checked(field, wanted)
    if value == given:
        raise Refused("attestations.correction_same")
    made = Correction.objects.create(placement=place, field=field, given=given, wanted=value, asked_at=clock.now())
    record(
        actor=actor,
        action="attestations.correction_asked",
        object_type="correction",
        object_key=made.uuid,
        data={"field": field},
    )
    return made


def _checked(field: str, wanted: str) -> str:
    value = clean(wanted)[:120]
    if field == "full_name":
        if len(value.split(" ")) < 2:
            raise Refused("attestations.name_short")
        return value
    found = _day(value)
    if found is None or not 16 <= clock.today().year - found.year <= 100:
        raise Refused("attestations.birth_date_wrong")
    return found.strftime("%d/%m/%Y")


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


@transaction.atomic
def decide_correction(*, actor: Actor, correction_id: int, accept: bool, reason: str = "") -> Correction:
    """Accept (the person is brought up to date through the door of people) or refuse with a reason."""
    hold(can_decide_correction(actor))
    row = Correction.objects.select_for_update(of=("self",)).select_related("placement__person").get(pk=correction_id)
    if row.state != Correction.State.ASKED:
        raise Refused("attestations.correction_decided")
    why = clean(reason)[:300]
    if not accept and not why:
        raise Refused("attestations.correction_reason")
    if accept:
        if Attestation.objects.filter(placement=row.placement_id).exists():
            raise Refused("attestations.issued_already")
        _mend(actor, row)
    row.state = Correction.State.ACCEPTED if accept else Correction.State.REFUSED
    row.decided_at, row.decided_by, row.reason = clock.now(), actor.label[:160], why
    row.save()
    record(
        actor=actor,
        action=f"attestations.correction_{row.state}",
        object_type="correction",
        object_key=row.uuid,
        data={"field": row.field},
    )
    return row


def _mend(actor: Actor, row: Correction) -> None:
    person = row.placement.person
    full_name = row.wanted if row.field == "full_name" else person.full_name
    birth_date = _day(row.wanted) if row.field == "birth_date" else person.birth_date
    register_people(actor=actor, rows=[_row(person, row.placement, full_name, birth_date)])


def _row(person: Person, place: Placement, full_name: str, birth_date: date | None) -> PersonRow:
    """Return the person as known, with the corrected field; the post stays what it is."""
    post = Posting.objects.filter(person=person, ends_on__isnull=True).first()
    return PersonRow(
        key=str(person.pk), person_id=person.pk, full_name=full_name, birth_date=birth_date,
        birth_year=person.birth_year, sex=person.sex, national_id=person.national_id, phone=person.phone,
        email=person.email, language=person.language, need=person.need, restricted=person.restricted,
        synthetic=person.synthetic,
        organisation_id=post.organisation_id if post else place.organisation_id,
        position=post.position if post else "", job_group=post.job_group if post else "specialist",
        starts_on=post.starts_on if post else clock.today(),
    )  # fmt: skip

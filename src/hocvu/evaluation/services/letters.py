"""Letters about forms: one to each person with an address, one to the agency for those without.

In Vietnamese, as official letters are; the pages they lead to speak three languages.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.people.models import Organisation, Person, RoleGrant
from hocvu.post.api import Draft, write_letters

from ..models import Form
from ..queries.respondents import Asked
from ..queries.shipped import shipped

CHUNK = 5000


def write_form_letters(*, form: Form, asked: Sequence[Asked], due_on: date, again: bool = False) -> int:
    """Write the letters of a form to those asked; return how many letters."""
    forms_of = Counter(one.respondent_id for one in asked)
    home = {one.respondent_id: one.organisation_id for one in asked}
    title = form.title["vi"] + (" (nhắc lại)" if again else "")
    common = {"title": title, "url": settings.BASE_URL + _address(), "due": f"{due_on:%d/%m/%Y}"}
    kind = "superior" if form.kind == Form.Kind.FOLLOW_UP_SUPERIOR else "self"
    drafts = []
    reached = set()
    for person_id, name, email in _with_address(list(forms_of)):
        reached.add(person_id)
        words = common | {"name": name, "count": forms_of[person_id]}
        drafts.append(_draft(kind, form, words, name, email, person_id=person_id))
    without = Counter(home[person] for person in forms_of if person not in reached)
    drafts += _agency_drafts(form, common, without)
    return write_letters(drafts=drafts)


def _address() -> str:
    try:
        return reverse("evaluation:my_forms")
    except NoReverseMatch:  # a command without the site's addresses
        return "/forms/"


def _with_address(person_ids: list[int]) -> list[tuple[int, str, str]]:
    found = []
    for start in range(0, len(person_ids), CHUNK):
        rows = Person.objects.filter(pk__in=person_ids[start : start + CHUNK]).exclude(email="")
        found += list(rows.order_by("pk").values_list("pk", "full_name", "email"))
    return found


def _draft(
    key: str, form: Form, words: dict[str, object], receiver: str, address: str,
    person_id: int | None = None, organisation_id: int | None = None,
) -> Draft:  # fmt: skip
    texts = shipped()["letters"][key]
    return Draft(
        kind=f"evaluation.{form.kind}",
        receiver=receiver,
        address=address,
        subject=texts["subject"].format_map(words),
        body=texts["body"].format_map(words),
        person_id=person_id,
        organisation_id=organisation_id,
    )


def _agency_drafts(form: Form, common: dict[str, str], without: Counter[int]) -> list[Draft]:
    names = dict(Organisation.objects.filter(pk__in=list(without)).values_list("pk", "name_vi"))
    addresses = _focal_addresses(list(without))
    return [
        _draft(
            "agency", form, common | {"name": names[pk], "count": number}, names[pk], addresses.get(pk, ""),
            organisation_id=pk,
        )
        for pk, number in sorted(without.items())
    ]  # fmt: skip


def _focal_addresses(organisation_ids: list[int]) -> dict[int, str]:
    today = clock.today()
    grants = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=today), role=Role.FOCAL_POINT, organisation_id__in=organisation_ids
    ).exclude(account__person__email="")
    rows = grants.filter(account__person__isnull=False).order_by("-id")
    return {pk or 0: email for pk, email in rows.values_list("organisation_id", "account__person__email")}

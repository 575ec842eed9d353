"""What is printed on the attestations of a class, gathered once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from hocvu.campaigns.models import Campaign, TargetGroup
from hocvu.curriculum.models import Programme
from hocvu.planning.models import Cohort, Placement

from ..domain import words
from ..models import Recognition

PERIODS = 16  # lesson periods of 45 minutes in two days, where the programme is not loaded


@dataclass(frozen=True, slots=True)
class ClassFrame:
    """What all attestations of one decision share."""

    campaign: Campaign
    common: Mapping[str, Any]
    restricted_groups: frozenset[str]
    pattern: str


def class_frame(decision: Recognition) -> ClassFrame:
    """Return the shared part of the payload: four queries for a whole class."""
    cohort: Cohort = decision.cohort
    campaign = cohort.plan.campaign
    wording = campaign.attestation
    programme, periods = programme_of(campaign)
    restricted = TargetGroup.objects.filter(campaign=campaign, restricted=True).values_list("code", flat=True)
    assert decision.decided_on is not None
    common = {
        "version": 1,
        "second_language": second_language(campaign),
        "superior": wording.get("superior", {}),
        "issuer": wording.get("issuer", {}),
        "place": wording.get("place", {}),
        "programme": programme,
        "periods": periods,
        "class": cohort.code,
        "from": words.day(cohort.starts_on),
        "to": words.day(cohort.ends_on),
        "issued_on": words.day(decision.decided_on),
        "decision": {"number": decision.number, "on": words.day(decision.decided_on)},
        "signer": {
            "name": decision.signer_name,
            "title": words.signer_title(decision.signer_title, wording.get("signer_title")),
        },
    }
    pattern = wording.get("number_pattern") or "{register:05d}/GCN"
    return ClassFrame(campaign, common, frozenset(restricted), pattern)


def programme_of(campaign: Campaign) -> tuple[Mapping[str, str], int]:
    """Return the programme's title and its lesson periods; the campaign's name where none is loaded."""
    found = Programme.objects.filter(code=campaign.programme_code).first()
    return (found.title, found.periods) if found else (campaign.name, PERIODS)


def second_language(campaign: Campaign) -> str:
    """Return the language of the second side: the campaign's setting, English where it says nothing."""
    chosen = campaign.attestation.get("second_language", "en")
    return chosen if chosen in {"fr", "en"} else "en"


def payload(
    frame: ClassFrame, place: Placement, row: Mapping[str, Any], *, register_number: int, number: str, code: str
) -> dict[str, Any]:
    """Return every printed field of one attestation, frozen as it will be shown for ever."""
    person, body = place.person, place.organisation
    restricted = person.restricted or body.restricted or place.group_code in frame.restricted_groups
    return {
        **frame.common,
        "number": number,
        "register_number": register_number,
        "code": code,
        "title": words.title_of(person.sex),
        "name": person.full_name,
        "birth": words.birth(person.birth_date, person.birth_year),
        "organisation": {"vi": body.name_vi, "fr": body.name_fr, "en": body.name_en},
        "mark": words.mark(row["mark"]),
        "band": row["band"],
        "restricted": restricted,
    }


def verify_address(code: str) -> str:
    """Return the address the QR leads to."""
    return f"{settings.BASE_URL.rstrip('/')}/verify/{code}"

"""Read operations: the pages' own rules and rows."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router

from hocvu.attestations.api import verify_code
from hocvu.attestations.web.limits import too_many
from hocvu.campaigns.api import campaign_acts, current_campaign, target_groups
from hocvu.campaigns.models import Campaign
from hocvu.kernel.actor import Role
from hocvu.kernel.vietnamese import clean, fold
from hocvu.people.api import in_being
from hocvu.people.models import Organisation
from hocvu.people.rules import SEES_ORGANISATIONS, visible_organisations
from hocvu.planning.models import Cohort, Placement, Session
from hocvu.planning.rules import shown_name, visible_cohorts, visible_places

from .access import SIGNED_IN, caller, everyone, roles
from .limits import TooMany
from .shapes import AttestationOut, CampaignOut, CohortsOut, Error, Mode, OrganisationsOut, PlacementsOut, Words

router = Router()

OPEN_ERRORS = frozenset({400, 404, 422, 429})
ERRORS = OPEN_ERRORS | {401, 403}
SEES_COHORTS = tuple(role for role in Role if role not in {Role.OPERATOR, Role.SYSTEM})
SEES_PLACES = (Role.TRAINEE, Role.INSTRUCTOR, Role.FOCAL_POINT, Role.HEAD, Role.OFFICE, Role.MANAGER)

PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PerPage = Annotated[int, Query(ge=1, le=200)]


@router.get("/campaign", response={200: CampaignOut, OPEN_ERRORS: Error}, url_name="campaign", tags=["read"])
@everyone
def campaign(request: HttpRequest) -> dict[str, Any]:
    """Tell the campaign in view: what, who, when, and the acts it stands on."""
    try:
        found = current_campaign()
    except Campaign.DoesNotExist:
        raise Http404 from None
    fields = ("uuid", "code", "name", "state", "starts_on", "ends_on")
    return {name: getattr(found, name) for name in fields} | {
        "groups": list(target_groups(found.pk)),
        "acts": campaign_acts(found.pk),
    }


@router.get(
    "/organisations", response={200: OrganisationsOut, ERRORS: Error}, auth=SIGNED_IN, url_name="organisations",
    tags=["read"],
)  # fmt: skip
@roles(*SEES_ORGANISATIONS)
def organisations(
    request: HttpRequest, q: Words = "", on: date | None = None, page: PageNumber = 1, per_page: PerPage = 50
) -> dict[str, Any]:
    """List the bodies in being on a day (default: today) that the caller may open.

    ``q``: part of a name, with or without marks, or a whole code.
    """
    rows = visible_organisations(caller(request)) & in_being(on)
    if words := clean(q):
        rows = rows.filter(Q(folded__contains=fold(words)) | Q(code__iexact=words))
    return _page(rows.select_related("parent").order_by("sort_key", "pk"), page, per_page, _organisation)


def _organisation(row: Organisation) -> dict[str, Any]:
    fields = ("uuid", "code", "name", "kind", "level", "sector", "valid_from", "valid_to")
    return {name: getattr(row, name) for name in fields} | {"parent": row.parent.uuid if row.parent else None}


@router.get(
    "/cohorts", response={200: CohortsOut, ERRORS: Error}, auth=SIGNED_IN, url_name="cohorts", tags=["read"]
)  # fmt: skip
@roles(*SEES_COHORTS)
def cohorts(
    request: HttpRequest, day: date | None = None, mode: Mode | None = None, q: Words = "", page: PageNumber = 1,
    per_page: PerPage = 50,
) -> dict[str, Any]:  # fmt: skip
    """List the classes of the published timetable that the caller may open, with their half-days.

    ``day``: taught on that day; ``mode``: in_person or online; ``q``: part of the code.
    """
    rows = visible_cohorts(caller(request))
    if day is not None:
        rows = rows.filter(starts_on__lte=day, ends_on__gte=day)
    if mode is not None:
        rows = rows.filter(mode=mode.value)
    if words := clean(q):
        rows = rows.filter(code__icontains=words)
    sessions = Prefetch("sessions", Session.objects.order_by("half_day"))
    rows = rows.select_related("room__venue").prefetch_related(sessions).order_by("code", "pk")
    return _page(rows, page, per_page, _cohort)


def _cohort(row: Cohort) -> dict[str, Any]:
    fields = ("uuid", "code", "mode", "theme", "wave", "starts_on", "ends_on", "size")
    return {name: getattr(row, name) for name in fields} | {
        "room": row.room.name if row.room else None,
        "venue": row.room.venue.name if row.room else None,
        "sessions": list(row.sessions.all()),
    }


@router.get(
    "/placements", response={200: PlacementsOut, ERRORS: Error}, auth=SIGNED_IN, url_name="placements", tags=["read"]
)  # fmt: skip
@roles(*SEES_PLACES)
def placements(
    request: HttpRequest, cohort: UUID | None = None, page: PageNumber = 1, per_page: PerPage = 50
) -> dict[str, Any]:
    """List the places that the caller may see: a trainee's own, an instructor's classes, an agency's people."""
    actor = caller(request)
    rows = visible_places(actor)
    if cohort is not None:
        rows = rows.filter(cohort__uuid=cohort)
    rows = rows.select_related("cohort", "person", "organisation").order_by("cohort__code", "number", "pk")

    def line(row: Placement) -> dict[str, Any]:
        return {
            "uuid": row.uuid,
            "cohort": row.cohort.uuid,
            "cohort_code": row.cohort.code,
            "number": row.number,
            "name": shown_name(actor, row),
            "organisation_code": row.organisation.code,
            "organisation": row.organisation.name,
            "group_code": row.group_code,
        }

    return _page(rows, page, per_page, line)


@router.get(
    "/attestations/{code}", response={200: AttestationOut, OPEN_ERRORS: Error}, url_name="attestation", tags=["read"]
)  # fmt: skip
@everyone
def attestation(request: HttpRequest, code: str) -> Any:
    """Tell what the register says of a code, typed in any case, with or without dashes."""
    if too_many(request):  # one count with the page of the same purpose
        raise TooMany(600)
    found = verify_code(code)
    if found is None:
        raise Http404
    return found


def _page(rows: QuerySet[Any], number: int, per_page: int, line: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """Return one page of rows; a page beyond the last is empty."""
    paginator = Paginator(rows, per_page)
    shown = paginator.page(number).object_list if number <= paginator.num_pages else []
    return {
        "page": number,
        "pages": paginator.num_pages,
        "total": paginator.count,
        "items": [line(row) for row in shown],
    }

"""The planning problem of a campaign, read from its tables: the same form as the files."""

from collections import Counter
from datetime import timedelta

from hocvu.campaigns.api import rules_in_force
from hocvu.campaigns.models import Campaign
from hocvu.enrolment.api import approved_nominations
from hocvu.enrolment.models import AgencyList

from ..domain.instance import Agency, Day, Instance, Locality, ModeRules, Rules, Trainee, Weights
from ..domain.instance import Instructor as InstructorInProblem
from ..domain.instance import Room as RoomInProblem
from ..models import Instructor, Room
from ..types import PlanShape


def problem_of(campaign: Campaign, shape: PlanShape) -> Instance:
    """Return the instance to solve; identifiers are database ids as text, ordered so that runs repeat."""
    trainees, modes = _trainees(campaign)
    agencies = _agencies(campaign, modes)
    listed = {str(place["id"]) for place in shape.localities}
    localities = [Locality(str(p["id"]), bool(p["city"]), int(p["km_to_venues"])) for p in shape.localities]
    localities += [Locality(code, False, 0) for code in sorted({a.locality for a in agencies} - listed)]
    return Instance(
        name=campaign.code,
        days=_days(campaign),
        rules=_rules(campaign, shape),
        weights=Weights(**shape.weights),
        fair_straddle_share_pct=shape.fair_straddle_share_pct,
        track_distance=tuple((str(a), str(b), int(v)) for a, b, v in shape.track_distance),
        localities=tuple(localities),
        agencies=agencies,
        rooms=_rooms(campaign),
        instructors=_instructors(campaign),
        trainees=trainees,
    )


def _days(campaign: Campaign) -> tuple[Day, ...]:
    length = (campaign.ends_on - campaign.starts_on).days + 1
    days = [campaign.starts_on + timedelta(days=n) for n in range(length)]
    off = set(campaign.calendar.get("days_off", []))
    return tuple(Day(day.isoformat(), day.weekday() < 5 and day.isoformat() not in off) for day in days)


def _rules(campaign: Campaign, shape: PlanShape) -> Rules:
    law = rules_in_force(campaign.pk, campaign.starts_on)
    return Rules(
        session_days=2,
        weekend_days_used=shape.weekend_days_used,
        straddle_weekend_allowed=shape.straddle_weekend_allowed,
        release_cap_pct=int(law["release_cap_pct"].value),
        release_rounding="down",
        keep_one_per_job_group=True,
        classes={
            mode: ModeRules(
                min=sizes["min"],
                target=sizes["target"],
                max=sizes["max"],
                max_classes=sizes["classes"],
                min_classes=sizes.get("min_classes", sizes["classes"]),
                test_sittings=sizes.get("test_sittings", 1),
                concurrent_max=sizes.get("concurrent_max"),
            )
            for mode, sizes in shape.modes.items()
        },
        team_size=2,
        bus_seats=shape.bus_seats,
        size_tolerance=shape.size_tolerance,
    )


def _trainees(campaign: Campaign) -> tuple[tuple[Trainee, ...], dict[int, str]]:
    rows = (
        approved_nominations(campaign.pk)
        .order_by("pk")
        .values_list(
            "pk",
            "organisation_id",
            "job_group",
            "track",
            "person__need",
            "person__language",
            "unavailable",
            "target_group__mode",
        )
    )
    trainees, modes = [], {}
    for pk, organisation_id, job_group, track, need, language, unavailable, mode in rows:
        modes[organisation_id] = mode
        trainees.append(
            Trainee(
                id=str(pk),
                agency=str(organisation_id),
                job_group=job_group,
                track=track,
                need=need if need == "access" else "",
                language=language or "vi",
                unavailable=tuple(sorted(unavailable)),
            )
        )
    return tuple(trainees), modes


def _agencies(campaign: Campaign, modes: dict[int, str]) -> tuple[Agency, ...]:
    lists = (
        AgencyList.objects.filter(campaign=campaign, organisation_id__in=modes)
        .select_related("organisation")
        .order_by("organisation_id")
    )
    found = []
    for one in lists:
        body = one.organisation
        groups: Counter[str] = Counter(one.job_groups)
        found.append(
            Agency(
                id=str(body.pk),
                name=body.name_vi,
                sector=body.sector,
                level=body.level,
                locality=body.locality or "province",
                mode=modes[body.pk],
                headcount=one.headcount,
                job_group_headcount=dict(groups),
            )
        )
    return tuple(found)


def _rooms(campaign: Campaign) -> tuple[RoomInProblem, ...]:
    rooms = Room.objects.filter(venue__campaign=campaign).select_related("venue").order_by("code")
    return tuple(
        RoomInProblem(str(r.pk), r.venue.code, r.seats, r.computers, r.accessible, tuple(sorted(r.unavailable)))
        for r in rooms
    )


def _instructors(campaign: Campaign) -> tuple[InstructorInProblem, ...]:
    teachers = Instructor.objects.filter(campaign=campaign).select_related("home_venue").order_by("code")
    return tuple(
        InstructorInProblem(
            str(t.pk),
            tuple(sorted(t.tracks)),
            tuple(sorted(t.languages)),
            t.home_venue.code if t.home_venue else "",
            t.max_classes,
            tuple(sorted(t.unavailable)),
        )
        for t in teachers
    )

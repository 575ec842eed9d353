"""Write a solution down as classes, teams, half-days, lab groups and places."""

from collections import defaultdict
from datetime import date, datetime

from hocvu.campaigns.models import Campaign
from hocvu.enrolment.models import Nomination
from hocvu.kernel import clock

from ..domain.instance import Instance
from ..domain.lab_groups import split_lab_groups
from ..domain.solution import PlannedClass, Solution
from ..models import Cohort, CohortInstructor, LabGroup, Placement, RoomLab, Session, TimetablePlan

PREFIX = {"in_person": "TT", "online": "TR"}
# (day of the class, start, end) of the four half-days; a plan file may say otherwise (calendar.half_days).
HALF_DAYS = ((0, "07:30", "10:30"), (0, "13:30", "16:30"), (1, "07:30", "10:30"), (1, "13:30", "17:00"))
JOIN = "https://lop-hoc.example/{code}"


def lay_out(plan: TimetablePlan, campaign: Campaign, problem: Instance, solution: Solution) -> None:
    """Write every row of a timetable in bulk; the plan must have none yet."""
    classes = sorted(solution.classes, key=lambda c: (c.mode, c.days, c.room or "", c.id))
    members: dict[str, list[int]] = defaultdict(list)
    for trainee, planned in solution.assignment.items():
        members[planned].append(int(trainee))
    cohorts = _cohorts(plan, classes, members)
    _teams(cohorts, classes)
    _sessions(campaign, cohorts, classes)
    groups = _lab_groups(problem, cohorts, classes, members)
    _placements(plan, cohorts, members, groups)


def _cohorts(plan: TimetablePlan, classes: list[PlannedClass], members: dict[str, list[int]]) -> dict[str, Cohort]:
    starts = {day: number for number, day in enumerate(sorted({c.days[0] for c in classes}), start=1)}
    counts: dict[str, int] = defaultdict(int)
    rows = []
    for planned in classes:
        counts[planned.mode] += 1
        code = f"{PREFIX[planned.mode]}-{counts[planned.mode]:03d}"
        rows.append(
            Cohort(
                plan=plan, code=code, mode=planned.mode, theme=planned.theme, wave=starts[planned.days[0]],
                room_id=int(planned.room) if planned.room else None, starts_on=date.fromisoformat(planned.days[0]),
                ends_on=date.fromisoformat(planned.days[-1]), size=len(members[planned.id]),
                join_url="" if planned.room else JOIN.format(code=code.lower()),
            )
        )  # fmt: skip
    made = Cohort.objects.bulk_create(rows)
    return {planned.id: cohort for planned, cohort in zip(classes, made, strict=True)}


def _teams(cohorts: dict[str, Cohort], classes: list[PlannedClass]) -> None:
    CohortInstructor.objects.bulk_create(
        CohortInstructor(cohort=cohorts[planned.id], instructor_id=int(one), ordinal=ordinal)
        for planned in classes
        for ordinal, one in enumerate(planned.instructors, start=1)
    )


def _instant(day: str, time: str) -> datetime:
    hour, minute = time.split(":")
    return clock.at(date.fromisoformat(day), int(hour), int(minute))


def _sessions(campaign: Campaign, cohorts: dict[str, Cohort], classes: list[PlannedClass]) -> None:
    stated = campaign.calendar.get("half_days", [])
    hours = [(int(row["day"]) - 1, row["starts"], row["ends"]) for row in stated] or list(HALF_DAYS)
    Session.objects.bulk_create(
        [
            Session(
                cohort=cohorts[planned.id], half_day=number, starts_at=_instant(planned.days[offset], begin),
                ends_at=_instant(planned.days[offset], end),
            )
            for planned in classes
            for number, (offset, begin, end) in enumerate(hours, start=1)
        ],
        batch_size=1000,
    )  # fmt: skip


def _lab_groups(
    problem: Instance, cohorts: dict[str, Cohort], classes: list[PlannedClass], members: dict[str, list[int]]
) -> dict[int, list[LabGroup]]:
    labs: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for share in RoomLab.objects.order_by("room_id", "lab__code"):
        labs[share.room_id].append((str(share.lab_id), share.computers))
    rows = []
    for planned in classes:
        if planned.room is None:
            continue
        turns = problem.rules.classes[planned.mode].test_sittings
        groups = split_lab_groups(len(members[planned.id]), labs[int(planned.room)], turns)
        rows += [
            LabGroup(cohort=cohorts[planned.id], ordinal=n, turn=g.turn, lab_id=int(g.lab), size=g.size)
            for n, g in enumerate(groups, start=1)
        ]
    found: dict[int, list[LabGroup]] = defaultdict(list)
    for group in LabGroup.objects.bulk_create(rows):
        found[group.cohort_id].append(group)
    return found


def _placements(
    plan: TimetablePlan,
    cohorts: dict[str, Cohort],
    members: dict[str, list[int]],
    groups: dict[int, list[LabGroup]],
) -> None:
    facts: dict[int, tuple[int, int, str, str]] = {
        pk: (person_id, organisation_id, group_code, key)
        for pk, person_id, organisation_id, group_code, key in Nomination.objects.filter(
            campaign=plan.campaign
        ).values_list("pk", "person_id", "organisation_id", "target_group__code", "person__sort_key")
    }
    rows = []
    for planned, nominations in members.items():
        cohort = cohorts[planned]
        seats = [group for group in groups.get(cohort.pk, []) for _ in range(group.size)]
        ordered = sorted(nominations, key=lambda pk: (facts[pk][3], pk))
        for number, pk in enumerate(ordered, start=1):
            person_id, organisation_id, group_code, _key = facts[pk]
            rows.append(
                Placement(
                    plan=plan, cohort=cohort, nomination_id=pk, person_id=person_id, organisation_id=organisation_id,
                    group_code=group_code, number=number, lab_group=seats[number - 1] if seats else None,
                )
            )  # fmt: skip
    Placement.objects.bulk_create(rows, batch_size=2000)

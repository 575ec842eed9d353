"""Scenes of the tests: papers drawn the day before, sittings open, candidates answer, sittings close; resits."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hocvu.assessment.api import (
    AnswerIn,
    SatRow,
    best_marks,
    close_sittings,
    make_token,
    open_sitting,
    plan_resit,
    prepare_attempts,
    save_answers,
    sit_many,
    start_attempt,
    submit_attempt,
)
from hocvu.assessment.models import Attempt, ItemVersion, Sitting
from hocvu.delivery.models import Attendance
from hocvu.kernel import clock
from hocvu.planning.api import published_placements

from ..domain.behaviour import ability, chance, knows
from .actors import trainee_actor
from .playing import Play, Scene, SceneFunction
from .teaching import chunks

PAPERS_AHEAD = timedelta(hours=12)
UNDER_WAY = timedelta(minutes=9)
BY_HAND = 12  # candidates per chunk of sittings who answer one by one, as real ones do
RESIT_SEATS = 100


def sittings_by_time(plan_id: int) -> list[tuple[datetime, datetime, tuple[int, ...]]]:
    """Return ``(opens, closes, sitting ids)`` of the planned sittings, in order of time."""
    found: dict[tuple[datetime, datetime], list[int]] = defaultdict(list)
    rows = Sitting.objects.filter(cohort__plan_id=plan_id).order_by("opens_at", "pk")
    for pk, opens, closes in rows.values_list("pk", "opens_at", "closes_at"):
        found[opens, closes].append(pk)
    return [(opens, closes, tuple(ids)) for (opens, closes), ids in sorted(found.items())]


def paper_scenes(opens: datetime, closes: datetime, ids: tuple[int, ...]) -> Iterator[Scene]:
    """Papers are drawn and frozen half a day ahead."""
    for number, some in chunks(ids, 20):
        key = f"papers-{opens:%m%d%H%M}-{closes:%H%M}-{number}"
        yield Scene(key, opens - PAPERS_AHEAD, f"papers for {clock.local(opens):%d/%m}", _papers(some))


def _papers(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        prepare_attempts(actor=play.actor("office"), sitting_ids=list(ids))

    return play_scene


def sitting_scenes(opens: datetime, closes: datetime, ids: tuple[int, ...]) -> Iterator[Scene]:
    """A sitting opens; people answer; at the end all have handed in and it closes."""
    day = f"{clock.local(opens):%d/%m %H:%M}"
    for number, some in chunks(ids, 10):
        key = f"{opens:%m%d%H%M}-{closes:%H%M}-{number}"
        yield Scene(f"open-{key}", opens, f"sittings of {day} open", _open(some))
        yield Scene(f"write-{key}", opens + UNDER_WAY, f"sittings of {day}: people answer", _write(some))
    for number, some in chunks(ids, 10):
        key = f"{opens:%m%d%H%M}-{closes:%H%M}-{number}"
        yield Scene(f"close-{key}", closes, f"sittings of {day}: papers handed in", _sit(some))


def _open(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        for pk in ids:
            open_sitting(actor=play.actor("invigilator"), sitting_id=pk)

    return play_scene


def _write(ids: tuple[int, ...]) -> SceneFunction:
    """A few candidates of the first sitting start and save answer after answer: the room is seen alive."""

    def play_scene(play: Play) -> None:
        sitting = Sitting.objects.get(pk=ids[0])
        for attempt in _waiting(sitting)[:BY_HAND]:
            actor = trainee_actor(attempt.placement.person_id)
            attempt_now = start_attempt(actor=actor, attempt_uuid=attempt.uuid)
            given = _answers(play.seed, sitting, attempt, _items(play)).answers
            some = chance(play.seed, attempt.placement_id, "so far").randrange(4, 16)
            rows = [AnswerIn(position, given[position], n) for n, position in enumerate(sorted(given)[:some], start=1)]
            save_answers(token=make_token(attempt_now), answers=rows)

    return play_scene


def _waiting(sitting: Sitting) -> list[Attempt]:
    there = _present(sitting)
    rows = Attempt.objects.filter(sitting=sitting, state="assigned").select_related("placement__person").order_by("pk")
    return [attempt for attempt in rows if attempt.placement_id in there]


def _sit(ids: tuple[int, ...]) -> SceneFunction:
    """Whoever had started hands in; the others' whole tests come in at once; the sitting is closed."""

    def play_scene(play: Play) -> None:
        items = _items(play)
        for sitting in Sitting.objects.filter(pk__in=ids):
            rows = [_answers(play.seed, sitting, attempt, items) for attempt in _waiting(sitting)]
            if rows:
                sit_many(actor=play.actor("invigilator"), sitting_id=sitting.pk, rows=rows)
            for attempt in Attempt.objects.filter(sitting=sitting, state="started").select_related("placement__person"):
                _finish(play, sitting, attempt, items)
        close_sittings(actor=play.actor("invigilator"), sitting_ids=list(ids))

    return play_scene


def _finish(play: Play, sitting: Sitting, attempt: Attempt, items: dict[int, tuple[str, str]]) -> None:
    given = _answers(play.seed, sitting, attempt, items).answers
    rows = [AnswerIn(position, given[position], 100 + n) for n, position in enumerate(sorted(given))]
    with clock.frozen(min(attempt.deadline or sitting.closes_at, sitting.closes_at) - timedelta(seconds=30)):
        save_answers(token=make_token(attempt), answers=rows)
        submit_attempt(actor=trainee_actor(attempt.placement.person_id), attempt_uuid=attempt.uuid)


def _items(play: Play) -> dict[int, tuple[str, str]]:
    """Return ``{item version: (right key, difficulty)}``: what the play needs to decide who knows what."""
    if "items" not in play.memory:
        rows = ItemVersion.objects.values_list("pk", "right_key", "item__difficulty")
        play.memory["items"] = {pk: (key, difficulty) for pk, key, difficulty in rows}
    found: dict[int, tuple[str, str]] = play.memory["items"]
    return found


def _present(sitting: Sitting) -> set[int]:
    """Who sits: those seen in the half-day of the test; at a resit, everyone asked."""
    if sitting.kind == Sitting.Kind.RESIT:
        return set(Attempt.objects.filter(sitting=sitting).values_list("placement_id", flat=True))
    seen = Attendance.objects.filter(session__cohort_id=sitting.cohort_id, session__half_day=4, credit__gt=0)
    return set(seen.values_list("placement_id", flat=True))


def _answers(seed: int, sitting: Sitting, attempt: Attempt, items: dict[int, tuple[str, str]]) -> SatRow:
    person = attempt.placement.person.national_id
    draw = chance(seed, person, sitting.kind)
    skill = ability(seed, person) + (0.5 if sitting.kind == Sitting.Kind.RESIT else 0.0)
    answers: dict[int, str] = {}
    for position, (version, order) in enumerate(attempt.paper, start=1):
        right, difficulty = items[version]
        if draw.random() < 0.01:
            continue  # left blank
        answers[position] = right if knows(skill, difficulty, draw.random()) else draw.choice(order.replace(right, ""))
    start = sitting.opens_at + timedelta(seconds=draw.randrange(20, 120))
    latest = int((sitting.closes_at - start).total_seconds())
    return SatRow(
        placement_id=attempt.placement_id,
        started_at=start,
        submitted_at=start + timedelta(seconds=min(latest, draw.randrange(14 * 60, 30 * 60))),
        answers=answers,
    )


def resit_scenes() -> Iterator[Scene]:
    """Those who failed or missed the test sit once more on 26 June, with another paper."""
    yield Scene("resits", clock.at(date(2025, 6, 25), 9), "resits are planned", _plan_resits)


def _plan_resits(play: Play) -> None:
    places = list(published_placements(play.campaign.pk).values_list("pk", flat=True))
    marks = best_marks(places)
    failed = [pk for pk in places if not marks[pk].passed]
    # A few do not come back: they are refused at the end, and their page says why.
    coming = [pk for pk in failed if chance(play.seed, pk, "resit").random() < 0.93]
    opens = clock.at(date(2025, 6, 26), 8)
    for at in range(0, len(coming), RESIT_SEATS):
        plan_resit(actor=play.actor("office"), placement_ids=coming[at : at + RESIT_SEATS], opens_at=opens)

"""Scenes of enrolment: half of the agencies answer in time, the others a day later; heads approve."""

from datetime import date

from hocvu.enrolment.api import NameRow, approve_lists, confirm_release, name_people, submit_lists
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM, Role
from hocvu.people.api import AccountRow, open_accounts
from hocvu.people.models import Account

from ..domain.behaviour import chance
from .founding import organisations_today, person_ids
from .playing import Play, Scene, SceneFunction


def enrolling_scenes() -> list[Scene]:
    """Return the scenes from the first answers to the last approved list."""
    early, late = date(2025, 6, 9), date(2025, 6, 10)
    return [
        Scene(
            "names-1",
            clock.at(early, 9),
            "the first half of the agencies name their people",
            _answers(early=True),
        ),
        Scene("names-2", clock.at(late, 9), "the other agencies name their people", _answers(early=False)),
        Scene("approval", clock.at(late, 10), "heads approve the lists", approve_rest),
        Scene("trainees", clock.at(late, 11), "accounts of the trainees", open_trainee_accounts),
    ]


def _is_early(play: Play, code: str) -> bool:
    return chance(play.seed, code, "answers").random() < 0.5


def _answers(*, early: bool) -> SceneFunction:
    def play_scene(play: Play) -> None:
        codes = [a.code for a in play.population.agencies if _is_early(play, a.code) is early]
        _name(play, set(codes))
        ids = organisations_today()
        organisations = [ids[code] for code in codes]
        submit_lists(actor=SYSTEM, campaign_id=play.campaign.pk, organisation_ids=organisations)
        if early:
            approve_lists(actor=SYSTEM, campaign_id=play.campaign.pk, organisation_ids=organisations)

    return play_scene


def _name(play: Play, codes: set[str]) -> None:
    ids, people = organisations_today(), person_ids(play)
    rows = [
        NameRow(
            person_id=people[p.key], organisation_id=ids[p.organisation_code], group_code=p.target_group,
            track=p.track, job_group=p.job_group, unavailable=[d.isoformat() for d in p.unavailable],
        )
        for p in play.population.persons
        if p.nominated and p.organisation_code in codes
    ]  # fmt: skip
    name_people(actor=SYSTEM, campaign_id=play.campaign.pk, rows=rows)


def approve_rest(play: Play) -> None:
    """Heads approve what came late, and every agency confirms the release of its people."""
    ids = organisations_today()
    late = [ids[a.code] for a in play.population.agencies if not _is_early(play, a.code)]
    approve_lists(actor=SYSTEM, campaign_id=play.campaign.pk, organisation_ids=late)
    everyone = [ids[a.code] for a in play.population.agencies]
    confirm_release(actor=SYSTEM, campaign_id=play.campaign.pk, organisation_ids=everyone)


def open_trainee_accounts(play: Play) -> None:
    """Open an account for every trainee; it opens with a slip. Staff who have one gain the role."""
    ids, people = organisations_today(), person_ids(play)
    held = dict(Account.objects.filter(person__isnull=False).values_list("person_id", "username"))
    rows = []
    for p in play.population.persons:
        if p.nominated:
            person_id = people[p.key]
            rows.append(
                AccountRow(
                    username=held.get(person_id, f"hv-{p.key.lower()}"), label=p.full_name, person_id=person_id,
                    role=Role.TRAINEE, organisation_id=ids[p.organisation_code],
                )
            )  # fmt: skip
    open_accounts(actor=SYSTEM, rows=rows)

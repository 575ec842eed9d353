"""Scenes after the last class: forms, recognition, attestations, the final report, the merger, follow-ups."""

from collections.abc import Iterator
from datetime import date, timedelta

from hocvu.attestations.api import confirm_mark_sheet, find_eligibility, issue, number_recognition, revoke
from hocvu.attestations.models import Attestation
from hocvu.evaluation.api import AnswerRow, answer_many, send_invitations
from hocvu.evaluation.models import Form, Invitation
from hocvu.kernel import clock
from hocvu.kernel.actor import SYSTEM
from hocvu.monitoring.api import make_report
from hocvu.people.api import apply_successions
from hocvu.planning.api import published_placements
from hocvu.planning.models import Cohort, CohortInstructor

from ..domain.behaviour import answers_form, chance, rating
from ..domain.writing import case_text, change_text
from .founding import MERGER
from .playing import Play, Scene, SceneFunction
from .teaching import chunks

SHARE = {"baseline": 0.9, "reaction": 0.62, "follow_up_self": 0.41, "follow_up_superior": 0.48}
BATCH = 4000
# month, sent, answered by those who answer
FOLLOW_UPS = (
    (1, date(2025, 7, 24), date(2025, 8, 1)),
    (3, date(2025, 9, 20), date(2025, 9, 24)),
    (6, date(2025, 12, 15), date(2025, 12, 24)),
)


def aftermath_scenes(play: Play, plan_id: int) -> Iterator[Scene]:
    """Return the scenes from 25 June on."""
    ids = tuple(Cohort.objects.filter(plan_id=plan_id).order_by("code").values_list("pk", flat=True))
    yield from _form_scenes("reaction", 0, date(2025, 6, 25), date(2025, 6, 27))
    for number, some in chunks(ids, 10):
        words = "mark sheets and recognition decisions"
        yield Scene(f"recognise-{number}", clock.at(date(2025, 6, 28), 9), words, _recognise(some))
    for number, some in chunks(ids, 6):
        yield Scene(f"issue-{number}", clock.at(date(2025, 6, 29), 9), "attestations are issued", _issue(some))
    yield Scene("revoke", clock.at(date(2025, 6, 30), 10), "attestations are revoked", _revoke)
    yield Scene("final-report", clock.at(date(2025, 6, 30), 15), "the final report", _final_report)
    yield Scene("merger", clock.at(MERGER, 0, 5), "bodies merge, people move with them", _merge)
    for month, sent, answered in FOLLOW_UPS:
        for kind in ("follow_up_self", "follow_up_superior"):
            yield from _form_scenes(kind, month, sent, answered)


def baseline_scenes(days: list[date]) -> Iterator[Scene]:
    """A day before their class people are asked what they can do; they answer on the first morning."""
    for day in days:
        words = f"{day:%d/%m}: baseline form"
        yield Scene(f"send-baseline-{day}", clock.at(day - timedelta(days=1), 17, 10), words, _send_baseline(day))
        yield Scene(f"answer-baseline-{day}", clock.at(day, 8, 5), words, _answer("baseline", 0, day))


def _send_baseline(day: date) -> SceneFunction:
    def play_scene(play: Play) -> None:
        places = published_placements(play.campaign.pk).filter(cohort__starts_on=day).values_list("pk", flat=True)
        send_invitations(
            actor=play.actor("manager"),
            campaign_id=play.campaign.pk,
            kind="baseline",
            month=0,
            placement_ids=list(places),
        )

    return play_scene


def _form_scenes(kind: str, month: int, sent: date, answered: date) -> Iterator[Scene]:
    words = f"{kind.replace('_', ' ')} form, month {month}" if month else f"{kind} form"
    yield Scene(f"send-{kind}-{month}", clock.at(sent, 8), f"{words}: sent", _send(kind, month))
    yield Scene(f"answer-{kind}-{month}", clock.at(answered, 8, 30), f"{words}: answered", _answer(kind, month))


def _send(kind: str, month: int) -> SceneFunction:
    def play_scene(play: Play) -> None:
        send_invitations(actor=play.actor("manager"), campaign_id=play.campaign.pk, kind=kind, month=month)

    return play_scene


def _answer(kind: str, month: int, starting: date | None = None) -> SceneFunction:
    def play_scene(play: Play) -> None:
        form = Form.objects.get(campaign=play.campaign, kind=kind, month=month)
        rows: list[AnswerRow] = []
        waiting = Invitation.objects.filter(form=form, state=Invitation.State.SENT).order_by("pk")
        if starting is not None:
            waiting = waiting.filter(placement__cohort__starts_on=starting)
        for pk, respondent, placement in waiting.values_list("pk", "respondent_id", "placement_id").iterator(
            chunk_size=2000
        ):
            who = f"{respondent}:{placement}"
            if answers_form(play.seed, who, f"{kind}{month}", SHARE[kind]):
                rows.append(_answer_row(play.seed, form, pk, who))
            if len(rows) >= BATCH:
                answer_many(actor=SYSTEM, rows=rows)
                rows = []
        if rows:
            answer_many(actor=SYSTEM, rows=rows)

    return play_scene


def _answer_row(seed: int, form: Form, invitation_id: int, who: str) -> AnswerRow:
    key = f"{form.kind}{form.month}"
    scores = {one["code"]: rating(seed, who, key, one["code"]) for one in form.indicators}
    words = {
        one["code"]: text(seed, f"{who}{key}")
        for one, text in zip(form.questions, (case_text, change_text), strict=False)
    }
    return AnswerRow(
        invitation_id=invitation_id,
        scores={code: mark for code, mark in scores.items() if mark is not None},
        words=words,
    )


def _recognise(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        office = play.actor("office")
        teams: dict[int, list[str]] = {}
        rows = CohortInstructor.objects.filter(cohort_id__in=ids).order_by("cohort_id", "ordinal")
        for cohort_id, name in rows.values_list("cohort_id", "instructor__person__full_name"):
            teams.setdefault(cohort_id, []).append(name)
        for cohort in Cohort.objects.filter(pk__in=ids).order_by("code"):
            find_eligibility(actor=office, cohort_id=cohort.pk)
            first, second = teams[cohort.pk][:2]
            confirm_mark_sheet(actor=office, cohort_id=cohort.pk, first_examiner=first, second_examiner=second)
            number_recognition(
                actor=office, cohort_id=cohort.pk, number=f"{1200 + int(cohort.code[3:])}{_series(cohort)}/QĐ-ĐHQN",
                decided_on=date(2025, 6, 28), signer_name="(người ký mô phỏng)", signer_title="HIỆU TRƯỞNG",
            )  # fmt: skip

    return play_scene


def _series(cohort: Cohort) -> str:
    return "" if cohort.mode == "in_person" else "a"


def _issue(ids: tuple[int, ...]) -> SceneFunction:
    def play_scene(play: Play) -> None:
        for cohort_id in ids:
            issue(actor=play.actor("office"), cohort_id=cohort_id)

    return play_scene


def _revoke(play: Play) -> None:
    """Two attestations turn out to be wrong and are revoked."""
    ids = list(Attestation.objects.order_by("register_number").values_list("pk", flat=True))
    if not ids:
        return
    for at, (cause, reason) in enumerate(
        (("fraud", "Nhờ người khác làm bài kiểm tra."), ("not_entitled", "Nhầm lẫn khi tổng hợp buổi học."))
    ):
        pick = ids[chance(play.seed, "revoked", at).randrange(len(ids))]
        revoke(
            actor=play.actor("office"), attestation_id=pick, cause=cause, reason=reason,
            decision_number=f"{1600 + at}/QĐ-ĐHQN", decided_on=date(2025, 6, 30),
        )  # fmt: skip


def _final_report(play: Play) -> None:
    make_report(actor=play.actor("manager"), campaign_id=play.campaign.pk, kind="final", day=date(2025, 6, 30))


def _merge(play: Play) -> None:
    apply_successions(actor=SYSTEM, on=MERGER)

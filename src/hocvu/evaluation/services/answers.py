"""Take the answers to forms. An answer is given once; blanks beyond the limit make it invalid, never lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from hocvu.campaigns.api import rules_in_force
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.kernel.vietnamese import clean
from hocvu.ledger.api import record

from ..domain.scoring import check_scores
from ..models import Form, Invitation, Response
from ..rules import own_invitations
from ..types import AnswerRow

BATCH = 2000
MOST_LETTERS = 2000
MOST_BLANK_PCT = Decimal(5)  # Circular 10/2017, where a campaign has no rule of its own


@transaction.atomic
def answer(
    *, actor: Actor, invitation_id: int, scores: Mapping[str, int], words: Mapping[str, str] | None = None
) -> Response:
    """Keep the answer of the person asked."""
    invitation = own_invitations(actor).select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise NotAllowed
    _keep([AnswerRow(invitation_id, scores, words or {})], {invitation_id: invitation})
    record(actor=actor, action="evaluation.answered", object_type="invitation", object_key=invitation.uuid)
    return Response.objects.get(invitation=invitation)


@transaction.atomic
def answer_many(*, actor: Actor, rows: Sequence[AnswerRow]) -> int:
    """Keep many answers at once (forms filled in on paper, or a rehearsal); return how many. All or none."""
    if not actor.is_any(Role.SYSTEM, Role.MANAGER, Role.OFFICE):
        raise NotAllowed
    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        found = Invitation.objects.select_for_update().in_bulk([row.invitation_id for row in part])
        _keep(part, found)
    record(
        actor=actor, action="evaluation.answered_many", object_type="invitation", object_key="many",
        rows=[(row.invitation_id, dict(row.scores), dict(row.words)) for row in rows],
    )  # fmt: skip
    return len(rows)


def most_blank_pct(campaign_id: int, on: date) -> float:
    """Return the share of blanks, in per cent, up to which a form counts."""
    rule = rules_in_force(campaign_id, on).get("invalid_blank_pct")
    return float(rule.value if rule else MOST_BLANK_PCT)


def _keep(rows: Sequence[AnswerRow], found: Mapping[int, Invitation]) -> None:
    moment, today = clock.now(), clock.today()
    forms = Form.objects.in_bulk({one.form_id for one in found.values()})
    limits = {f.campaign_id: most_blank_pct(f.campaign_id, today) for f in forms.values()}
    seen: set[int] = set()
    made = []
    for row in rows:
        invitation = found.get(row.invitation_id)
        if invitation is None or row.invitation_id in seen:
            raise Refused("evaluation.no_invitation")
        seen.add(row.invitation_id)
        form = forms[invitation.form_id]
        _must_be_open(invitation, today)
        made.append(_response(row, invitation, form, limits[form.campaign_id]))
    for one in made:
        one.answered_at = moment
    Response.objects.bulk_create(made, batch_size=BATCH)
    Invitation.objects.filter(pk__in=seen).update(state=Invitation.State.ANSWERED)


def _must_be_open(invitation: Invitation, today: date) -> None:
    if invitation.state == Invitation.State.ANSWERED:
        raise Refused("evaluation.answered_already")
    if invitation.state == Invitation.State.EXPIRED or invitation.due_on < today:
        raise Refused("evaluation.too_late", due_on=f"{invitation.due_on:%d/%m/%Y}")


def _response(row: AnswerRow, invitation: Invitation, form: Form, limit: float) -> Response:
    codes = [one["code"] for one in form.indicators]
    try:
        checked = check_scores(codes, row.scores, limit)
    except ValueError as wrong:
        raise Refused("evaluation.wrong_mark", indicator=str(wrong)) from wrong
    questions = {one["code"] for one in form.questions}
    words = {}
    for code, text in row.words.items():
        if code not in questions:
            raise Refused("evaluation.no_question")
        if len(text) > MOST_LETTERS:
            raise Refused("evaluation.words_too_long", most=MOST_LETTERS)
        if kept := clean(text):
            words[code] = kept
    return Response(
        invitation=invitation, scores=checked.scores, words=words, blanks=checked.blanks, valid=checked.valid
    )

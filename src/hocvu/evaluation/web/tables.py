"""Lists of evaluation: invitations, answers by agency, what people wrote."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.people.api import masked_name
from hocvu.people.models import Organisation
from hocvu.ui.tables import Column, Table, Tag, register_table
from hocvu.ui.templatetags.hocvu import percent

from .. import rules
from ..models import Form, Invitation, Response
from ..queries.results import LEAST, results
from ..types import ResultRow
from .words import BANDS, STATES


def shown(texts: Any) -> str:
    """Return a text, or the name of a thing, in the page's language."""
    held = texts if isinstance(texts, Mapping) else getattr(texts, "name", {})
    return pick(held, translation.get_language() or "vi")


def form_asked(params: Mapping[str, str]) -> Form | None:
    """Return the form whose address stands in ``form``."""
    try:
        return Form.objects.filter(uuid=UUID(params.get("form", ""))).first()
    except ValueError:
        return None


def _day(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def _name(row: Invitation, actor: Actor) -> str:
    person = row.respondent
    hide = person.restricted and actor.role not in {Role.MANAGER, Role.OFFICE, *rules.OWN_AGENCY}
    return masked_name(person.full_name) if hide else person.full_name


@register_table
class Invitations(Table):
    """Who was asked to fill in a form, and whether they did; never what they answered."""

    name = "evaluation-invitations"
    title = _("Forms sent")
    roles = rules.SEES_INVITED
    columns = (
        Column("who", _("People asked"), lambda i: i.shown_name, sort="respondent__sort_key", width=32),
        Column("about", _("About whom"), lambda i: i.about, phone=False, width=32),
        Column(
            "organisation", _("Agency today"), lambda i: shown(i.organisation), sort="organisation__sort_key",
            phone=False, width=44,
        ),
        Column("class", _("Class"), lambda i: i.placement.cohort.code, sort="placement__cohort__code", phone=False),
        Column("state", _("State"), lambda i: Tag(*STATES[i.state]), sort="state"),
        Column("due", _("Until"), lambda i: _day(i.due_on), sort="due_on"),
        Column("reminded", _("Reminded"), lambda i: _day(i.reminded_at), sort="reminded_at", phone=False),
    )  # fmt: skip
    search_folded = ("respondent__folded__contains", "organisation__folded__contains")
    order = ("organisation__sort_key", "respondent__sort_key")
    filters = ("form", "state", "organisation")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Invitation]:
        """Return the invitations of a form that an actor may follow."""
        self._actor = actor
        form = form_asked(params)
        if form is None:
            return Invitation.objects.none()
        found = rules.visible_invitations(actor).filter(form=form)
        if params.get("state") in STATES:
            found = found.filter(state=params["state"])
        if code := params.get("organisation"):
            found = found.filter(organisation__code=code)
        return found.select_related("respondent", "organisation", "placement__cohort", "placement__person")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add names as the actor may see them; a form about oneself names nobody twice."""
        for row in rows:
            row.shown_name = _name(row, self._actor)
            about = row.placement.person
            row.about = about.full_name if about.pk != row.respondent_id else ""
        return rows


@register_table
class AnswersByAgency(Table):
    """How many of each agency's people were asked and have answered."""

    name = "evaluation-agencies"
    title = _("Answers by agency")
    roles = rules.SEES_RESULTS | rules.OWN_AGENCY
    columns = (
        Column("name", _("Agency today"), shown, sort="sort_key", width=48),
        Column("sent", _("People asked"), lambda o: o.sent, sort="sent", numeric=True),
        Column("answered", _("Answered"), lambda o: o.answered, sort="answered", numeric=True),
        Column("waiting", _("Not yet"), lambda o: o.waiting, sort="waiting", numeric=True),
        Column("rate", _("Share"), lambda o: percent(o.answered, o.sent), numeric=True),
    )
    search_folded = ("folded__contains",)
    order = ("-waiting", "sort_key")
    filters = ("form",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Organisation]:
        """Return the bodies whose people were asked, with counts."""
        form = form_asked(params)  # without one nobody was asked, but the columns to sort by are there
        asked = Invitation.objects.filter(form=form)
        if actor.role in rules.OWN_AGENCY:
            asked = rules.visible_invitations(actor).filter(form=form)
        return Organisation.objects.filter(pk__in=asked.values("organisation_id")).annotate(
            sent=_counted(asked), answered=_counted(asked, "answered"), waiting=_counted(asked, "sent")
        )


def _counted(asked: QuerySet[Invitation], state: str = "") -> Any:
    rows = asked.filter(organisation=OuterRef("pk"))  # only those the actor may follow, also in the counts
    if state:
        rows = rows.filter(state=state)
    numbers = rows.order_by().values("organisation").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(numbers, output_field=IntegerField()), 0)


@register_table
class Words(Table):
    """What people wrote, without name or agency; only where at least five wrote."""

    name = "evaluation-words"
    title = _("In their own words")
    roles = rules.SEES_RESULTS
    columns = (
        Column(
            "group", _("Group"), lambda r: r.invitation.placement.group_code, sort="invitation__placement__group_code"
        ),
        Column("text", _("Answer"), lambda r: r.text, width=90),
    )
    order = ("-answered_at",)
    filters = ("form", "question")
    per_page = 30

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Response]:
        """Return the answers to one question of a form."""
        form = form_asked(params)
        codes = [one["code"] for one in form.questions] if form else []
        if form is None or not codes:
            return Response.objects.none()
        self._code = params["question"] if params.get("question") in codes else codes[0]
        found = Response.objects.filter(invitation__form=form, **{f"words__{self._code}__isnull": False})
        if found[:LEAST].count() < LEAST:
            return Response.objects.none()
        return found.select_related("invitation__placement")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Pick the words asked for."""
        for row in rows:
            row.text = row.words.get(self._code, "")
        return rows


@register_table
class ResultsByAgency(Table):
    """The result of each agency, at the time of the course or today; small numbers stay hidden."""

    name = "evaluation-results"
    title = _("Results by agency")
    roles = rules.SEES_RESULTS
    columns = (
        Column("name", _("Agency"), shown, sort="sort_key", width=48),
        Column("sent", _("People asked"), lambda o: o.result.sent, numeric=True),
        Column("answered", _("Answered"), lambda o: o.result.answered, numeric=True),
        Column("rate", _("Share"), lambda o: percent(o.result.answered, o.result.sent), numeric=True, phone=False),
        Column("mean", _("Mean"), lambda o: mean_cell(o.result), numeric=True),
        Column("interval", _("Interval at 95 %"), lambda o: interval_cell(o.result), numeric=True, phone=False),
        Column("band", _("Band"), lambda o: band_cell(o.result)),
    )
    search_folded = ("folded__contains",)
    order = ("sort_key",)
    filters = ("form", "by")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Organisation]:
        """Return the bodies of a form's trainees, then or today."""
        form = form_asked(params)
        if form is None:
            return Organisation.objects.none()
        by = "organisation_now" if params.get("by") == "organisation_now" else "organisation"
        self._results = {int(row.key): row for row in results(form.pk, by).rows}
        return Organisation.objects.filter(pk__in=list(self._results))

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Put each body's result beside it."""
        for row in rows:
            row.result = self._results[row.pk]
        return rows


def mean_cell(row: ResultRow) -> str:
    """Write a mean with two places; why there is none where there is none."""
    if row.hidden:
        return "<5"
    return "" if row.mean is None else number_format(row.mean, 2)


def interval_cell(row: ResultRow) -> str:
    """Write an interval: 7,94–8,31."""
    if row.low is None or row.high is None:
        return ""
    return f"{number_format(row.low, 2)}–{number_format(row.high, 2)}"


def band_cell(row: ResultRow) -> Tag | str:
    """Show a band as a tag with its word."""
    return Tag(*BANDS[row.band]) if row.band else ""

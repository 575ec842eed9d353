"""The rows behind the figures: every number of a page or a report opens as one of these lists."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Avg,
    Case,
    Count,
    Exists,
    FloatField,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from hocvu.assessment.models import Attempt, Sitting
from hocvu.attestations.models import Attestation, EligibilityFinding
from hocvu.campaigns.api import campaign_in_view, rules_in_force
from hocvu.delivery.api import attendance_of
from hocvu.delivery.models import Attendance, MakeUp, SessionDiary
from hocvu.enrolment.models import AgencyList, Nomination, Quota
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.people.api import organisations_under
from hocvu.people.models import Organisation
from hocvu.planning.models import Cohort, Placement, Session
from hocvu.ui.tables import Column, Link, Table, Tag, register_table
from hocvu.ui.templatetags.hocvu import mark, percent

from .. import rules
from ..queries.marks import best_of
from ..queries.report_tables import figures_by
from .tables import moment, shown
from .words import LETTERS, LISTS, MAKE_UPS, MODES, PRESENCE, REASONS, REGISTER, SITTINGS, VERDICTS


def day_asked(params: Mapping[str, str], name: str = "day") -> date | None:
    """Return the day of the address, or none."""
    try:
        return parse_date(params.get(name, ""))
    except ValueError:
        return None


def _link(name: str, uuid: Any, text: Any) -> Link | Any:
    """Return a link to another app's page where there is one."""
    try:
        return Link(reverse(name, args=[uuid]), text)
    except NoReverseMatch:
        return text


@register_table
class PeopleResults(Table):
    """People with their half-days, test, verdict and what is still due."""

    name = "people-results"
    title = _("People and results")
    roles = rules.SEES_NAMES
    columns = (
        Column("name", _("Full name"), lambda p: p.person.full_name, sort="person__sort_key", width=30),
        Column(
            "organisation", _("Agency"), lambda p: shown(p.organisation), sort="organisation__sort_key", phone=False,
            width=44,
        ),
        Column("class", _("Class"), lambda p: p.cohort.code, sort="cohort__code"),
        Column("group", _("Group"), lambda p: p.group_code, sort="group_code", phone=False),
        Column("half_days", _("Half-days"), lambda p: p.half_days),
        Column("mark", _("Test"), lambda p: p.mark, numeric=True),
        Column("verdict", _("Attestation"), lambda p: p.verdict),
        Column("reasons", _("Why not"), lambda p: p.reasons, phone=False, width=50),
        Column("due", _("Still due"), lambda p: p.due, phone=False, width=40),
    )  # fmt: skip
    search_folded = ("person__folded__contains",)
    order = ("cohort__code", "number")
    filters = ("under", "organisation", "group", "mode", "verdict", "reason", "attested", "passed", "mark", "due")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Placement]:
        """Return the places in an actor's scope, narrowed by the address."""
        found = rules.visible_placements(actor)
        if params.get("under"):
            found = found.filter(organisation_id__in=_under(params["under"]))
        if code := params.get("organisation"):
            found = found.filter(organisation__code=code)
        if code := params.get("group"):
            found = found.filter(group_code=code)
        if params.get("mode") in MODES:
            found = found.filter(cohort__mode=params["mode"])
        found = _by_verdict(found, params)
        found = _by_mark(found, params)
        if params.get("due"):
            found = found.filter(Exists(_due().filter(placement=OuterRef("pk"))))
        return found.select_related("person", "organisation", "cohort")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add presence, mark, verdict and make-ups: a few queries for a page."""
        ids = [row.pk for row in rows]
        days = attendance_of(ids)
        marks = best_of(ids, clock.now())
        verdicts = {f.placement_id: f for f in EligibilityFinding.objects.filter(placement_id__in=ids)}
        register = dict(Attestation.objects.filter(placement_id__in=ids).values_list("placement_id", "state"))
        due: dict[int, list[str]] = {}
        for row in _due().filter(placement_id__in=ids).select_related("target__cohort"):
            line = f"{row.target.cohort.code}, {moment(row.target.starts_at)}"
            due.setdefault(row.placement_id, []).append(line)
        for row in rows:
            row.half_days = " ".join(LETTERS.get(state.status, "–") for state in days.get(row.pk, []))
            row.mark = mark(marks[row.pk].mark) if row.pk in marks else ""
            finding = verdicts.get(row.pk)
            row.verdict = _verdict(finding, register.get(row.pk))
            row.reasons = "; ".join(str(REASONS.get(r, r)) for r in finding.reasons) if finding else ""
            row.due = "; ".join(due.get(row.pk, []))
        return rows


def _under(uuid: str) -> list[int]:
    try:
        body = Organisation.objects.filter(uuid=UUID(uuid)).values_list("pk", flat=True).first()
    except ValueError:
        return []
    return organisations_under(body)


def _verdict(finding: EligibilityFinding | None, register: str | None) -> Tag | str:
    if register:
        return Tag(*REGISTER[register])
    return Tag(*VERDICTS[finding.verdict]) if finding else ""


def _due() -> QuerySet[MakeUp]:
    return MakeUp.objects.filter(state__in=["asked", "confirmed"]).order_by("target__starts_at")


def _by_verdict(found: QuerySet[Placement], params: Mapping[str, str]) -> QuerySet[Placement]:
    findings = EligibilityFinding.objects.filter(placement=OuterRef("pk"))
    if params.get("verdict") in VERDICTS:
        findings = findings.filter(verdict=params["verdict"])
        if params.get("reason") in REASONS:  # the gravest one, as the figures count it
            findings = findings.filter(reasons__0=params["reason"])
        found = found.filter(Exists(findings))
    entries = Attestation.objects.filter(placement=OuterRef("pk"))
    if params.get("attested") == "no":
        found = found.filter(~Exists(entries))
    elif params.get("attested"):
        found = found.filter(Exists(entries))
    return found


def _by_mark(found: QuerySet[Placement], params: Mapping[str, str]) -> QuerySet[Placement]:
    """Narrow by the best valid mark; ``mark=7`` means 7 to under 8, 10 is 10."""
    asked, passed = params.get("mark", ""), params.get("passed")
    tries = Attempt.objects.filter(mark__isnull=False).exclude(state=Attempt.State.VOID)
    best = tries.order_by().values("placement_id").annotate(best=Max("mark"))
    if passed == "tested":
        found = found.filter(pk__in=tries.values("placement_id"))
    elif passed == "yes":
        found = found.filter(pk__in=best.filter(best__gte=_pass_mark()).values("placement_id"))
    elif passed == "no":
        found = found.filter(pk__in=best.filter(best__lt=_pass_mark()).values("placement_id"))
    if asked.isascii() and asked.isdigit() and len(asked) < 3:
        within = best.filter(best__gte=10 * int(asked), best__lt=10 * int(asked) + 10)
        found = found.filter(pk__in=within.values("placement_id"))
    return found


def _pass_mark() -> int:
    campaign = campaign_in_view()
    rule = rules_in_force(campaign.id, clock.today()).get("pass_mark") if campaign else None
    return round(rule.value * 10) if rule else 50


@register_table
class RegisterEntries(Table):
    """Entries of the attendance register: one person in one half-day."""

    name = "figure-presence"
    title = _("Register of presence")
    roles = rules.SEES_NAMES
    columns = (
        Column(
            "name", _("Full name"), lambda a: a.placement.person.full_name, sort="placement__person__sort_key", width=30
        ),
        Column("organisation", _("Agency"), lambda a: shown(a.placement.organisation), phone=False, width=44),
        Column("class", _("Class"), lambda a: a.placement.cohort.code, sort="placement__cohort__code"),
        Column("when", _("Half-day"), lambda a: moment(a.session.starts_at), sort="session__starts_at"),
        Column("status", _("Presence"), lambda a: Tag(*PRESENCE[a.status]), sort="status"),
        Column(
            "late", _("Minutes late"), lambda a: a.minutes_late or "", sort="minutes_late", numeric=True, phone=False
        ),
    )
    search_folded = ("placement__person__folded__contains",)
    order = ("-session__starts_at", "session", "placement__number")
    filters = ("status", "day", "group", "mode", "class")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Attendance]:
        """Return the entries in an actor's scope up to now."""
        found = Attendance.objects.filter(
            rules.placement_scope(actor, "placement__"), session__starts_at__lte=clock.now()
        )
        if params.get("status") == "came":
            found = found.filter(status__in=["present", "late", "made_up"])
        elif params.get("status") in PRESENCE:
            found = found.filter(status=params["status"])
        if day := day_asked(params):
            found = found.filter(session__starts_at__gte=clock.at(day, 0), session__starts_at__lt=clock.at(day, 23, 59))
        if code := params.get("group"):
            found = found.filter(placement__group_code=code)
        if params.get("mode") in MODES:
            found = found.filter(session__cohort__mode=params["mode"])
        if code := params.get("class"):
            found = found.filter(session__cohort__code=code)
        return found.select_related("placement__person", "placement__organisation", "placement__cohort", "session")


@register_table
class SessionRows(Table):
    """Half-days of classes: planned, held, closed."""

    name = "figure-sessions"
    title = _("Half-days")
    roles = rules.SEES_FIGURES
    columns = (
        Column("class", _("Class"), lambda s: s.cohort.code, sort="cohort__code"),
        Column("mode", _("Mode"), lambda s: MODES[s.cohort.mode], sort="cohort__mode", phone=False),
        Column("when", _("Half-day"), lambda s: moment(s.starts_at), sort="starts_at"),
        Column("size", _("People"), lambda s: s.cohort.size, sort="cohort__size", numeric=True),
        Column("entries", _("Entries"), lambda s: s.entries, numeric=True),
        Column("came", _("Came"), lambda s: s.came, numeric=True),
        Column("state", _("Register"), lambda s: s.state),
    )
    search = ("cohort__code__iexact",)
    order = ("starts_at", "cohort__code")
    filters = ("state", "day", "mode")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Session]:
        """Return the half-days of the timetable."""
        found = Session.objects.filter(cohort__in=rules.visible_cohorts(actor).values("pk"))
        diary = SessionDiary.objects.filter(session=OuterRef("pk"))
        entry = Attendance.objects.filter(session=OuterRef("pk"))
        held = Q(Exists(diary)) | Q(Exists(entry))
        closed = Exists(diary.filter(closed_at__isnull=False))
        match params.get("state"):
            case "held":
                found = found.filter(held, starts_at__lte=clock.now())
            case "closed":
                found = found.filter(closed)
            case "missing":
                found = found.filter(~held, ends_at__lt=clock.now())
            case "unclosed":
                found = found.filter(held & ~Q(closed), ends_at__lt=clock.now())
            case _:
                pass
        if day := day_asked(params):
            found = found.filter(starts_at__gte=clock.at(day, 0), starts_at__lt=clock.at(day, 23, 59))
        if params.get("mode") in MODES:
            found = found.filter(cohort__mode=params["mode"])
        return found.select_related("cohort")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add entries and the state of the register."""
        ids = [row.pk for row in rows]
        counts = {
            session: (entries, came)
            for session, entries, came in Attendance.objects.filter(session_id__in=ids)
            .order_by()
            .values_list("session_id")
            .annotate(n=Count("pk"), came=Count("pk", filter=Q(status__in=["present", "late", "made_up"])))
        }
        diaries = dict(SessionDiary.objects.filter(session_id__in=ids).values_list("session_id", "closed_at"))
        for row in rows:
            row.entries, row.came = counts.get(row.pk, (0, 0))
            row.state = _register_state(row, diaries, row.entries)
        return rows


def _register_state(session: Session, diaries: Mapping[int, Any], entries: int) -> Tag | str:
    if diaries.get(session.pk):
        return Tag(_("register closed"), "green")
    if session.pk in diaries or entries:
        return Tag(_("register open"), "yellow")
    return Tag(_("no register"), "red") if session.ends_at < clock.now() else Tag(_("to come"))


@register_table
class ClassFigures(Table):
    """Each class: planned against actual."""

    name = "figure-classes"
    title = _("Classes: planned and actual")
    roles = rules.SEES_FIGURES
    columns = (
        Column("code", _("Class"), lambda c: _link("planning:cohort", c.uuid, c.code), sort="code"),
        Column("mode", _("Mode"), lambda c: MODES[c.mode], sort="mode", phone=False),
        Column("days", _("Days"), lambda c: f"{c.starts_on:%d/%m} – {c.ends_on:%d/%m/%Y}", sort="starts_on"),
        Column("people", _("People"), lambda c: c.sums["people"], numeric=True),
        Column("came", _("Attended"), lambda c: percent(c.sums["came"], c.sums["entries"]), numeric=True),
        Column("tested", _("Tested"), lambda c: c.sums["tested"], numeric=True, phone=False),
        Column("passed", _("Passed"), lambda c: c.sums["passed"], numeric=True),
        Column("issued", _("Attested"), lambda c: c.sums["issued"], numeric=True),
        Column("refused", _("Not earned"), lambda c: c.sums["refused"], numeric=True, phone=False),
    )
    search = ("code__icontains",)
    order = ("code",)
    filters = ("mode", "day", "state")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Cohort]:
        """Return the classes of the timetable."""
        found = rules.visible_cohorts(actor)
        if params.get("mode") in MODES:
            found = found.filter(mode=params["mode"])
        if day := day_asked(params):
            found = found.filter(starts_on__lte=day, ends_on__gte=day)
        if params.get("state") == "begun":
            found = found.filter(Exists(Session.objects.filter(cohort=OuterRef("pk"), starts_at__lte=clock.now())))
        elif params.get("state") == "done":
            found = found.filter(~Exists(Session.objects.filter(cohort=OuterRef("pk"), ends_at__gt=clock.now())))
        return found

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the figures of a page of classes: six queries."""
        sums = figures_by("cohort_id", [row.pk for row in rows], clock.now())
        for row in rows:
            row.sums = sums[row.pk]
        return rows


def _agency_link(organisation: Organisation) -> Link:
    return Link(reverse("monitoring:agency_of", args=[organisation.uuid]), shown(organisation))


@register_table
class AgencyFigures(Table):
    """Each agency: its people from seat to attestation."""

    name = "figure-agencies"
    title = _("Agencies: planned and actual")
    roles = rules.SEES_FIGURES
    columns = (
        Column("name", _("Agency"), _agency_link, sort="sort_key", width=48),
        Column("seats", _("Seats"), lambda o: o.seats, numeric=True, phone=False),
        Column("people", _("People"), lambda o: o.sums["people"], numeric=True),
        Column("came", _("Attended"), lambda o: percent(o.sums["came"], o.sums["entries"]), sort="share", numeric=True),
        Column("absent", _("Absent"), lambda o: o.sums["absent"] + o.sums["excused"], numeric=True, phone=False),
        Column("passed", _("Passed"), lambda o: o.sums["passed"], numeric=True),
        Column("issued", _("Attested"), lambda o: o.sums["issued"], numeric=True),
        Column("refused", _("Not earned"), lambda o: o.sums["refused"], numeric=True, phone=False),
    )
    search_folded = ("folded__contains",)
    order = ("sort_key",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Organisation]:
        """Return the bodies that have people in the timetable."""
        if actor.role not in rules.SEES_FIGURES:
            return Organisation.objects.none()
        placed = Placement.objects.filter(plan__state="published").order_by().values("organisation_id")
        came = Case(When(status__in=["present", "late", "made_up"], then=1.0), default=0.0, output_field=FloatField())
        share = (
            Attendance.objects.filter(placement__organisation=OuterRef("pk"), placement__plan__state="published")
            .order_by()
            .values("placement__organisation")
            .annotate(share=Avg(came))
            .values("share")
        )
        return Organisation.objects.filter(pk__in=placed).annotate(share=Subquery(share, output_field=FloatField()))

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the figures of a page of agencies: seven queries."""
        ids = [row.pk for row in rows]
        sums = figures_by("organisation_id", ids, clock.now())
        seats = dict(
            Quota.objects.filter(organisation_id__in=ids)
            .order_by()
            .values_list("organisation_id")
            .annotate(n=Sum("seats"))
        )
        for row in rows:
            row.sums = sums[row.pk]
            row.seats = seats.get(row.pk, 0)
        return rows


@register_table
class ListFigures(Table):
    """Lists of the agencies: seats given, people named."""

    name = "figure-lists"
    title = _("Lists of the agencies")
    roles = rules.SEES_FIGURES
    columns = (
        Column("name", _("Agency"), lambda a: shown(a.organisation), sort="organisation__sort_key", width=48),
        Column("state", _("State"), lambda a: Tag(*LISTS[a.state]), sort="state"),
        Column("due", _("Until"), lambda a: f"{a.due_on:%d/%m/%Y}", sort="due_on", phone=False),
        Column("seats", _("Seats"), lambda a: a.seats, sort="seats", numeric=True),
        Column("named", _("Named"), lambda a: a.named, sort="named", numeric=True),
    )
    search_folded = ("organisation__folded__contains",)
    order = ("organisation__sort_key",)
    filters = ("state",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[AgencyList]:
        """Return the lists with seats and names."""
        seats = (
            Quota.objects.filter(campaign=OuterRef("campaign"), organisation=OuterRef("organisation"))
            .order_by()
            .values("organisation")
            .annotate(n=Sum("seats"))
            .values("n")
        )
        named = (
            Nomination.objects.filter(
                campaign=OuterRef("campaign"), organisation=OuterRef("organisation"), state__in=["named", "approved"]
            )
            .order_by()
            .values("organisation")
            .annotate(n=Count("pk"))
            .values("n")
        )
        found = AgencyList.objects.annotate(
            seats=Coalesce(Subquery(seats, output_field=IntegerField()), 0),
            named=Coalesce(Subquery(named, output_field=IntegerField()), 0),
        )
        if params.get("state") in LISTS:
            found = found.filter(state=params["state"])
        return found.select_related("organisation")


@register_table
class SittingRows(Table):
    """Sittings of the test."""

    name = "figure-sittings"
    title = _("Sittings of the test")
    roles = rules.SEES_FIGURES
    columns = (
        Column("class", _("Class"), lambda s: s.cohort.code, sort="cohort__code"),
        Column("kind", _("Kind"), lambda s: _("resit") if s.kind == "resit" else _("final test"), sort="kind"),
        Column("turn", _("Turn"), lambda s: s.turn, sort="turn", numeric=True, phone=False),
        Column("when", _("Opens"), lambda s: moment(s.opens_at), sort="opens_at"),
        Column("state", _("State"), lambda s: Tag(*SITTINGS[s.state]), sort="state"),
        Column("people", _("Candidates"), lambda s: s.people, numeric=True, phone=False),
    )
    search = ("cohort__code__icontains",)
    order = ("opens_at", "cohort__code")
    filters = ("state",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Sitting]:
        """Return the sittings of the timetable."""
        found = Sitting.objects.filter(cohort__in=rules.visible_cohorts(actor).values("pk"))
        if params.get("state") in SITTINGS:
            found = found.filter(state=params["state"])
        return found.select_related("cohort")

    def prepare(self, rows: list[Any]) -> list[Any]:
        """Add the number of candidates."""
        counts = dict(
            Attempt.objects.filter(sitting_id__in=[row.pk for row in rows])
            .order_by()
            .values_list("sitting_id")
            .annotate(n=Count("pk"))
        )
        for row in rows:
            row.people = counts.get(row.pk, 0)
        return rows


@register_table
class RegisterRows(Table):
    """The register of attestations."""

    name = "figure-attestations"
    title = _("Attestations issued")
    roles = rules.SEES_NAMES
    columns = (
        Column("register", _("Register no."), lambda a: a.register_number, sort="register_number", numeric=True),
        Column("number", _("Number"), lambda a: a.number, sort="number"),
        Column("name", _("Full name"), lambda a: a.person.full_name, sort="person__sort_key", width=30),
        Column("organisation", _("Agency"), lambda a: shown(a.placement.organisation), phone=False, width=44),
        Column("class", _("Class"), lambda a: a.placement.cohort.code, sort="placement__cohort__code", phone=False),
        Column("when", _("Issued"), lambda a: moment(a.issued_at), sort="issued_at", phone=False),
        Column("state", _("State"), lambda a: Tag(*REGISTER[a.state]), sort="state"),
    )
    search = ("number__iexact",)
    search_folded = ("person__folded__contains",)
    order = ("register_number",)
    filters = ("state", "group")

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[Attestation]:
        """Return the entries of people in an actor's scope."""
        found = Attestation.objects.filter(rules.placement_scope(actor, "placement__"))
        if params.get("state") in REGISTER:
            found = found.filter(state=params["state"])
        if code := params.get("group"):
            found = found.filter(placement__group_code=code)
        return found.select_related("person", "placement__organisation", "placement__cohort").defer("payload", "seal")


@register_table
class MakeUpRows(Table):
    """Half-days made up in other classes."""

    name = "figure-make-ups"
    title = _("Make-ups")
    roles = rules.SEES_NAMES
    columns = (
        Column(
            "name", _("Full name"), lambda m: m.placement.person.full_name, sort="placement__person__sort_key", width=30
        ),
        Column("organisation", _("Agency"), lambda m: shown(m.placement.organisation), phone=False, width=44),
        Column("missed", _("Missed"), lambda m: f"{m.missed.cohort.code}, {moment(m.missed.starts_at)}", width=26),
        Column(
            "target",
            _("Made up in"),
            lambda m: f"{m.target.cohort.code}, {moment(m.target.starts_at)}",
            sort="target__starts_at",
            width=26,
        ),
        Column("state", _("State"), lambda m: Tag(*MAKE_UPS[m.state]), sort="state"),
    )
    search_folded = ("placement__person__folded__contains",)
    order = ("target__starts_at",)
    filters = ("state",)

    def rows(self, actor: Actor, params: Mapping[str, str]) -> QuerySet[MakeUp]:
        """Return the make-ups of people in an actor's scope."""
        found = MakeUp.objects.filter(rules.placement_scope(actor, "placement__"))
        if params.get("state") in MAKE_UPS:
            found = found.filter(state=params["state"])
        return found.select_related("placement__person", "placement__organisation", "missed__cohort", "target__cohort")

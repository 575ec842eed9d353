"""The campaign's page, the leader's page, an agency's page, and the rows behind every figure."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _

from hocvu.campaigns.api import current_campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.kernel.texts import pick
from hocvu.people.api import organisations_under
from hocvu.people.models import Organisation
from hocvu.ui.access import access
from hocvu.ui.charts import Series, bars, lines
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context, table_named

from ... import rules
from ...domain.alarms import alarms
from ...models import Difficulty, Report
from ...queries.agency import agency_figures
from ...queries.figures import recent_figures
from ...types import Figures
from ..alarm_words import shown_alarm
from ..parts import Rows, pin
from ..tables import WAITING, is_late
from ..words import CATEGORIES, FORM_KINDS, MODES, REASONS

OPENABLE = frozenset(
    {
        "people-results", "figure-presence", "figure-sessions", "figure-classes", "figure-agencies", "figure-lists",
        "figure-sittings", "figure-attestations", "figure-make-ups",
    }
)  # fmt: skip


@access(*rules.SEES_FIGURES)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show the campaign on one page: planned against actual, what is red, what to do."""
    actor = actor_of(request)
    campaign = current_campaign()
    counted = recent_figures(campaign.pk, fresh="fresh" in request.GET)
    figures = counted.figures
    found = alarms(figures, today=clock.today(), starts_on=campaign.starts_on, ends_on=campaign.ends_on)
    context = {
        "title": _("The campaign: planned and actual"),
        "figures": figures,
        "counted": counted,
        "alarms": [shown_alarm(one, actor) for one in found],
        "rows": Rows(actor),
        "modes": [(one, MODES[one.mode]) for one in figures.modes],
        "refusals": [(REASONS.get(code, code), n, code) for code, n in figures.refused_by_reason.items()],
        "forms": [(FORM_KINDS.get(f.kind, f.kind), f) for f in figures.forms if f.sent],
        "marks": _mark_rows(figures),
        "day_chart": _day_chart(figures),
        "group_chart": _group_chart(figures),
        "mark_chart": _mark_chart(figures),
        "waiting": sum(figures.difficulties_waiting_by_level.values()),
    }
    return render(request, "monitoring/dashboard.html", context)


def _mark_rows(figures: Figures) -> list[tuple[str, int, int]]:
    return [("10" if n == 10 else f"{n}–<{n + 1}", number, n) for n, number in enumerate(figures.marks)]


def _day_chart(figures: Figures) -> str:
    days = [d for d in figures.days if d.presence.expected]
    if not days:
        return ""
    return lines(
        title=_("Presence by day"),
        description=_("Half-days due and attended, by day; the same figures stand in the table below."),
        labels=[f"{d.day:%d/%m}" for d in days],
        series=[
            Series(_("due"), [d.presence.expected for d in days]),
            Series(_("attended"), [d.presence.came for d in days]),
        ],
    )


def _group_chart(figures: Figures) -> str:
    if not figures.placed:
        return ""
    return bars(
        title=_("Planned and placed, by group"),
        description=_("People planned, placed and attested, by target group."),
        labels=[g.code for g in figures.groups],
        series=[
            Series(_("in the plan"), [g.planned for g in figures.groups]),
            Series(_("placed"), [g.placed for g in figures.groups]),
            Series(_("attested"), [g.attested for g in figures.groups]),
        ],
    )


def _mark_chart(figures: Figures) -> str:
    if not figures.tested:
        return ""
    return bars(
        title=_("Marks of the test"),
        description=_("People by their best valid mark, in whole points."),
        labels=[str(n) for n in range(len(figures.marks))],
        series=[Series(_("people"), list(figures.marks))],
    )


@access(Role.LEADER, Role.MANAGER)
def leader(request: HttpRequest) -> HttpResponse:
    """Show a leader five figures, what waits for a decision, and the newest report."""
    actor = actor_of(request)
    campaign = current_campaign()
    figures = recent_figures(campaign.pk).figures
    waiting = Difficulty.objects.filter(campaign=campaign, level=3, state__in=WAITING)
    context = {
        "title": _("The campaign at a glance"),
        "figures": figures,
        "waiting": [
            (one, CATEGORIES.get(one.category, one.category), is_late(one))
            for one in waiting.select_related("owner_organisation").order_by("due_at")[:20]
        ],
        "decides": actor.role is Role.LEADER,
        "report": rules.visible_reports(actor).filter(campaign=campaign).defer("figures", "words").first(),
        "kinds": Report.Kind,
        "all_waiting": sum(figures.difficulties_waiting_by_level.values()),
    }
    return render(request, "monitoring/leader.html", context)


@access(*rules.OWN_AGENCY, Role.MANAGER, Role.OFFICE)
def agency(request: HttpRequest) -> HttpResponse:
    """Show an agency its own people; who runs the campaign chooses an agency."""
    actor = actor_of(request)
    if actor.role not in rules.OWN_AGENCY:
        return figure(request, "figure-agencies")
    body = get_object_or_404(Organisation, pk=actor.organisation_id or 0)
    return _agency(request, actor, body)


@access(*rules.SEES_FIGURES, *rules.OWN_AGENCY)
def agency_of(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one agency and what lies under it."""
    actor = actor_of(request)
    bodies = Organisation.objects.all()
    if actor.role in rules.OWN_AGENCY:
        bodies = bodies.filter(pk__in=organisations_under(actor.organisation_id))
    return _agency(request, actor, get_object_or_404(bodies, uuid=uuid))


def _agency(request: HttpRequest, actor: Actor, body: Organisation) -> HttpResponse:
    found = agency_figures(organisations_under(body.pk), clock.now())
    sees_names = actor.role in rules.SEES_NAMES
    context = {
        "title": pick(body.name, translation.get_language() or "vi"),
        "body": body,
        "found": found,
        "refusals": [(REASONS.get(code, code), n) for code, n in found.refused_by_reason],
        "sees_names": sees_names,
    }
    if sees_names:
        pin(request, under=str(body.uuid))
        table = table_named("people-results")
        assert table is not None
        context |= table_context(table, request, actor)
    return render(request, "monitoring/agency.html", context)


@access(*rules.SEES_FIGURES, *rules.OWN_AGENCY)
def figure(request: HttpRequest, name: str) -> HttpResponse:
    """Open the rows behind a figure."""
    table = table_named(name) if name in OPENABLE else None
    if table is None:
        raise Http404
    actor = actor_of(request)
    if actor.role not in table.roles:
        raise PermissionDenied
    context = {"title": table.title, "narrowed": any(request.GET.get(one) for one in table.filters)}
    return render(request, "monitoring/figure.html", context | table_context(table, request, actor))

"""Make a campaign from a plan: all of it or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q

from hocvu.kernel.actor import Actor
from hocvu.ledger.api import record
from hocvu.people.models import Organisation

from ..domain import plan_file
from ..errors import PlanRefused
from ..models import (
    Campaign,
    CampaignAct,
    Directive,
    Event,
    EventGuest,
    LegalAct,
    Rule,
    TargetGroup,
    Task,
)
from ..rules import may_run
from ..types import CampaignPlan, PlanError


def read_plan_file(text: str) -> CampaignPlan:
    """Return the plan of a YAML text; raise ``PlanRefused`` with every error, path and line."""
    plan, errors = plan_file.read(text)
    if plan is None:
        raise PlanRefused(errors)
    return plan


def create_campaign(*, actor: Actor, plan: CampaignPlan, quotas: Mapping[str, int] | None = None) -> Campaign:
    """Create the campaign of ``plan`` in state draft, with all that belongs to it.

    ``quotas`` replaces the quota of groups by code, for a plan whose numbers come from the rosters. Raises
    ``PlanRefused`` where a code is taken or an organisation is not known on the first day; then nothing is
    kept.
    """
    may_run(actor)
    if quotas:
        plan = plan.with_quotas(dict(quotas))
    with transaction.atomic():
        bodies = _bodies(plan)
        campaign = _campaign(plan, bodies)
        TargetGroup.objects.bulk_create(_groups(campaign, plan))
        _cite_acts(campaign, plan)
        Rule.objects.bulk_create(_rules(campaign, plan))
        _events(campaign, plan)
        Directive.objects.bulk_create(_directives(campaign, plan, bodies))
        Task.objects.bulk_create(
            Task(campaign=campaign, title=t.title, organisation=bodies[t.organisation], due_on=t.due_on)
            for t in plan.tasks
        )
        record(
            actor=actor,
            action="campaigns.create",
            object_type="campaign",
            object_key=campaign.uuid,
            data={"code": plan.code, "quota": sum(g.quota for g in plan.groups), "rules": len(plan.rules)},
        )
    return campaign


Bodies = dict[tuple[str, ...], Organisation]


def _named(plan: CampaignPlan) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "owner", plan.owner
    yield "organiser", plan.organiser
    yield "reviewer", plan.reviewer
    yield "institution", plan.institution
    for at, directive in enumerate(plan.directives):
        yield f"directives[{at}].organisation", directive.organisation
    for at, task in enumerate(plan.tasks):
        yield f"tasks[{at}].organisation", task.organisation


def _bodies(plan: CampaignPlan) -> Bodies:
    """Find every organisation named, in being on the first day; the first known of the codes counts."""
    named = list(_named(plan))
    wanted = {code for _, codes in named for code in codes}
    known: dict[str, Organisation] = {}
    first: date = plan.starts_on
    for body in Organisation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), code__in=wanted, valid_from__lte=first
    ):
        known[body.code] = body
    errors = []
    if Campaign.objects.filter(code=plan.code).exists():
        errors.append(PlanError("code", "code_taken", 0, {"written": plan.code}))
    found: Bodies = {}
    for path, codes in named:
        first_known = next((known[code] for code in codes if code in known), None)
        if first_known is None:
            errors.append(PlanError(path, "no_organisation", 0, {"written": ", ".join(codes), "day": first}))
        else:
            found[codes] = first_known
    if errors:
        raise PlanRefused(errors)
    return found


def _campaign(plan: CampaignPlan, bodies: Bodies) -> Campaign:
    groups = {
        g.code: {
            "themes": g.themes,
            "source": g.quota_source,
            "certainty": g.quota_certainty,
            "verified": g.quota_certainty == "verified",
        }
        for g in plan.groups
    }
    return Campaign.objects.create(
        code=plan.code,
        name=plan.name,
        purpose=plan.purpose | {"short_name": plan.short_name},
        owner=bodies[plan.owner],
        organiser=bodies[plan.organiser],
        reviewer=bodies[plan.reviewer],
        institution=bodies[plan.institution],
        programme_code=plan.programme_code,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        calendar=plan.calendar,
        facts=plan.facts
        | {
            "groups": {"value": groups, "source": "", "verified": False},
            "marks": {"value": plan.marks, "source": "", "verified": False},
        },
        repairs=list(plan.repairs),
        contact=plan.contact,
        attestation=plan.attestation,
        plan_file=plan.text,
    )


def _groups(campaign: Campaign, plan: CampaignPlan) -> list[TargetGroup]:
    return [
        TargetGroup(
            campaign=campaign,
            code=g.code,
            name=g.name,
            mode=g.mode,
            quota=g.quota,
            restricted=g.restricted,
            adaptation=g.adaptation,
            outcome=g.outcome,
            ordinal=at,
        )
        for at, g in enumerate(plan.groups, start=1)
    ]


def _cite_acts(campaign: Campaign, plan: CampaignPlan) -> None:
    """Link the acts in the plan's order; an act known from another campaign is the same act."""
    for at, act in enumerate(plan.acts, start=1):
        row, _ = LegalAct.objects.get_or_create(
            number=act.number,
            issued_on=act.issued_on,
            defaults={
                "kind": act.kind,
                "issuer": act.issuer,
                "subject": act.subject,
                "in_force_from": act.in_force_from,
                "in_force_to": act.in_force_to,
                "source": act.source,
                "verified": act.verified,
            },
        )
        CampaignAct.objects.create(campaign=campaign, act=row, founds=act.founds, ordinal=at)


def _rules(campaign: Campaign, plan: CampaignPlan) -> list[Rule]:
    return [
        Rule(
            campaign=campaign,
            key=r.key,
            value=r.value,
            unit=r.unit,
            label=r.label,
            in_force_from=r.in_force_from,
            in_force_to=r.in_force_to,
            source=r.source,
            certainty=r.certainty,
            chosen=r.chosen,
        )
        for r in plan.rules
    ]


def _events(campaign: Campaign, plan: CampaignPlan) -> None:
    for event in plan.events:
        row = Event.objects.create(
            campaign=campaign,
            kind=event.kind,
            title=event.title,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            place=event.place,
            agenda=list(event.agenda),
            public=event.public,
        )
        EventGuest.objects.bulk_create(
            EventGuest(event=row, office=office, ordinal=at) for at, office in enumerate(event.guests, start=1)
        )


def _directives(campaign: Campaign, plan: CampaignPlan, bodies: Bodies) -> list[Directive]:
    return [
        Directive(
            campaign=campaign,
            number=d.number,
            issued_on=d.issued_on,
            issuer=d.issuer,
            text=d.text,
            organisation=bodies[d.organisation],
            due_on=d.due_on,
        )
        for d in plan.directives
    ]

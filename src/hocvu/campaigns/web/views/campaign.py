"""The campaign for those who run it: what founds and bounds it, and its next deed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.kernel.errors import Refused
from hocvu.kernel.texts import pick
from hocvu.ui.access import access
from hocvu.ui.http import actor_of
from hocvu.ui.refusals import sentence

from ...domain.states import next_deed
from ...models import Campaign, Rule
from ...queries.campaigns import current_campaign
from ...queries.law import campaign_acts, rule_alternatives, rules_in_force, target_groups
from ...rules import can_run
from ...services.campaigns import choose_rule, close_campaign, set_group_quotas, sign_campaign, start_campaign
from ..forms import GroupQuotasForm, RuleForm
from ..scope import campaign_or_404, posted
from ..words import CERTAINTIES, MODES, STATES, UNITS, state_tag

ORGANISERS = (Role.MANAGER, Role.LEADER, Role.OFFICE, Role.REVIEWER)
DEEDS = {"sign": sign_campaign, "start": start_campaign, "close": close_campaign}


@access(*ORGANISERS)
def campaign(request: HttpRequest) -> HttpResponse:
    """Show the whole campaign on one page; whoever runs it may change it from here."""
    actor = actor_of(request)
    try:
        shown = current_campaign()
    except Campaign.DoesNotExist:
        if can_run(actor):
            return redirect("campaigns:create")
        raise Http404 from None
    groups = list(target_groups(shown.pk))
    context = {
        "title": pick(shown.name, get_language() or "vi"),
        "campaign": shown,
        "state": state_tag(STATES, shown.state),
        "bodies": _bodies(shown),
        "acts": campaign_acts(shown.pk),
        "groups": [(group, MODES[group.mode], _mark(shown, group.code)) for group in groups],
        "totals": _totals(groups),
        "facts": [fact for fact in shown.facts.values() if "label" in fact],
        "venues": shown.facts.get("venues", {}).get("value", []),
        "rules": _rules(shown),
        "runs": can_run(actor),
        "deed": next_deed(shown.state),
    }
    return render(request, "campaigns/campaign.html", context)


def _bodies(shown: Campaign) -> list[tuple[str, Any]]:
    rows = Campaign.objects.select_related("owner", "organiser", "reviewer", "institution")
    held = rows.get(pk=shown.pk)
    return [
        (_("Owner"), held.owner),
        (_("Organiser"), held.organiser),
        (_("Reviewer of content"), held.reviewer),
        (_("Institution"), held.institution),
    ]


def _mark(shown: Campaign, code: str) -> dict[str, Any]:
    groups = shown.facts.get("groups", {}).get("value", {})
    found = groups.get(code, {})
    return found if isinstance(found, dict) else {}


def _totals(groups: list[Any]) -> list[tuple[str, int]]:
    return [(str(word), sum(g.quota for g in groups if g.mode == mode)) for mode, word in MODES.items()]


def _rules(shown: Campaign) -> list[dict[str, Any]]:
    """Return each rule in force with how sure we are, and how many other values it has."""
    today = max(clock.today(), shown.starts_on)
    held = rules_in_force(shown.pk, min(today, shown.ends_on))
    found = []
    for key, rows in rule_alternatives(shown.pk).items():
        rule = held.get(key)
        if rule is None:
            continue
        found.append(
            {
                "key": key,
                "label": rule.label,
                "value": value_words(rule.value, rule.unit),
                "source": rule.source,
                "certainty": CERTAINTIES[rule.certainty],
                "sure": rule.certainty == Rule.Certainty.VERIFIED,
                "others": len(rows) - 1,
            }
        )
    return found


def value_words(value: Any, unit: str) -> str:
    """Write a rule's value with its unit: 100 %, 0,5 half-day, yes."""
    if unit == "yes_no":
        return _("yes") if value else _("no")
    shown = value.normalize()
    places = max(0, -int(shown.as_tuple().exponent))
    written = number_format(shown, places)
    if unit == "count":
        return written
    return f"{written}/10" if unit == "/10" else f"{written} {UNITS.get(unit, unit)}"


@access(Role.MANAGER)
def move(request: HttpRequest, deed: str) -> HttpResponse:
    """Ask before the campaign is signed, started or closed; then do it."""
    if deed not in DEEDS:
        raise Http404
    shown = campaign_or_404()
    if request.method == "POST":
        try:
            DEEDS[deed](actor=actor_of(request), campaign_id=shown.pk)
        except Refused as refused:
            messages.error(request, sentence(refused))
        else:
            messages.success(request, _("Done. It is recorded who did it and when."))
        return redirect("campaigns:campaign")
    title, text, button = _deed_words(deed)
    context = {"title": title, "text": text, "button": button, "campaign": shown}
    return render(request, "campaigns/move.html", context)


def _deed_words(deed: str) -> tuple[str, str, str]:
    words = {
        "sign": (
            _("Record that the plan is signed"),
            _("The plan then stands as signed. Check first that it fits rooms, computers and instructors."),
            _("The plan is signed"),
        ),
        "start": (
            _("Start the campaign"),
            _("From now on classes are held and attendance counts."),
            _("Start the campaign"),
        ),
        "close": (
            _("Close the campaign"),
            _("Its rules, quotas and lists no longer change. Follow-up and attestations go on."),
            _("Close the campaign"),
        ),
    }
    return words[deed]


@access(Role.MANAGER)
def quotas(request: HttpRequest) -> HttpResponse:
    """Change how many people of each group the campaign trains."""
    shown = campaign_or_404()
    language = get_language() or "vi"
    groups = [(g.code, pick(g.name, language), g.quota) for g in target_groups(shown.pk)]
    form = GroupQuotasForm(posted(request), groups=groups)
    if request.method == "POST" and form.is_valid():
        try:
            set_group_quotas(actor=actor_of(request), campaign_id=shown.pk, quotas=form.cleaned_data)
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The quotas are changed. The change is recorded."))
            return redirect("campaigns:campaign")
    return render(request, "campaigns/quotas.html", {"title": _("Quotas of the groups"), "form": form})


@access(Role.MANAGER)
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """Choose which value of a rule is in force."""
    shown = campaign_or_404()
    rows = rule_alternatives(shown.pk).get(key)
    if not rows:
        raise Http404
    form = RuleForm(posted(request), rules=rows, words=_alternative_words)
    if request.method == "POST" and form.is_valid():
        try:
            choose_rule(actor=actor_of(request), rule_id=int(form.cleaned_data["rule"]))
        except Refused as refused:
            form.add_error(None, sentence(refused))
        else:
            messages.success(request, _("The rule is in force. The change is recorded."))
            return redirect("campaigns:campaign")
    context = {
        "title": pick(rows[0].label, get_language() or "vi"),
        "form": form,
        "rules": [(r, value_words(r.value, r.unit), CERTAINTIES[r.certainty]) for r in rows],
    }
    return render(request, "campaigns/rule.html", context)


def _alternative_words(rule: Rule) -> str:
    label = pick(rule.label, get_language() or "vi")
    return f"{value_words(rule.value, rule.unit)} – {label} ({CERTAINTIES[rule.certainty][0]})"

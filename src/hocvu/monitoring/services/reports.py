"""Make a report: its figures are counted once and frozen, with the words and the ledger's head."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from hocvu.campaigns.models import Campaign
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor
from hocvu.kernel.errors import NotAllowed, Refused
from hocvu.ledger.api import latest_lines, record

from ..models import Report
from ..queries.figures import campaign_figures
from ..queries.report_tables import tables_of
from ..queries.report_words import words_of
from ..rules import can_make_reports

WRITABLE = ("course", "causes", "proposals")
MOST_LETTERS = 8000


@transaction.atomic
def make_report(*, actor: Actor, campaign_id: int, kind: str, day: date) -> Report:
    """Make the report of a day (``daily``) or of the campaign up to a day (``final``), all at once.

    Made again it counts anew and keeps what people wrote; a numbered report stays as it is.
    """
    report = begin_report(actor=actor, campaign_id=campaign_id, kind=kind, day=day)
    return fill_report(actor=actor, report_id=report.pk)


@transaction.atomic
def begin_report(*, actor: Actor, campaign_id: int, kind: str, day: date) -> Report:
    """Open the row of a report that is about to be counted: its figures say how far it is."""
    if not can_make_reports(actor):
        raise NotAllowed
    if kind not in Report.Kind.values:
        raise Refused("monitoring.no_report_kind")
    if day > clock.today():
        raise Refused("monitoring.report_too_soon", day=f"{day:%d/%m/%Y}")
    Campaign.objects.select_for_update().get(pk=campaign_id)
    report = Report.objects.filter(campaign_id=campaign_id, kind=kind, day=day).first()
    if report is None:
        report = Report(campaign_id=campaign_id, kind=kind, day=day)
    elif report.number:
        raise Refused("monitoring.report_numbered", number=report.number)
    report.figures = {"progress": {"done": 0, "of": 3}}
    report.made_at = clock.now()
    report.made_by = actor.label[:160]
    report.save()
    return report


def fill_report(*, actor: Actor, report_id: int) -> Report:
    """Count and freeze the figures, tables and words of a report that was begun."""
    report = Report.objects.select_related("campaign").get(pk=report_id)
    until = end_of(report.day)
    figures: dict[str, Any] = {"totals": campaign_figures(report.campaign_id, until).as_dict()}
    _progress(report, 1)
    figures["tables"] = tables_of(report.campaign_id, until)
    _progress(report, 2)
    words = words_of(report.campaign, report.kind, report.day, until)
    with transaction.atomic():
        if not can_make_reports(actor):
            raise NotAllowed
        report = Report.objects.select_for_update().get(pk=report_id)
        if report.number:
            raise Refused("monitoring.report_numbered", number=report.number)
        report.figures = figures
        report.words = words | {name: report.words[name] for name in WRITABLE if report.words.get(name)}
        report.ledger_head = latest_lines().values_list("hash", flat=True).first() or ""
        report.made_at = clock.now()
        report.made_by = actor.label[:160]
        report.save()
        record(
            actor=actor, action="monitoring.report_made", object_type="report", object_key=report.uuid,
            data={"kind": report.kind, "day": report.day.isoformat()}, rows=[report.figures, report.words],
        )  # fmt: skip
    return report


@transaction.atomic
def write_report(*, actor: Actor, report_id: int, words: dict[str, str]) -> Report:
    """Keep what people write in a report: how it went, causes, proposals."""
    report = _writable(actor, report_id)
    for name, text in words.items():
        if name not in WRITABLE:
            raise Refused("monitoring.no_report_part")
        if len(text) > MOST_LETTERS:
            raise Refused("monitoring.text_too_long", most=MOST_LETTERS)
        report.words[name] = text.strip()
    report.save(update_fields=["words"])
    record(actor=actor, action="monitoring.report_written", object_type="report", object_key=report.uuid)
    return report


@transaction.atomic
def number_report(*, actor: Actor, report_id: int, number: str) -> Report:
    """Enter the number that the registry office gave; from then on the report no longer changes."""
    report = _writable(actor, report_id)
    if not number.strip() or len(number.strip()) > 60:
        raise Refused("monitoring.report_number")
    if "totals" not in report.figures:
        raise Refused("monitoring.report_not_ready")
    report.number = number.strip()
    report.save(update_fields=["number"])
    record(
        actor=actor, action="monitoring.report_numbered", object_type="report", object_key=report.uuid,
        data={"number": report.number},
    )  # fmt: skip
    return report


def end_of(day: date) -> datetime:
    """Return the end of a day, or now while it lasts."""
    return min(clock.now(), clock.at(day + timedelta(days=1), 0))


def _writable(actor: Actor, report_id: int) -> Report:
    if not can_make_reports(actor):
        raise NotAllowed
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise Refused("monitoring.no_report")
    if report.number:
        raise Refused("monitoring.report_numbered", number=report.number)
    return report


def _progress(report: Report, done: int) -> None:
    Report.objects.filter(pk=report.pk, number="").update(figures={"progress": {"done": done, "of": 3}})

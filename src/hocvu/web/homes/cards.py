"""First screens made of cards: what is due, how much of it, and where to do it."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from hocvu.assessment.models import ItemVersion, Sitting
from hocvu.attestations.models import Attestation, Correction, Recognition
from hocvu.campaigns.api import campaign_in_view
from hocvu.campaigns.models import Directive, Task
from hocvu.curriculum.models import LessonVersion
from hocvu.delivery.api import visible_placements
from hocvu.delivery.models import Attendance, Excuse, Grade, Submission
from hocvu.enrolment.api import visible_lists
from hocvu.enrolment.models import AgencyList
from hocvu.kernel import clock
from hocvu.kernel.actor import Actor, Role
from hocvu.ledger.api import latest_lines
from hocvu.monitoring.models import Difficulty
from hocvu.people.models import Organisation
from hocvu.planning.api import published_cohorts, sessions_between
from hocvu.post.api import outbox_counts


@dataclass(frozen=True, slots=True)
class Card:
    """A thing to do or to know; ``tone``: red (late or waiting), green (in order), or plain."""

    title: str
    figure: object
    hint: str
    href: str
    tone: str = ""


def _due(title: str, count: int, hint: str, name: str, query: str = "") -> Card:
    return Card(title, count, hint, reverse(name) + query, "red" if count else "green")


def agency_cards(actor: Actor) -> list[Card]:
    """Return what is due from an agency, and how its people do."""
    campaign = campaign_in_view()
    if campaign is None:
        return []
    places = visible_placements(actor)
    own = list(visible_lists(actor).filter(campaign_id=campaign.id))
    waiting = [one for one in own if one.state in {AgencyList.State.OPEN, AgencyList.State.RETURNED}]
    to_approve = [one for one in own if one.state == AgencyList.State.SUBMITTED]
    missed = Attendance.objects.filter(placement__in=places, credit__lt=2).exclude(status=Attendance.Status.MADE_UP)
    present = Attendance.objects.filter(placement__in=places, credit__gt=0).count()
    seen = Attendance.objects.filter(placement__in=places).count()
    cards = [
        _due(_("Lists to hand in"), len(waiting), _("Names for the campaign"), "enrolment:agency_list"),
        _due(
            _("Lists to approve"),
            len(to_approve),
            _("By the head of the agency"),
            "enrolment:approval" if actor.role is Role.HEAD else "enrolment:agency_list",
        ),
        Card(_("People in class"), places.count(), _("Who came, who passed"), reverse("monitoring:agency")),
        Card(
            _("Presence so far"),
            f"{100 * present / seen:.1f} %".replace(".", ",") if seen else "—",
            _("Half-days with somebody present"),
            reverse("monitoring:agency"),
        ),
        _due(_("Half-days to make up"), missed.count(), _("Ask for a seat in another class"), "delivery:missed"),
        Card(
            _("Attestations"),
            Attestation.objects.filter(placement__in=places, state="issued").count(),
            _("Issued to your people"),
            reverse("attestations:people"),
        ),
    ]
    if actor.role is Role.FOCAL_POINT:
        cards.append(Card(_("Roster"), "", _("Send a list in Excel"), reverse("people:rosters")))
        cards.append(Card(_("Sign-in slips"), "", _("Print slips for people without e-mail"), _slips_page(actor)))
    return cards


def _slips_page(actor: Actor) -> str:
    own = Organisation.objects.filter(pk=actor.organisation_id or 0).values_list("uuid", flat=True).first()
    return reverse("people:slips_print", args=[own]) if own else reverse("people:people")


def office_cards(actor: Actor) -> list[Card]:
    """Return the university's day: classes, sittings, what waits."""
    campaign = campaign_in_view()
    if campaign is None:
        return []
    start = clock.at(clock.today(), 0)
    end = start + timedelta(days=1)
    today = sessions_between(campaign.id, start, end)
    cohorts = published_cohorts(campaign.id)
    recognised = Recognition.objects.exclude(state=Recognition.State.DRAFT).values("cohort_id")
    return [
        Card(
            _("Classes today"),
            today.values("cohort").distinct().count(),
            _("The day by room"),
            reverse("planning:timetable"),
        ),
        Card(
            _("Tests today"),
            Sitting.objects.filter(opens_at__gte=start, opens_at__lt=end).exclude(state="cancelled").count(),
            _("Sittings planned, open, closed"),
            reverse("assessment:sittings"),
        ),
        _due(
            _("Assignments to grade"),
            Submission.objects.exclude(pk__in=Grade.objects.values("submission_id")).count(),
            _("Handed in, without a mark"),
            "delivery:ungraded",
        ),
        _due(
            _("Excuses to decide"),
            Excuse.objects.filter(state=Excuse.State.ASKED).count(),
            _("Reasons given for absences"),
            "delivery:excuses",
        ),
        Card(
            _("Classes to recognise"),
            cohorts.filter(ends_on__lt=clock.today()).exclude(pk__in=recognised).count(),
            _("Ended, without a recognition decision"),
            reverse("attestations:classes"),
        ),
        _due(
            _("Corrections asked"),
            Correction.objects.filter(state=Correction.State.ASKED).count(),
            _("Names and birth dates before printing"),
            "attestations:corrections",
        ),
        _due(
            _("Remarks to answer"),
            LessonVersion.objects.filter(state="remarked").count()
            + ItemVersion.objects.filter(state="remarked").count(),
            _("From the Department of Science and Technology"),
            "curriculum:lessons",
        ),
        _due(
            _("Difficulties at our level"),
            Difficulty.objects.filter(level=1, state__in=("open", "proposed")).count(),
            _("Reported, not settled"),
            "monitoring:difficulties",
        ),
    ]


def reviewer_cards(actor: Actor) -> list[Card]:
    """Return what waits for the reviewer."""
    directives = Directive.objects.filter(organisation_id=actor.organisation_id or 0, state="open")
    tasks = Task.objects.filter(organisation_id=actor.organisation_id or 0, state="open")
    return [
        _due(
            _("Lessons to review"),
            LessonVersion.objects.filter(state="submitted").count(),
            _("With what changed marked"),
            "curriculum:review",
        ),
        _due(
            _("Items to review"),
            ItemVersion.objects.filter(state="submitted").count(),
            _("Test and practice questions"),
            "assessment:items",
            "?state=submitted",
        ),
        Card(_("Programme"), "", _("Lessons as they are taught"), reverse("curriculum:programme")),
        _due(_("Directives to report on"), directives.count(), _("With their deadlines"), "campaigns:directives"),
        _due(_("Tasks"), tasks.count(), _("Shared with the university"), "campaigns:tasks"),
    ]


def operator_cards(actor: Actor) -> list[Card]:
    """Return the state of the installation, without anybody's data."""
    mail = outbox_counts()
    return [
        Card(_("Accounts"), "", _("Open accounts, give and end roles"), reverse("people:accounts")),
        _due(_("Letters that failed"), mail["failed"], _("See ./run doctor for the cause"), "people:accounts"),
        Card(_("Letters waiting"), mail["waiting"], _("Sent by the background worker"), reverse("people:accounts")),
        Card(_("Lines of the ledger"), latest_lines().count(), _("Chained, append-only"), reverse("web:ledger")),
        Card(_("State of the system"), "", _("Live, ready, and why not"), reverse("web:health")),
    ]

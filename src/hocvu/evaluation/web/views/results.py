"""Results of forms: overview, one form, what people wrote, before and after."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _

from hocvu.campaigns.api import current_campaign
from hocvu.kernel import clock
from hocvu.kernel.texts import pick
from hocvu.ui.access import access
from hocvu.ui.charts import Series, bars
from hocvu.ui.http import actor_of
from hocvu.ui.tables import table_context

from ... import rules
from ...exporting.results_xlsx import results_xlsx
from ...models import Form, Invitation
from ...queries.learning import learning
from ...queries.progress import forms_progress
from ...queries.results import LEAST, WAYS, results
from ...types import FormResults
from ..parts import pin
from ..tables import ResultsByAgency, Words, band_cell, interval_cell, mean_cell
from ..words import BANDS
from ..words import WAYS as WAY_NAMES

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONTHS = (1, 3, 6)


@access(*rules.SEES_RESULTS, *rules.OWN_AGENCY)
def forms(request: HttpRequest) -> HttpResponse:
    """List the forms of the campaign with how many answered; an agency sees its own people's."""
    actor = actor_of(request)
    campaign = current_campaign()
    by_id = {f.pk: f for f in Form.objects.filter(campaign=campaign)}
    own = rules.visible_invitations(actor) if actor.role in rules.OWN_AGENCY else None
    rows = [(by_id[one.form_id], one) for one in forms_progress(campaign.pk, invitations=own)]
    context = {
        "title": _("Evaluation forms"),
        "rows": rows,
        "sees_results": actor.role in rules.SEES_RESULTS,
        "sees_names": actor.role in rules.SEES_INVITED,
        "sends": rules.can_send(actor),
        "reminds": rules.can_remind(actor),
        "today": clock.today(),
    }
    return render(request, "evaluation/forms.html", context)


@access(*rules.SEES_RESULTS)
def form_results(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the results of a form by what the address asks for."""
    actor = actor_of(request)
    form = get_object_or_404(rules.visible_forms(actor), uuid=uuid)
    by = request.GET.get("by", "object")
    by = by if by in WAYS else "object"
    found = results(form.pk, by)
    context = {
        "title": form.title,
        "form": form,
        "found": found,
        "by": by,
        "ways": [(way, WAY_NAMES[way]) for way in WAYS],
        "least": LEAST,
        "silent": found.sent - found.answered,
        "total_mean": mean_cell(found.total),
        "total_interval": interval_cell(found.total),
        "total_band": BANDS.get(found.total.band),
    }
    if by.startswith("organisation"):
        pin(request, form=str(uuid))
        context |= table_context(ResultsByAgency(), request, actor)
    else:
        context |= {"rows": [_line(number, row) for number, row in enumerate(found.rows, start=1)]}
        context["chart"] = _chart(found)
    return render(request, "evaluation/results.html", context)


def _line(number: int, row: object) -> dict[str, object]:
    return {
        "number": number,
        "row": row,
        "mean": mean_cell(row),  # type: ignore[arg-type]
        "interval": interval_cell(row),  # type: ignore[arg-type]
        "band": band_cell(row),  # type: ignore[arg-type]
    }


def _chart(found: FormResults) -> str:
    if found.total.hidden or not found.valid:
        return ""
    return bars(
        title=str(WAY_NAMES[found.by]),
        description=_("Means on the scale 1-10; the numbers under the bars are those of the table."),
        labels=[str(number) for number, _row in enumerate(found.rows, start=1)],
        series=[Series(_("Mean"), [row.mean for row in found.rows])],
    )


@access(*rules.SEES_RESULTS)
def results_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the results of a form as a workbook."""
    form = get_object_or_404(rules.visible_forms(actor_of(request)), uuid=uuid)
    body = results_xlsx(
        form, {way: str(name) for way, name in WAY_NAMES.items()}, {key: str(word) for key, (word, _c) in BANDS.items()}
    )
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="hocvu-{form.kind}-{form.month}.xlsx"'
    return response


@access(*rules.SEES_RESULTS)
def form_words(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List what people wrote, without names."""
    actor = actor_of(request)
    form = get_object_or_404(rules.visible_forms(actor), uuid=uuid)
    pin(request, form=str(uuid))
    codes = [one["code"] for one in form.questions]
    asked = request.GET.get("question", "")
    chosen = asked if asked in codes else next(iter(codes), "")
    context = {"title": _("In their own words"), "form": form, "chosen": chosen, "least": LEAST}
    return render(request, "evaluation/words.html", context | table_context(Words(), request, actor))


@access(*rules.SEES_RESULTS)
def before_and_after(request: HttpRequest) -> HttpResponse:
    """Show self-assessment, test and follow-up side by side, by group."""
    campaign = current_campaign()
    asked = request.GET.get("month", "")
    month = int(asked) if asked in {str(m) for m in MONTHS} else _latest_month(campaign.pk)
    rows = learning(campaign.pk, month)
    groups = [row for row in rows if row.key != "*" and not row.hidden]
    language = translation.get_language() or "vi"
    chart = ""
    if groups:
        chart = bars(
            title=_("Before and after, by group"),
            description=_("Mean of the self-assessment at the start, of the test, and of the self-assessment later."),
            labels=[row.key for row in groups],
            series=[
                Series(_("Self, start"), [row.before for row in groups]),
                Series(_("Test"), [row.test for row in groups]),
                Series(_("Self, later"), [row.after for row in groups]),
            ],
        )
    context = {
        "title": _("Before and after"),
        "rows": [(row, pick(row.label, language) if row.key != "*" else _("All")) for row in rows],
        "month": month,
        "months": MONTHS,
        "chart": chart,
        "least": LEAST,
    }
    return render(request, "evaluation/learning.html", context)


def _latest_month(campaign_id: int) -> int:
    sent = Invitation.objects.filter(form__campaign_id=campaign_id, form__kind=Form.Kind.FOLLOW_UP_SELF)
    last = sent.order_by("-form__month").values_list("form__month", flat=True).first()
    return last or MONTHS[0]

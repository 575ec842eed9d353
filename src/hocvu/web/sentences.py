"""What the roof says when it refuses: mostly to programs that call the API."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "web.bad_request": _("The request could not be read: %(why)s"),
    "web.csrf": _("A request with a session cookie must carry the CSRF token of the page."),
    "web.future": _("%(count)s signs are dated in the future. Is the clock of that machine right?"),
    "web.invalid": _("%(count)s values are missing or wrong; each is named in the data."),
    "web.not_found": _("There is nothing here, or nothing that you may see."),
    "web.not_signed_in": _("Sign in, or send a token in the Authorization header."),
    "web.other_day": _("%(count)s signs are not of the day of this half-day (%(day)s)."),
    "web.too_many": _("Too many requests. Try again in %(seconds)s seconds."),
    "web.trouble": _("Something went wrong on our side. What was saved is safe; try again in a minute."),
    "web.unknown_places": _("%(count)s people are not in this timetable."),
    "web.wrong_method": _("This address does not take %(method)s."),
}

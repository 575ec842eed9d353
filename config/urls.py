"""Every address, one line per app. English nouns."""

from django.urls import include, path

urlpatterns = [
    path("", include("hocvu.people.web.urls")),
    path("", include("hocvu.campaigns.web.urls")),
    path("", include("hocvu.curriculum.web.urls")),
    path("", include("hocvu.enrolment.web.urls")),
    path("", include("hocvu.planning.web.urls")),
    path("", include("hocvu.delivery.web.urls")),
    path("", include("hocvu.assessment.web.urls")),
    path("", include("hocvu.attestations.web.urls")),
    path("", include("hocvu.evaluation.web.urls")),
    path("", include("hocvu.monitoring.web.urls")),
    path("", include("hocvu.rehearsal.web.urls")),
    path("", include("hocvu.web.urls")),
]
handler400 = "hocvu.web.views.errors.bad_request"
handler403 = "hocvu.web.views.errors.forbidden"
handler404 = "hocvu.web.views.errors.not_found"
handler500 = "hocvu.web.views.errors.server_error"

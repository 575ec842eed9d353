"""Addresses of this app."""

from django.urls import path

from .views import lists, names, progress

app_name = "enrolment"
urlpatterns = [
    path("nominations/", lists.agency_list, name="agency_list"),
    path("nominations/approval/", lists.approval, name="approval"),
    path("nominations/progress/", progress.progress, name="progress"),
    path("nominations/reminders/", progress.remind, name="remind"),
    path("nominations/call/", progress.call, name="call"),
    path("nominations/quotas/", progress.quotas, name="quotas"),
    path("nominations/people/<uuid:uuid>/", names.nomination, name="nomination"),
    path("nominations/people/<uuid:uuid>/withdraw/", names.withdraw, name="withdraw"),
    path("nominations/people/<uuid:uuid>/replace/", names.replace, name="replace"),
    path("nominations/<uuid:uuid>/", lists.show, name="list"),
    path("nominations/<uuid:uuid>/names/", names.add_names, name="add_names"),
    path("nominations/<uuid:uuid>/submit/", lists.submit, name="submit"),
    path("nominations/<uuid:uuid>/release/", lists.release, name="release"),
    path("nominations/<uuid:uuid>/decision/", lists.decide, name="decide"),
]

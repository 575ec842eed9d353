"""Addresses of monitoring."""

from django.urls import path

from .views import difficulties, figures, reports

app_name = "monitoring"
urlpatterns = [
    path("difficulties/", difficulties.difficulties, name="difficulties"),
    path("difficulties/new/", difficulties.report_difficulty, name="report_difficulty"),
    path("difficulties/mine/", difficulties.my_difficulties, name="my_difficulties"),
    path("difficulties/<uuid:uuid>/", difficulties.difficulty, name="difficulty"),
    path("difficulties/<uuid:uuid>/photo/", difficulties.photo, name="photo"),
    path("difficulties/<uuid:uuid>/steps/<slug:deed>/", difficulties.step, name="step"),
    path("dashboard/", figures.dashboard, name="dashboard"),
    path("overview/", figures.leader, name="leader"),
    path("agency/", figures.agency, name="agency"),
    path("agencies/<uuid:uuid>/", figures.agency_of, name="agency_of"),
    path("figures/<slug:name>/", figures.figure, name="figure"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:uuid>/", reports.report, name="report"),
    path("reports/<uuid:uuid>/words/", reports.report_words, name="report_words"),
    path("reports/<uuid:uuid>/number/", reports.report_number, name="report_number"),
    path("reports/<uuid:uuid>/files/<slug:kind>/", reports.report_file, name="report_file"),
]

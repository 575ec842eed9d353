"""Addresses of evaluation."""

from django.urls import path

from .views import answering, results, sending

app_name = "evaluation"
urlpatterns = [
    path("forms/", answering.my_forms, name="my_forms"),
    path("forms/<uuid:uuid>/", answering.form, name="form"),
    path("forms/<uuid:uuid>/thanks/", answering.thanks, name="thanks"),
    path("evaluation/", results.forms, name="forms"),
    path("evaluation/make/", sending.make, name="make"),
    path("evaluation/before-and-after/", results.before_and_after, name="before_and_after"),
    path("evaluation/<uuid:uuid>/", results.form_results, name="results"),
    path("evaluation/<uuid:uuid>/results.xlsx", results.results_file, name="results_file"),
    path("evaluation/<uuid:uuid>/words/", results.form_words, name="words"),
    path("evaluation/<uuid:uuid>/invitations/", sending.invitations, name="invitations"),
    path("evaluation/<uuid:uuid>/agencies/", sending.agencies, name="agencies"),
    path("evaluation/<uuid:uuid>/remind/", sending.remind_silent, name="remind"),
    path("evaluation/<uuid:uuid>/send/", sending.send, name="send"),
]

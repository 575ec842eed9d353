"""Addresses of this app."""

from django.urls import path

from .views import authoring, deeds, reading, versions

app_name = "curriculum"
urlpatterns = [
    path("programme/", reading.programme, name="programme"),
    path("lessons/<str:code>/", reading.lesson, name="lesson"),
    path("authoring/", authoring.lessons, name="lessons"),
    path("authoring/<str:code>/<slug:language>/", authoring.edit, name="edit"),
    path("authoring/<str:code>/<slug:language>/<slug:group>/", authoring.edit_variant, name="edit_variant"),
    path("review/", versions.review, name="review"),
    path("lesson-versions/", versions.versions, name="versions"),
    path("lesson-versions/<uuid:uuid>/", versions.version, name="version"),
    path("lesson-versions/<uuid:uuid>/submission/", deeds.submit, name="submit"),
    path("lesson-versions/<uuid:uuid>/withdrawal/", deeds.withdraw, name="withdraw"),
    path("lesson-versions/<uuid:uuid>/remarks/", deeds.remark, name="remark"),
    path("lesson-versions/<uuid:uuid>/approval/", deeds.approve, name="approve"),
    path("lesson-versions/<uuid:uuid>/retirement/", deeds.retire, name="retire"),
    path("lesson-remarks/<uuid:uuid>/answer/", deeds.answer, name="answer"),
]

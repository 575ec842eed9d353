"""Addresses of the rehearsal."""

from django.urls import path

from .views.clock import clock_page, move

app_name = "rehearsal"
urlpatterns = [
    path("rehearsal/clock/", clock_page, name="clock"),
    path("rehearsal/clock/move/", move, name="move_clock"),
]

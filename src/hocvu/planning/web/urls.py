"""Addresses of planning."""

from django.urls import path

from .views import classes, feeds, grids, mine, papers, plans

app_name = "planning"
urlpatterns = [
    path("timetable/", grids.timetable, name="timetable"),
    path("timetable/rooms/", grids.rooms, name="rooms"),
    path("timetable/rooms/<uuid:uuid>/", grids.room, name="room"),
    path("timetable/instructors/", grids.instructors, name="instructors"),
    path("timetable/instructors/<uuid:uuid>/", grids.instructor, name="instructor"),
    path("timetable/plans/", plans.plans, name="plans"),
    path("timetable/plans/new/", plans.compute, name="compute"),
    path("timetable/plans/<uuid:uuid>/", plans.plan, name="plan"),
    path("timetable/plans/<uuid:uuid>/publication/", plans.publish, name="publish"),
    path("cohorts/", classes.cohorts, name="cohorts"),
    path("cohorts/<uuid:uuid>/", classes.cohort, name="cohort"),
    path("cohorts/<uuid:uuid>/papers/<slug:kind>.<slug:ending>", papers.paper, name="paper"),
    path("places/", classes.places, name="places"),
    path("places/<uuid:uuid>/convocation.pdf", papers.convocation, name="convocation"),
    path("my/place/", mine.mine, name="mine"),
    path("calendars/<str:token>.ics", feeds.feed, name="feed"),
]

"""Addresses of this app."""

from django.urls import path

from .views import answers, bank, blueprints, items, practice, resits, rooms, seats, tests

app_name = "assessment"
urlpatterns = [
    path("test/", tests.my_test, name="my_test"),
    path("test/start/", tests.start, name="start"),
    path("test/take-over/", tests.take_over_here, name="take_over"),
    path("test/questions/<int:position>/", tests.question, name="question"),
    path("test/review/", tests.review, name="review"),
    path("test/result/", tests.result, name="result"),
    path("answers/", answers.save, name="answers"),
    path("practice-test/", practice.practice, name="practice"),
    path("practice-test/<uuid:uuid>/questions/<int:position>/", practice.question, name="practice_question"),
    path("practice-test/<uuid:uuid>/result/", practice.result, name="practice_result"),
    path("sittings/", rooms.sittings, name="sittings"),
    path("sittings/<uuid:uuid>/", rooms.room, name="sitting"),
    path("sittings/<uuid:uuid>/open/", rooms.open_room, name="sitting_open"),
    path("sittings/<uuid:uuid>/close/", rooms.close_room, name="sitting_close"),
    path("sittings/<uuid:uuid>/cancel/", rooms.cancel_room, name="sitting_cancel"),
    path("sittings/<uuid:uuid>/minutes/", rooms.minutes, name="sitting_minutes"),
    path("attempts/<uuid:uuid>/", seats.seat, name="attempt"),
    path("test-marks/", rooms.marks, name="marks"),
    path("resits/", resits.resits, name="resits"),
    path("resits/new/", resits.new_resit, name="new_resit"),
    path("items/", bank.items, name="items"),
    path("items/new/", items.write, name="new_item"),
    path("items/<uuid:uuid>/", items.item, name="item"),
    path("items/<uuid:uuid>/edit/", items.write, name="edit_item"),
    path("item-versions/<uuid:uuid>/decision/", items.decide, name="decide_version"),
    path("item-approvals/", bank.approvals, name="approvals"),
    path("blueprint/", blueprints.blueprint, name="blueprint"),
]

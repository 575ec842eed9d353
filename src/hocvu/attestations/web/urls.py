"""Addresses of this app."""

from django.urls import path

from .views import classes, corrections, mine, papers, people, register, verify

app_name = "attestations"
urlpatterns = [
    path("verify/", verify.verify, name="verify"),
    path("verify/file/", verify.check_file, name="verify_file"),
    path("verify/<str:code>", verify.verify_code_page, name="verify_code"),
    path("verify/<str:code>/", verify.verify_code_page, name="verify_code_slashed"),
    path("attestations/", classes.class_list, name="classes"),
    path("attestations/classes/<uuid:uuid>/", classes.one_class, name="class"),
    path("attestations/classes/<uuid:uuid>/find/", classes.find, name="find"),
    path("attestations/classes/<uuid:uuid>/mark-sheet/", classes.sheet, name="sheet"),
    path("attestations/classes/<uuid:uuid>/number/", classes.number, name="number"),
    path("attestations/classes/<uuid:uuid>/issue/", classes.start_issue, name="issue"),
    path("attestations/classes/<uuid:uuid>/pause/", classes.pause_issue, name="pause"),
    path("attestations/classes/<uuid:uuid>/progress/", classes.progress, name="progress"),
    path("attestations/classes/<uuid:uuid>/files/", classes.start_files, name="files"),
    path("attestations/classes/<uuid:uuid>/files.zip", papers.class_zip, name="class_zip"),
    path("attestations/mark-sheets/<uuid:uuid>.<str:kind>", papers.mark_sheet_file, name="sheet_file"),
    path("attestations/decisions/<uuid:uuid>.<str:kind>", papers.decision_file, name="decision_file"),
    path("attestations/people/", people.people, name="people"),
    path("attestations/people/<uuid:uuid>/", people.eligibility, name="eligibility"),
    path("attestations/register/", register.register, name="register"),
    path("attestations/register/book.pdf", papers.register_pages, name="register_book"),
    path("attestations/register/<uuid:uuid>/", register.attestation, name="attestation"),
    path("attestations/register/<uuid:uuid>/file.pdf", register.attestation_file, name="file"),
    path("attestations/register/<uuid:uuid>/revoke/", register.revoke_page, name="revoke"),
    path("attestations/corrections/", corrections.corrections, name="corrections"),
    path("attestations/corrections/<uuid:uuid>/", corrections.correction, name="correction"),
    path("my/attestation/", mine.my_attestation, name="mine"),
    path("my/attestation/correction/", mine.ask, name="ask_correction"),
]

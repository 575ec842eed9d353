"""Addresses of people."""

from django.urls import path

from .views import accounts, me, organisations, people, rosters, sign_in, slips

app_name = "people"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("demo/<uuid:uuid>/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("first-run/", accounts.first_run, name="first_run"),
    path("slips/", slips.slip_code, name="slip_code"),
    path("slips/enter/", slips.slip_enter, name="slip_enter"),
    path("slips/<str:code>/", slips.slip, name="slip"),
    path("me/", me.me, name="me"),
    path("me/roles/<int:grant>/", me.choose_role, name="choose_role"),
    path("me/language/", me.language, name="language"),
    path("me/password/", me.password, name="password"),
    path("me/pin/", me.pin, name="pin"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uuid:uuid>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:uuid>/slips/", slips.print_page, name="slips_print"),
    path("people/", people.people, name="people"),
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/slip/", slips.renew, name="slip_renew"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="account_new"),
    path("accounts/<uuid:uuid>/", accounts.account, name="account"),
    path("accounts/<uuid:uuid>/password/", accounts.new_password, name="account_password"),
    path("accounts/<uuid:uuid>/activity/", accounts.activity, name="account_activity"),
    path("accounts/<uuid:uuid>/roles/<int:grant>/end/", accounts.end_grant, name="grant_end"),
    path("rosters/", rosters.rosters, name="rosters"),
    path("rosters/new/", rosters.new_roster, name="roster_new"),
    path("rosters/template/", rosters.template, name="roster_template"),
    path("rosters/<uuid:uuid>/", rosters.roster, name="roster"),
    path("rosters/<uuid:uuid>/apply/", rosters.apply, name="roster_apply"),
    path("rosters/<uuid:uuid>/drop/", rosters.drop, name="roster_drop"),
    path("rosters/<uuid:uuid>/file/", rosters.original, name="roster_file"),
]

"""Addresses of people."""

from django.urls import path

from .views.sign_in import sign_in

app_name = "people"
urlpatterns = [path("sign-in/", sign_in, name="sign_in")]

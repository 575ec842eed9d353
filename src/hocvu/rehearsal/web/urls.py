"""Addresses of this app."""

from django.urls import URLPattern

app_name = "rehearsal"
urlpatterns: list[URLPattern] = []

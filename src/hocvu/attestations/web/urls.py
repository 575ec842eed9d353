"""Addresses of this app."""

from django.urls import URLPattern

app_name = "attestations"
urlpatterns: list[URLPattern] = []

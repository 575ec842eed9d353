"""Addresses of the rehearsal."""

app_name = "rehearsal"
urlpatterns: list[object] = []

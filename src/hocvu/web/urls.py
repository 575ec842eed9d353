"""Addresses of the roof."""

from django.urls import path

from .views import languages
from .views.exports import export
from .views.home import home

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("languages/<slug:code>/", languages.choose_language, name="language"),
    path("exports/<slug:name>/", export, name="export"),
]

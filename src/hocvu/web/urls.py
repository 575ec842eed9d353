"""Addresses of the roof."""

from django.urls import path

from hocvu.campaigns.web.views.public import campaign_public

from .views import languages
from .views.exports import export, export_file, export_state
from .views.feasibility import feasibility
from .views.figures import public_figures
from .views.home import home

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("campaign/", campaign_public, {"live": public_figures}, name="campaign_public"),
    path("campaign/feasibility/", feasibility, name="feasibility"),
    path("languages/<slug:code>/", languages.choose_language, name="language"),
    path("exports/jobs/<uuid:uuid>/", export_state, name="export_state"),
    path("exports/jobs/<uuid:uuid>/file/", export_file, name="export_file"),
    path("exports/<slug:name>/", export, name="export"),
]

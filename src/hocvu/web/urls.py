"""Addresses of the roof."""

from django.urls import path, re_path

from hocvu.campaigns.web.views.public import campaign_public

from .rest.build import addresses, api
from .views import languages
from .views.exports import export, export_file, export_state
from .views.feasibility import feasibility
from .views.figures import public_figures
from .views.health import health
from .views.help import help_of_role, help_page, privacy
from .views.home import home
from .views.ledger import ledger
from .views.programs import programs

app_name = "web"
urlpatterns = [
    path("", home, name="home"),
    path("campaign/", campaign_public, {"live": public_figures}, name="campaign_public"),
    path("campaign/feasibility/", feasibility, name="feasibility"),
    path("languages/<slug:code>/", languages.choose_language, name="language"),
    path("exports/jobs/<uuid:uuid>/", export_state, name="export_state"),
    path("exports/jobs/<uuid:uuid>/file/", export_file, name="export_file"),
    path("exports/<slug:name>/", export, name="export"),
    re_path(r"^healthz/?$", health, name="health"),
    path("ledger/", ledger, name="ledger"),
    path("help/", help_page, name="help"),
    path("help/<slug:role>/", help_of_role, name="help_role"),
    path("privacy/", privacy, name="privacy"),
    path("api/", programs, name="programs"),
    path("api/v1/", addresses(api)),
]

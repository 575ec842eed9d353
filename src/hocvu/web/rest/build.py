"""Put the API together and give its addresses."""

from typing import Any

from django.urls import URLPattern, reverse
from ninja import NinjaAPI
from ninja.operation import Operation

from hocvu.ui.access import public

from . import errors
from .reads import router as reads
from .writes import router as writes

WHAT = (
    "The campaign for programs: the same rules as the pages. Sign in with the session cookie of a browser (then "
    "writing needs the CSRF token), or with a token of the page /api/ in the header Authorization: Bearer. "
    "Every error is {code, message, data}; codes are stable. `x-roles` says who may call an operation."
)


class Api(NinjaAPI):
    """Ninja's API inside the namespace of the roof."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Return what every address begins with."""
        return reverse("web:rest:openapi-json").removesuffix("openapi.json")

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return a short name that stays when the code moves."""
        return operation.view_func.__name__


def build() -> NinjaAPI:
    """Return the API with its operations and errors."""
    made = Api(title="hocvu", version="1.0.0", description=WHAT, urls_namespace="rest", docs_url=None)
    made.add_router("", reads)
    made.add_router("", writes)
    errors.register(made)
    return made


def addresses(api: NinjaAPI) -> tuple[list[Any], str, str]:
    """Return the addresses, each open to the middleware: the operations hold their own door and answer 401."""
    patterns, app_name, namespace = api.urls
    # The root says nothing that the schema does not say.
    kept = [pattern for pattern in patterns if getattr(pattern, "name", "") != "api-root"]
    for pattern in kept:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            pattern.callback = public(pattern.callback)
    return kept, app_name, namespace


api = build()

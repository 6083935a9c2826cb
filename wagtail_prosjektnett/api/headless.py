"""Our API, ready to be mounted: ``path("api/prosjektnett/", api.urls)``."""

from wagtail_prosjektnett.api.document import OPENAPI_EXTRA, DocumentedAPI
from wagtail_prosjektnett.api.problems import register_error_handlers
from wagtail_prosjektnett.api.reference import Reference
from wagtail_prosjektnett.api.router import router

#: The version of the contract. Within a major version, answers are only added to.
VERSION = "1.0.0"

api = DocumentedAPI(
    title="Prosjektnett",
    version=VERSION,
    description="Professional networks of Norwegian public administration: everything that anybody may read.",
    urls_namespace="prosjektnett",
    docs=Reference(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    openapi_extra=OPENAPI_EXTRA,
)
register_error_handlers(api)
api.add_router("", router)

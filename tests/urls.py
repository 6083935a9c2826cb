"""URLs of the site that the tests run in."""

import wagtail
from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from wagtail_prosjektnett.api.headless import api as prosjektnett_api
from wagtail_prosjektnett.api.v2 import api_router
from wagtail_prosjektnett.outputs.sitemaps import SiteSitemap

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", api_router.urls),
    path("api/prosjektnett/", prosjektnett_api.urls),
    path("registration/", include("wagtail_prosjektnett.registration.urls")),
    path("feeds/", include("wagtail_prosjektnett.outputs.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": SiteSitemap}}),
    path("wagtail-sitemap.xml", sitemap),
    path("feedback/", include("wagtail_prosjektnett.feedback.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
if wagtail.VERSION >= (8, 0):
    from wagtail.api.v3.urls import api

    urlpatterns.append(path("api/v3/", api.urls))

urlpatterns.append(path("", include(wagtail_urls)))

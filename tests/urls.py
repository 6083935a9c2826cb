"""URLs of the site that the tests run in."""

import wagtail
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if wagtail.VERSION >= (8, 0):
    from wagtail.api.v3.urls import api

    urlpatterns += [path("api/v3/", api.urls)]
urlpatterns += [path("", include(wagtail_urls))]

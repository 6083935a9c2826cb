"""URLs of the site that takes the load."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.load import door
from wagtail_prosjektnett.api.headless import api as prosjektnett_api

urlpatterns = [
    path("race/", door.begin),
    path("race/<uuid:uid>/", door.told),
    path("race/<uuid:uid>/cancel/", door.cancel),
    path("race/<uuid:uid>/capacity/", door.publish_capacity),
    path("api/prosjektnett/", prosjektnett_api.urls),
    path("", include(wagtail_urls)),
]

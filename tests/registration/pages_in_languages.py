"""URLs of a site whose pages for signing up begin with the code of a language, as other pages do."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests import multilingual_urls

urlpatterns = [
    *(each for each in multilingual_urls.urlpatterns[:-1] if str(each.pattern) != "registration/"),
    *i18n_patterns(
        path("registration/", include("wagtail_prosjektnett.registration.urls")),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]

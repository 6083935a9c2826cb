"""URLs of a site that has our router in an API of its own."""

from django.urls import path
from ninja import NinjaAPI

from tests.urls import urlpatterns as site_urls
from wagtail_prosjektnett.api.problems import register_error_handlers
from wagtail_prosjektnett.api.router import router

api = NinjaAPI(urls_namespace="eget")
register_error_handlers(api)
api.add_router("nettverk", router, url_name_prefix="nett")


@api.get("annet/")
def other(request):
    """An endpoint of the site's own."""
    return {}


@api.get("rom/")
def search(request):
    """An endpoint of the site's own with the name of one of ours."""
    return []


urlpatterns = [path("eget/", api.urls), *site_urls]

"""Our doors, Wagtail's own unchanged ones over the same pages, and the hand-written floor."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from benchmarks import floor
from tests.urls import urlpatterns as ours

stock_v2 = WagtailAPIRouter("stock_v2")
stock_v2.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [
    path("stock/v2/", stock_v2.urls),
    path("floor/gatherings/", floor.gatherings),
    path("floor/nothing/", floor.nothing),
    *ours,
]

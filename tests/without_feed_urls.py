"""URLs of a site that has not included calendars and news as feeds."""

from tests import urls

urlpatterns = [each for each in urls.urlpatterns if getattr(each, "app_name", None) != "prosjektnett_feeds"]

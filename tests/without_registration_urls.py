"""URLs of a site that has not included the pages on which people sign up, or say what they think."""

from tests import urls

OURS = ("prosjektnett_registration", "prosjektnett_feedback")
urlpatterns = [each for each in urls.urlpatterns if getattr(each, "app_name", None) not in OURS]

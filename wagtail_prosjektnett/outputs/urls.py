"""Addresses of calendars and of news as a feed.

A site includes them where it likes, before Wagtail's own::

    path("feeds/", include("wagtail_prosjektnett.outputs.urls")),
"""

from django.urls import path

from wagtail_prosjektnett.outputs import views
from wagtail_prosjektnett.pages.feed_links import NAMESPACE

app_name = NAMESPACE
urlpatterns = [
    path("networks/<int:pk>/calendar.ics", views.network_calendar, name="network_calendar"),
    path("gatherings/<int:pk>/calendar.ics", views.gathering_calendar, name="gathering_calendar"),
    path("occurrences/<uuid:uid>/calendar.ics", views.occurrence_calendar, name="occurrence_calendar"),
    path("networks/<int:pk>/news.atom", views.network_news, name="network_news"),
    path("networks/<int:pk>/news/<str:category>.atom", views.network_news, name="category_news"),
]

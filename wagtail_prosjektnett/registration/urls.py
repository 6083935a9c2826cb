"""Addresses of the pages on which people sign up and find their registration again.

A site includes them where it likes, before Wagtail's own::

    path("registration/", include("wagtail_prosjektnett.registration.urls")),
"""

from django.urls import path

from wagtail_prosjektnett.pages.registration_links import NAMESPACE
from wagtail_prosjektnett.registration import mine, views

app_name = NAMESPACE
urlpatterns = [
    path("<int:pk>/", views.form, name="form"),
    path("<int:pk>/done/", views.done, name="done"),
    path("link/<str:token>/", mine.link, name="link"),
    path("mine/", mine.mine, name="mine"),
    path("mine/confirm/", mine.confirm, name="confirm"),
    path("mine/cancel/", mine.cancel, name="cancel"),
    path("mine/erase/", mine.erase, name="erase"),
    path("erased/", mine.erased, name="erased"),
]

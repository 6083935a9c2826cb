"""Addresses of the pages on which readers say what they think.

A site includes them where it likes, before Wagtail's own::

    path("feedback/", include("wagtail_prosjektnett.feedback.urls")),
"""

from django.urls import path

from wagtail_prosjektnett.feedback import views
from wagtail_prosjektnett.pages.feedback_links import NAMESPACE

app_name = NAMESPACE
urlpatterns = [
    path("<int:pk>/", views.form, name="form"),
    path("<int:pk>/done/", views.done, name="done"),
]

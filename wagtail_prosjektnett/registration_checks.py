"""Numbered checks of how a site lets people sign up. ``docs/reference/checks.md`` says how to mend each."""

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from wagtail_prosjektnett.conf import check_id as _id
from wagtail_prosjektnett.domain.occurrences import RegistrationMethod
from wagtail_prosjektnett.pages.registration_links import form_url
from wagtail_prosjektnett.pages.types import PageRole, page_model


@register(Tags.database)
def check_pages_of_registration(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """W010: people are to sign up by a form here, but nobody can open it."""
    model = page_model(PageRole.GATHERING)
    if model is None or "default" not in (databases or ()):
        return []
    table = model._meta.get_field("registration_method").model._meta.db_table
    if table not in connections["default"].introspection.table_names():
        return []
    page = model.objects.filter(live=True, registration_method=RegistrationMethod.BUILT_IN.value).only("pk").first()
    if page is None or form_url(page) is not None:
        return []
    return [
        Warning(
            "Gatherings take registrations by a form here, but the form has no address.",
            'Put path("registration/", include("wagtail_prosjektnett.registration.urls")) into the URL configuration, '
            "before Wagtail's own.",
            id=_id("W010"),
        )
    ]

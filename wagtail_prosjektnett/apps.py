"""The app that is always installed: records, snippets, admin and API."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProsjektnettConfig(AppConfig):
    """Records, snippets, admin and API of professional networks."""

    name = "wagtail_prosjektnett"
    verbose_name = _("Professional networks")
    default_auto_field = "django.db.models.BigAutoField"

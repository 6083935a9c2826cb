"""The app of the concrete pages. A site with a base page of its own leaves it out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """The concrete pages of professional networks."""

    name = "wagtail_prosjektnett.pages"
    label = "prosjektnett_pages"
    verbose_name = _("Pages of professional networks")
    default_auto_field = "django.db.models.BigAutoField"

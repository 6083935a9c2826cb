"""External frontends in the admin's menu of settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from wagtail_prosjektnett.models import Frontend


class FrontendViewSet(ModelViewSet):
    """External frontends, one for each site that has one.

    ``wagtail.contrib.settings`` would fit as well, but a site need not have it installed.
    """

    model = Frontend
    icon = "desktop"
    menu_label = _("External frontends")
    menu_order = 650  # after Wagtail's Sites and Collections
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["__str__", "address"]
    ordering = ["site__hostname", "site__port"]


frontend_viewset = FrontendViewSet("prosjektnett_frontends")

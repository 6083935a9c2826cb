"""What the package adds to Wagtail. The work itself is done elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import VERSION, hooks
from wagtail.snippets.models import register_snippet

from wagtail_prosjektnett.actions.create_sections import CREATED_WITH_NETWORK
from wagtail_prosjektnett.admin.alias import part_occurrences
from wagtail_prosjektnett.admin.bulk_changes import note_bulk_changes
from wagtail_prosjektnett.admin.frontends import frontend_viewset
from wagtail_prosjektnett.admin.placement import explain_refused_move
from wagtail_prosjektnett.admin.publishing import explain_refused_publication
from wagtail_prosjektnett.admin.sections import create_wanted_sections
from wagtail_prosjektnett.admin.snippets import ProsjektnettViewSetGroup
from wagtail_prosjektnett.admin.webhook_actions import SECRET_RENEWED

register_snippet(ProsjektnettViewSetGroup)

hooks.register("register_admin_viewset", lambda: frontend_viewset)
hooks.register("after_create_page", create_wanted_sections)
hooks.register("after_edit_page", create_wanted_sections)
hooks.register("before_move_page", explain_refused_move)
hooks.register("after_convert_alias_page", part_occurrences)
hooks.register("before_bulk_action", explain_refused_publication)
hooks.register("after_bulk_action", note_bulk_changes)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Give the history of pages and webhooks words for what we do."""
    actions.register_action(CREATED_WITH_NETWORK, _("Create with the network"), _("Created with the network"))
    actions.register_action(SECRET_RENEWED, _("Renew the secret"), _("Secret renewed"))


if VERSION >= (8, 0):

    @hooks.register("register_actions")
    def register_actions(registry: Any) -> None:
        """Let API v3 say why a page may not be copied or moved."""
        from wagtail_prosjektnett.api import v3_actions

        v3_actions.register(registry)

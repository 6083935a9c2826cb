"""What the package adds to Wagtail. The work itself is done elsewhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import VERSION, hooks
from wagtail.snippets.models import register_snippet

from wagtail_prosjektnett.actions.create_sections import CREATED_WITH_NETWORK
from wagtail_prosjektnett.admin.bulk_changes import note_bulk_changes
from wagtail_prosjektnett.admin.erasure import ErasureMenuItem, erasure_permission, erasure_urls
from wagtail_prosjektnett.admin.feedback.bulk import BULK_ACTIONS as FEEDBACK_BULK_ACTIONS
from wagtail_prosjektnett.admin.feedback.history import register_feedback_actions
from wagtail_prosjektnett.admin.feedback.summary import add_feedback_summary
from wagtail_prosjektnett.admin.feedback.viewset import feedback_viewset
from wagtail_prosjektnett.admin.frontends import frontend_viewset
from wagtail_prosjektnett.admin.placement import explain_refused_move
from wagtail_prosjektnett.admin.publishing import explain_refused_publication
from wagtail_prosjektnett.admin.registrations.bulk import BULK_ACTIONS
from wagtail_prosjektnett.admin.registrations.history import register_registration_actions
from wagtail_prosjektnett.admin.registrations.viewset import registration_viewset
from wagtail_prosjektnett.admin.reviews.report import ReviewMenuItem
from wagtail_prosjektnett.admin.reviews.still_valid import StillValidFormatter, still_valid_buttons
from wagtail_prosjektnett.admin.reviews.urls import review_urls
from wagtail_prosjektnett.admin.sections import create_wanted_sections
from wagtail_prosjektnett.admin.signed_up import (
    OccurrencesKept,
    explain_refused_bulk_deletion,
    explain_refused_deletion,
    tell_of_bulk_changes,
    tell_of_kept,
    tell_of_moved,
    tell_of_unpublished,
)
from wagtail_prosjektnett.admin.snippets import ProsjektnettViewSetGroup
from wagtail_prosjektnett.admin.webhook_actions import SECRET_RENEWED
from wagtail_prosjektnett.admin.wide_tables import admin_stylesheet
from wagtail_prosjektnett.pages.indexing import ask_not_to_index
from wagtail_prosjektnett.pages.kept_occurrences import OCCURRENCES_KEPT
from wagtail_prosjektnett.review.still_valid import STILL_VALID

register_snippet(ProsjektnettViewSetGroup)

hooks.register("register_admin_viewset", lambda: frontend_viewset)
hooks.register("register_admin_viewset", lambda: registration_viewset)
hooks.register("register_admin_viewset", lambda: feedback_viewset)
for _action in (*BULK_ACTIONS, *FEEDBACK_BULK_ACTIONS):
    hooks.register("register_bulk_action", _action)
hooks.register("insert_global_admin_css", admin_stylesheet)
hooks.register("on_serve_page", ask_not_to_index)
hooks.register("after_create_page", create_wanted_sections)
hooks.register("after_edit_page", create_wanted_sections)
hooks.register("before_move_page", explain_refused_move)
hooks.register("construct_homepage_summary_items", add_feedback_summary)
hooks.register("register_admin_urls", erasure_urls)
hooks.register("register_permissions", erasure_permission)
hooks.register("register_settings_menu_item", ErasureMenuItem)
hooks.register("register_admin_urls", review_urls)
hooks.register("register_reports_menu_item", ReviewMenuItem)
hooks.register("register_page_header_buttons", still_valid_buttons)
hooks.register("before_bulk_action", explain_refused_publication)
hooks.register("before_bulk_action", explain_refused_bulk_deletion)
hooks.register("before_delete_page", explain_refused_deletion)
hooks.register("before_edit_page", tell_of_kept)
hooks.register("after_bulk_action", note_bulk_changes)
hooks.register("after_bulk_action", tell_of_bulk_changes)
hooks.register("after_move_page", tell_of_moved)
hooks.register("after_unpublish_page", tell_of_unpublished)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Give the history of pages and webhooks words for what we do."""
    register_registration_actions(actions)
    register_feedback_actions(actions)
    actions.register_action(CREATED_WITH_NETWORK, _("Create with the network"), _("Created with the network"))
    actions.register_action(OCCURRENCES_KEPT)(OccurrencesKept)
    actions.register_action(STILL_VALID)(StillValidFormatter)
    actions.register_action(SECRET_RENEWED, _("Renew the secret"), _("Secret renewed"))


if VERSION >= (8, 0):

    @hooks.register("register_actions")
    def register_actions(registry: Any) -> None:
        """Let API v3 say why a page may not be copied or moved."""
        from wagtail_prosjektnett.api import v3_actions

        v3_actions.register(registry)

"""The actions of API v3 that copy and move pages, with the reason when the lifecycle forbids it.

Wagtail's own refusals are generic, and its copying asks nothing about the pages inside a branch.
"""

from typing import Any

import swapper
from django.utils import timezone
from wagtail.actions import CopyPageAction, CreatePageAliasAction, MovePageAction

from wagtail_prosjektnett.pages.placement import refuse_copy, refuse_move


class PlacedMovePageAction(MovePageAction):
    """Moves a page unless the lifecycle of its new network forbids a gathering in it."""

    def check(self, parent_after: Any, skip_permission_checks: bool = False) -> None:
        """Raise ``PlacementRefused`` with the reason, or what Wagtail raises."""
        refuse_move(self.page, parent_after, timezone.now())
        super().check(parent_after, skip_permission_checks=skip_permission_checks)


class PlacedCopyPageAction(CopyPageAction):
    """Copies a page unless the lifecycle of its new network forbids a gathering in it."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Raise ``PlacementRefused`` with the reason, or what Wagtail raises."""
        super().check(skip_permission_checks=skip_permission_checks)
        parent = self.to or self.page.get_parent()
        refuse_copy(self.page, parent, timezone.now(), recursive=self.recursive)


class PlacedCreatePageAliasAction(CreatePageAliasAction):
    """Makes an alias of a page unless the lifecycle of its new network forbids a gathering in it."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Raise ``PlacementRefused`` with the reason, or what Wagtail raises."""
        super().check(skip_permission_checks=skip_permission_checks)
        parent = self.parent or self.page.get_parent()
        refuse_copy(self.page, parent, timezone.now(), recursive=self.recursive)


def register(registry: Any) -> None:
    """Put the actions in the place of Wagtail's in its registry."""
    page_model = swapper.load_model("wagtailcore", "Page")
    for action in (PlacedMovePageAction, PlacedCopyPageAction, PlacedCreatePageAliasAction):
        registry.register(page_model, action)

"""The actions of API v3 that copy, move, change, publish and delete pages, with the reason when a rule forbids it.

Wagtail's own refusals are generic, and its copying asks nothing about the pages inside a branch.
"""

from typing import Any

import swapper
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions import (
    CopyPageAction,
    CreatePageAliasAction,
    DeletePageAction,
    EditPageAction,
    MovePageAction,
    PublishPageRevisionAction,
)

from wagtail_prosjektnett.pages.deletion import refuse_deletion
from wagtail_prosjektnett.pages.placement import refuse_copy, refuse_move
from wagtail_prosjektnett.pages.publishing import refuse_publication


class PlacedMovePageAction(MovePageAction):
    """Moves a page unless the lifecycle of its new network forbids a gathering in it."""

    def check(self, parent_after: Any, skip_permission_checks: bool = False) -> None:
        """Raise ``PlacementRefused`` with the reason, or what Wagtail raises.

        The reason names pages, so it is for those only who may move the page there.
        """
        if skip_permission_checks or self._may_move(parent_after):
            refuse_move(self.page, parent_after, timezone.now())
        super().check(parent_after, skip_permission_checks=skip_permission_checks)

    def _may_move(self, parent_after: Any) -> bool:
        if self.user is None:
            return True
        may_leave = self.page.permissions_for_user(self.user).can_move()
        return may_leave and parent_after.permissions_for_user(self.user).can_add_subpage()


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


class AliasRefused(PermissionDenied):
    """Raised when an alias would be changed: it shows what its source does."""


class SourceEditPageAction(EditPageAction):
    """Changes a page unless it is an alias, which has nothing of its own to change."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Raise ``AliasRefused`` with the reason, or what Wagtail raises."""
        super().check(skip_permission_checks=skip_permission_checks)
        if self.instance.alias_of_id:
            message = _("“%(page)s” is an alias. Change the page that it shows, or make it a page of its own first.")
            raise AliasRefused(message % {"page": self.instance.title})


class CheckedPublishPageRevisionAction(PublishPageRevisionAction):
    """Publishes a revision unless it breaks the rules that the edit form would hold it to."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Raise ``PublicationRefused`` with the reason, or what Wagtail raises."""
        super().check(skip_permission_checks=skip_permission_checks)
        refuse_publication(self.object, timezone.now())


class CheckedDeletePageAction(DeletePageAction):
    """Deletes a page unless people have signed up for a gathering at or below it."""

    def check(self, skip_permission_checks: bool = False) -> None:
        """Raise ``DeletionRefused`` with the reason, or what Wagtail raises."""
        super().check(skip_permission_checks=skip_permission_checks)
        refuse_deletion(self.page)


ACTIONS = (
    PlacedMovePageAction,
    PlacedCopyPageAction,
    PlacedCreatePageAliasAction,
    SourceEditPageAction,
    CheckedPublishPageRevisionAction,
    CheckedDeletePageAction,
)


def register(registry: Any) -> None:
    """Put the actions in the place of Wagtail's in its registry."""
    page_model = swapper.load_model("wagtailcore", "Page")
    for action in ACTIONS:
        registry.register(page_model, action)

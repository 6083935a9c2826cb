"""Who may see and change what people have sent in: who may edit the page that it belongs to.

It is the page that the facts come from. What belongs to a page that was deleted is for superusers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_prosjektnett.admin.permissions import REDELIVER

#: Nobody deletes a row here: a registration would leave its seat taken, and what was said would be told no more.
_ACTIONS = frozenset({"view", "change", REDELIVER})


class PageOwnedPermissionPolicy(BasePermissionPolicy):
    """The permissions of a model whose rows belong to pages."""

    def owned_by(self, user: Any) -> Q:
        """Return what tells the rows of the pages that a user handles."""
        raise NotImplementedError

    def handles_any(self, user: Any) -> bool:
        """Whether there is any page whose rows an active user handles."""
        raise NotImplementedError

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there is any page whose rows a user handles; asked once for each request."""
        return action in _ACTIONS and user.is_active and (user.is_superuser or self._known(user))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether a user handles what belongs to the page of one row."""
        return self.instances_user_has_permission_for(user, action).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> Any:
        """Return what belongs to the pages that a user handles."""
        everything = self.model._default_manager.all()
        if not user.is_active or _ACTIONS.isdisjoint(actions):
            return everything.none()
        return everything if user.is_superuser else everything.filter(self.owned_by(user))

    def users_with_any_permission(self, actions: Iterable[str]) -> Any:
        """Return the users who may edit pages somewhere."""
        return PagePermissionPolicy().users_with_any_permission({"change"} if _ACTIONS.intersection(actions) else ())

    def _known(self, user: Any) -> bool:
        known = user.__dict__.setdefault("_prosjektnett_handles", {})
        if type(self) not in known:
            known[type(self)] = self.handles_any(user)
        return known[type(self)]

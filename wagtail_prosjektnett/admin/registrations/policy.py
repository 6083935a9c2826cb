"""Who may see and change registrations and what hangs on them: who may edit the page of the gathering."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from wagtail_prosjektnett.admin.page_policy import PageOwnedPermissionPolicy
from wagtail_prosjektnett.admin.permissions import make_known
from wagtail_prosjektnett.models import SeatPool
from wagtail_prosjektnett.pages.sources import keys_editable_by
from wagtail_prosjektnett.pages.types import PageRole


class GatheringPermissionPolicy(PageOwnedPermissionPolicy):
    """The permissions of a model whose rows belong to the seats of an occurrence; ``pool`` is the way to those."""

    def __init__(self, model: Any, pool: str = "") -> None:
        super().__init__(model)
        self._key = f"{pool}__gathering_key" if pool else "gathering_key"

    def owned_by(self, user: Any) -> Q:
        """Return what tells the rows of the gatherings whose registrations a user handles."""
        return Q(**{f"{self._key}__in": keys_editable_by(user, PageRole.GATHERING)})

    def handles_any(self, user: Any) -> bool:
        """Whether there is any gathering whose registrations a user handles."""
        return pools_handled_by(user).exists()


def gathering_policy(model: type, pool: str) -> GatheringPermissionPolicy:
    """Return the policy of a model, known to Wagtail."""
    policy = GatheringPermissionPolicy(model, pool)
    make_known(model, policy)
    return policy


def pools_handled_by(user: Any) -> Any:
    """Return the seats whose registrations a user handles."""
    return GatheringPermissionPolicy(SeatPool).instances_user_has_permission_for(user, "change")

"""What is done to several rows at once from a list of what people have sent in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from wagtail.admin.views.bulk_action import BulkAction

from wagtail_prosjektnett.admin.keys import KEY
from wagtail_prosjektnett.admin.searching import with_text

_ID = re.compile(KEY)


class HandledBulkAction(BulkAction):
    """Does something to those of the chosen that the user handles. Of others, nobody learns that they exist."""

    #: Set by the subclass: who handles what, and how the list is narrowed down.
    policy: Any = None
    filterset_class: Any = None
    search_fields: Sequence[str] = ()
    #: What is read together with each row.
    read_with: tuple[str, ...] = ()

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """Return those of the chosen that the user handles; raises ``Http404`` where there are none."""
        if not hasattr(self, "_chosen"):
            handled = self.policy.instances_user_has_permission_for(self.request.user, "change")
            if self.read_with:  # with nothing named, Django would read all that a row refers to
                handled = handled.select_related(*self.read_with)
            ids = self.request.GET.getlist("id")
            if "all" not in ids and not all(_ID.fullmatch(each) for each in ids):
                raise Http404
            self._chosen = list(self._listed(handled) if "all" in ids else handled.filter(pk__in=ids))
        if not self._chosen:
            raise Http404
        return self._chosen, {"items_with_no_access": []}

    def _listed(self, handled: Any) -> Any:
        """Return what the list was narrowed down to when all of it was chosen."""
        filters = self.filterset_class(self.request.GET, queryset=handled, request=self.request)
        if not filters.is_valid():
            raise Http404
        text = self.request.GET.get("q", "").replace("\x00", "")
        return with_text(filters.qs, self.search_fields, text) if text else filters.qs

    def get_execution_context(self) -> dict[str, Any]:
        """Return who does it."""
        return {"user": self.request.user}

"""What stands at one path of our API: its operations, of which the last refuses whatever the others do not take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja.operation import Operation, PathView


class RefusingPathView(PathView):
    """The operations at one path; a method that nobody has heard of is refused as every other that it does not have."""

    def clone(self) -> PathView:
        """Return a copy for another API; ninja's own is of its own class."""
        cloned = type(self)()
        vars(cloned).update(vars(super().clone()))
        return cloned

    def _find_operation(self, request: HttpRequest) -> Operation | None:
        return super()._find_operation(request) or self.operations[-1]


class OwnTransactions(RefusingPathView):
    """The operations at one path, outside the transaction that ``ATOMIC_REQUESTS`` puts round a request.

    A seat is given out by the first statement of a transaction.
    """

    def get_view(self) -> Callable[..., Any]:
        """Return the view of the path."""
        return transaction.non_atomic_requests(super().get_view())

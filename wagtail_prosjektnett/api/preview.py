"""Who may read a draft through our API: an external frontend that an editor has given a token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja.security import HttpBearer

from wagtail_prosjektnett.api.tokens import NothingForToken
from wagtail_prosjektnett.pages.frontend_preview import draft_of
from wagtail_prosjektnett.visibility import PublicVisibility

if TYPE_CHECKING:
    from django.http import HttpRequest


class PreviewToken(HttpBearer):
    """A token of an editor's preview in the header ``Authorization``; in an address it would end up in logs.

    No token, a wrong one and one that is too old are answered alike.
    """

    openapi_description = "The token that the preview of an editor gave the frontend."

    def __call__(self, request: HttpRequest) -> Any:
        """Return the draft. Raises ``NothingForToken`` where there is none."""
        draft = super().__call__(request)
        if draft is None:
            raise NothingForToken
        return draft

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the draft that a token was given for, if it belongs to the site that is asked."""
        draft = draft_of(token)
        roots = PublicVisibility(request).root_paths
        return draft if draft is not None and draft.path.startswith(roots) else None

"""Who may see and change a registration through our API: whoever has the token that stands in its mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja.security import HttpBearer

from wagtail_prosjektnett.api.tokens import NothingForToken
from wagtail_prosjektnett.records.tokens import registration_by_token

if TYPE_CHECKING:
    from django.http import HttpRequest


class ParticipantToken(HttpBearer):
    """The token of a registration in the header ``Authorization``.

    No token, a wrong one and one whose registration was erased are looked for and answered alike.
    """

    openapi_description = "The token of a registration, from the link in its mail."

    def __call__(self, request: HttpRequest) -> Any:
        """Return the registration. Raises ``NothingForToken`` where there is none."""
        scheme, _space, token = request.headers.get(self.header, "").partition(" ")
        found = self.authenticate(request, token.strip() if scheme.lower() == self.openapi_scheme else "")
        if found is None:
            raise NothingForToken
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return the registration that a token opens, or None; one query, whatever the token."""
        return registration_by_token(token)

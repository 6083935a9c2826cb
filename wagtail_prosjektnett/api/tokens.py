"""Tokens that open one thing of one person's; they are sent in a header, since in an address they end up in logs."""

from django.http import Http404


class NothingForToken(Http404):
    """Raised where nothing belongs to what was sent as a token, or to none; nobody keeps the answer."""

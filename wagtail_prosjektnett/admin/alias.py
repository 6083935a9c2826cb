"""Gives a page that was an alias of a gathering occurrences of its own."""

from typing import Any

from django.http import HttpRequest

from wagtail_prosjektnett.pages.occurrence_keys import renew_keys
from wagtail_prosjektnett.pages.types import PageRole, has_role


def part_occurrences(request: HttpRequest, page: Any) -> None:
    """Give a gathering that was an alias until now keys of its own, live and in its first revision.

    An alias in another language becomes a translation, which shares the keys of its source.
    """
    gathering = page.specific
    if has_role(gathering, PageRole.GATHERING) and gathering.facts_source is None:
        renew_keys(gathering)
        gathering.save()
        revision = gathering.save_revision(user=request.user, changed=False)
        if gathering.live:
            gathering.live_revision = revision
            gathering.save(update_fields=["live_revision"])

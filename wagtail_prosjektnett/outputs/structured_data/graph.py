"""All that is told of a page in one script of JSON-LD, which no browser runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wagtail_prosjektnett.outputs.structured_data.articles import article_things, news_things
from wagtail_prosjektnett.outputs.structured_data.events import event_things
from wagtail_prosjektnett.outputs.structured_data.networks import network_things
from wagtail_prosjektnett.outputs.structured_data.things import Shown, Thing, known
from wagtail_prosjektnett.pages.canonical import canonical_urls
from wagtail_prosjektnett.pages.types import PageRole

if TYPE_CHECKING:
    from django.http import HttpRequest

_DESCRIBE: dict[PageRole, Callable[[Shown], list[Thing]]] = {
    PageRole.NETWORK: network_things,
    PageRole.GATHERING: event_things,
    PageRole.ANNOUNCEMENT: news_things,
    PageRole.EXPERIENCE: article_things,
}
#: What would end a script, begin another or break a line in it, as a string of JSON may write it too.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def structured_data(page: Any, request: HttpRequest, at: datetime, context: dict[str, Any]) -> str:
    """Return what search engines are told of a page of a network at an aware instant, as JSON-LD for a ``script``.

    ``context`` is that of the page's template: nothing is told that the reader of the page does not see.
    """
    shown = Shown(page, request, at, context)
    describe = _DESCRIBE.get(page.role)
    things = [*(describe(shown) if describe else ()), *_breadcrumbs(shown)]
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _breadcrumbs(shown: Shown) -> list[Thing]:
    """Return the way to the page from the top of the site; one that has nothing above it needs none."""
    pages = [*shown.context["breadcrumbs"], shown.page]
    if len(pages) < 2:
        return []
    steps = [
        known({"@type": "ListItem", "position": number, "name": page.title, "item": url})
        for number, (page, url) in enumerate(zip(pages, canonical_urls(pages, shown.request), strict=True), start=1)
    ]
    return [known({"@type": "BreadcrumbList", "@id": shown.id_of("breadcrumbs"), "itemListElement": steps})]

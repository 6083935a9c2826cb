"""News and articles of the experience base, as https://schema.org/NewsArticle and https://schema.org/Article.

Nobody is named as their author: the network is, since what search engines have read stays there when a person has left.
"""

from __future__ import annotations

from typing import Any

from wagtail.rich_text import get_text_for_indexing

from wagtail_prosjektnett.outputs.structured_data.things import (
    Shown,
    Thing,
    described,
    known,
    language_of,
    network_thing,
)
from wagtail_prosjektnett.pages.canonical import canonical_url
from wagtail_prosjektnett.wording.lines import on_one_line


def news_things(shown: Shown) -> list[Thing]:
    """Return a piece of news."""
    page = shown.page
    return [
        described(
            "NewsArticle",
            shown,
            **_text(shown),
            articleSection=page.category_label,
            about=_page_thing(shown.context.get("gathering"), shown),
            correction=on_one_line(get_text_for_indexing(page.correction)),
        )
    ]


def article_things(shown: Shown) -> list[Thing]:
    """Return an article of the experience base, with its topics and phases."""
    page = shown.page
    topics = [topic.name for topic in page.shown_topics]
    where = known({"@type": "AdministrativeArea", "name": page.municipality.name}) if page.municipality else None
    return [
        described(
            "Article",
            shown,
            **_text(shown),
            articleSection=page.get_kind_display(),
            about=[{"@type": "Thing", "name": name} for name in topics],
            keywords=[*topics, *(phase.name for phase in page.shown_phases)],
            spatialCoverage=where,
            isBasedOn=_page_thing(shown.context.get("gathering"), shown, "CreativeWork"),
        )
    ]


def _text(shown: Shown) -> Thing:
    """Return what all that is written has: a headline, the dates that are shown, and who stands behind it."""
    page, network = shown.page, network_thing(shown)
    published, changed = page.published_day, page.changed_day or page.published_day
    return {
        "headline": page.title,
        "mainEntityOfPage": shown.url,
        "inLanguage": language_of(page),
        "datePublished": published.isoformat() if published else None,
        "dateModified": changed.isoformat() if changed else None,
        "author": network,
        "publisher": network,
        "isPartOf": _page_thing(next(reversed(shown.context["breadcrumbs"]), None), shown, "CollectionPage"),
    }


def _page_thing(page: Any, shown: Shown, what: str = "Thing") -> Thing | None:
    """Return another page by its name and address; a gathering is no event here, as its dates are told on its page."""
    if page is None:
        return None
    url = canonical_url(page, shown.request, shown.network)
    return known({"@type": what, "name": page.title, "url": url})

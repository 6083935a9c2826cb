"""The sitemap of a site with networks, in Wagtail's own view for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import swapper
from django.utils import timezone
from wagtail.contrib.sitemaps import Sitemap

from wagtail_prosjektnett.pages.indexing import may_be_indexed
from wagtail_prosjektnett.pages.languages import preload_translations
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.visibility import read_as_anybody

#: How many pages are read together: what networks and languages they have costs two queries for all of them.
TOGETHER = 1000


class SiteSitemap(Sitemap):
    """Every page of a site that anybody may read and search engines may list, in all its languages.

    Pages of networks tell of themselves; what a page type of the site's own tells with ``get_sitemap_urls()`` is taken
    over, but for pages below a network that is not to be listed.
    """

    def items(self) -> Any:
        """Return the pages of the site that anybody may read, in the order of the tree."""
        pages = swapper.load_model("wagtailcore", "Page").objects.order_by("path")
        return read_as_anybody(self.request).visible(pages).defer_streamfields().specific()

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls, at = [], timezone.now()
        for pages in _together(self.paginator.page(page).object_list.iterator()):
            networks_of(self.request).preload(pages)
            preload_translations(pages, self.request)
            for each in pages:
                if may_be_indexed(each, self.request, at):
                    urls += each.get_sitemap_urls(self.request)
        changes = {url.get("lastmod") for url in urls}
        if changes and None not in changes:
            self.latest_lastmod = max(changes)
        return urls


def _together(pages: Iterator[Any]) -> Iterator[list[Any]]:
    while found := list(islice(pages, TOGETHER)):
        yield found

"""Pages as our API tells them: full items, read together whatever their types."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wagtail_prosjektnett.api.block_kinds import kind_of
from wagtail_prosjektnett.api.collecting import collect, load_rows
from wagtail_prosjektnett.api.details import DETAILS, Item
from wagtail_prosjektnett.api.lookups import Found, Telling
from wagtail_prosjektnett.api.needs import Needs
from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.banner import network_banner
from wagtail_prosjektnett.pages.languages import language_tag, own_name
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import PageRole, has_role, type_of
from wagtail_prosjektnett.references import PageData, SectionData
from wagtail_prosjektnett.visibility import visibility_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wagtail_prosjektnett.api import schemas


class Items:
    """Pages of networks that are told together at an aware instant: what they refer to is looked up once.

    With ``network``, all pages are that network and pages below it, of it or of a network inside it, and its sections
    are looked up as well. The rows of ``draft``, one of the pages, are those that it brings along. Without ``whole``,
    nothing is looked up but the networks. With ``parents``, Wagtail need not ask for the page above each.
    """

    def __init__(
        self,
        pages: Iterable[Any],
        request: HttpRequest,
        at: datetime,
        *,
        network: Any = None,
        draft: Any = None,
        whole: bool = True,
        parents: bool = False,
    ) -> None:
        self.network = network
        self.pages = list(pages)
        self.request = request
        self.at = at
        self.networks = networks_of(request)
        self._of_networks: dict[int, schemas.OfNetworkData] = {}
        if whole:
            load_rows([page for page in self.pages if page is not draft], visibility_for(request))
        queries.share_translations(self.pages)
        self.found = Found(self._needs(whole, parents), request)
        self._meet_networks()
        self.found.pages.load_more()
        self.found.load_names()
        if parents:
            self._give_parents()
        self.networks.expand = lambda text, network: self.found.html(text, network.locale_id)

    def tell(self, page: Any) -> dict[str, Any]:
        """Return one of the pages as the API tells it, by its role."""
        return {**self._content(page), **DETAILS[page.role](Item(page, self))}

    def refer(self, page: Any) -> Any:
        """Return what is told of a page of any type."""
        return {
            "id": page.pk,
            "type": type_of(page),
            "title": page.title,
            "url": page.get_full_url(self.request),
            "language": language_tag(page.locale.language_code),
            **self.of_network(page),
        }

    def sections(self) -> list[SectionData]:
        """Return the visible pages directly below the network that was given."""
        return [
            {"id": page.pk, "title": page.title, "url": page.get_full_url(self.request), "type": type_of(page)}
            for page in self.found.children
        ]

    def _meet_networks(self) -> None:
        """Let the pages know their networks, and note what these refer to."""
        needs = self.found.needs
        self.networks.remember(needs.networks, self.found.pages.networks)
        if self.network is not None:
            # As it was given: an editor may be previewing it. None of the other pages is a network.
            self.networks.remember([page.path for page in self.pages], [self.network])
        self.networks.introduce(self.pages)
        for network in self._shown_networks():
            network.translations = self.found
            needs.locales.add(network.locale_id)
            needs.html(network.banner_text)
            needs.html(network.guidance_how)
            if (known := self.found.pages.by_pk.get(network.successor_page_id)) is not None:
                network.successor_page = known
            successor = network.successor_page
            if successor is not None and successor.locale_id != network.locale_id:
                needs.pages.add(successor.pk)

    def _give_parents(self) -> None:
        for page in self.pages:
            if (parent := self.found.pages.at(page.path[: -page.steplen])) is not None:
                page._cached_parent_obj = parent  # where the tree keeps it

    def _needs(self, whole: bool, parents: bool) -> Needs:
        needs = Needs(parent=self.network, locales={page.locale_id for page in self.pages})
        if parents:
            needs.paths = {page.path[: -page.steplen] for page in self.pages if page.path}
        for page in self.pages if whole else ():
            collect(page, needs)
        needs.articles = [page for page in self.pages if has_role(page, PageRole.EXPERIENCE)]
        needs.networks = self.networks.unknown(self.pages)
        if self.network is not None:
            needs.networks -= {page.path for page in self.pages}
        return needs

    def _shown_networks(self) -> set[Any]:
        return {network for page in self.pages if (network := self.networks.nearest_shown(page)) is not None}

    def _content(self, page: Any) -> dict[str, Any]:
        return {
            "id": page.pk,
            "title": page.title,
            "slug": page.slug,
            "url": page.get_full_url(self.request),
            "seo_title": getattr(page, "seo_title", ""),
            "search_description": getattr(page, "search_description", ""),
            "language": language_tag(page.locale.language_code),
            "translations": [self._translation(each) for each in self.found.translations(page)],
            "published": page.published_day,
            "changed": page.changed_day,
            **self.of_network(page),
            "type": page.role.value,
            "lead": page.lead,
            "image": self.found.image(page.image_id),
            "body": self.stream(page, "body"),
        }

    def _translation(self, page: Any) -> schemas.TranslationData:
        code = page.locale.language_code
        return {
            "id": page.pk,
            "title": page.title,
            "url": page.get_full_url(self.request),
            "language": language_tag(code),
            "name": own_name(code),
        }

    def of_network(self, page: Any) -> schemas.OfNetworkData:
        """Return what is told of a page's network; it is the same for all pages of one."""
        network = self.networks.nearest_shown(page)
        if network is None:
            return {"network": None, "lifecycle": None, "network_banner": None}
        if network.pk not in self._of_networks:
            banner = network_banner(page, self.at, self.request)
            reference: PageData = {"id": network.pk, "title": network.title, "url": network.get_full_url(self.request)}
            self._of_networks[network.pk] = {
                "network": reference if visibility_for(self.request).shows(network) else None,
                "lifecycle": network.lifecycle_data(self.at),
                "network_banner": banner.data() if banner else None,
            }
        return self._of_networks[network.pk]

    def stream(self, page: Any, name: str) -> Any:
        """Return the blocks of a StreamField."""
        value = getattr(page, name)
        telling = Telling(page, self.found, self.request)
        return kind_of(value.stream_block).tell(value.stream_block, list(value.raw_data), telling)

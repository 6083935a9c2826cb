"""The endpoints of our API, as a router that a site can add to an API of its own."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router

from wagtail_prosjektnett.api import schemas
from wagtail_prosjektnett.api.answers import read, tell_successor
from wagtail_prosjektnett.api.items import Items
from wagtail_prosjektnett.api.parameters import (
    AddressParameters,
    AnnouncementParameters,
    ExperienceParameters,
    GatheringParameters,
    ListParameters,
    NetworkItemsParameters,
    PageId,
    Parameters,
    SearchParameters,
)
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.addresses import resolve
from wagtail_prosjektnett.pages.banner import successor_of
from wagtail_prosjektnett.pages.facets import facets
from wagtail_prosjektnett.pages.listings import Where, WhichAnnouncements, WhichArticles, WhichGatherings
from wagtail_prosjektnett.pages.queries import LANDING_PAGE_ITEMS
from wagtail_prosjektnett.pages.search import matching
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import PageRole

router = Router(tags=["prosjektnett"])


@read(router, "gatherings/", schemas.GatheringList, "listGatherings", GatheringParameters)
def list_gatherings(request: HttpRequest, parameters: Query[GatheringParameters]) -> Any:
    """List gatherings by their first start.

    Each is told in full, with every time and place and its statuses at this moment.
    """
    at = timezone.now()
    which = WhichGatherings(
        **_where(parameters),
        event_status=parameters.event_status,
        registration_status=parameters.registration_status,
        season=parameters.season,
        year=parameters.year,
        municipality=parameters.municipality,
        region=parameters.region,
        first_day=parameters.from_,
        last_day=parameters.to,
    )
    pages = listings.gatherings(request, which, at, latest_first=parameters.latest_first)
    return _part(request, pages, parameters, at)


@read(router, "gatherings/{id}/", schemas.GatheringData, "getGathering", Parameters, item=True)
def get_gathering(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get a gathering.

    It is told with every time and place, and its statuses at this moment; next_change tells when they change.
    """
    return _item(request, PageRole.GATHERING, id)


@read(router, "networks/", schemas.NetworkList, "listNetworks", ListParameters)
def list_networks(request: HttpRequest, parameters: Query[ListParameters]) -> Any:
    """List networks by their titles.

    Each is told with its members and contact people; what its landing page shows besides comes with the network alone.
    """
    pages = listings.networks(request, Where(language=parameters.locale))
    return _part(request, pages, parameters, timezone.now())


@read(router, "networks/{id}/", schemas.NetworkPageData, "getNetwork", Parameters, item=True)
def get_network(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get a network with all that its landing page shows.

    Gatherings ahead come first; those that are over fill up to ten in all.
    """
    at, most = timezone.now(), LANDING_PAGE_ITEMS
    network = _find(request, PageRole.NETWORK, id)
    gatherings = listings.landing_page_gatherings(request, network, at, most)
    news, _count = listings.part_of(listings.announcements(request, WhichAnnouncements(network)), 0, most)
    articles, _count = listings.part_of(listings.articles(request, WhichArticles(network)), 0, most)
    items = Items([network, *gatherings, *news, *articles], request, at, network=network)
    _tell_successor(request, network)
    return {
        "network": items.tell(network),
        "sections": items.sections(),
        "upcoming_gatherings": [items.tell(page) for page in gatherings if page.ahead],
        "held_gatherings": [items.tell(page) for page in gatherings if not page.ahead],
        "announcements": [items.tell(page) for page in news],
        "experiences": [items.tell(page) for page in articles],
    }


@read(router, "announcements/", schemas.AnnouncementList, "listAnnouncements", AnnouncementParameters)
def list_announcements(request: HttpRequest, parameters: Query[AnnouncementParameters]) -> Any:
    """List news: featured first, then newest first.

    Each is told in full.
    """
    which = WhichAnnouncements(**_where(parameters), category=parameters.category, gathering=parameters.gathering)
    return _part(request, listings.announcements(request, which), parameters, timezone.now())


@read(router, "announcements/{id}/", schemas.AnnouncementData, "getAnnouncement", Parameters, item=True)
def get_announcement(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get a piece of news.

    A correction is told apart from the text, so that it can be shown above it.
    """
    return _item(request, PageRole.ANNOUNCEMENT, id)


@read(router, "experiences/", schemas.ExperienceList, "listExperiences", ExperienceParameters)
def list_experiences(request: HttpRequest, parameters: Query[ExperienceParameters]) -> Any:
    """List articles of the experience base, newest first, with facets.

    A search looks through the newest 500 articles that match.
    """
    words, network = parameters.q, parameters.network
    which = WhichArticles(
        **_where(parameters),
        kind=parameters.kind,
        topic=parameters.topic,
        phase=parameters.phase,
        municipality=parameters.municipality,
        ids=None if words is None else matching(request, words, network, PageRole.EXPERIENCE),
    )
    part = _part(request, listings.articles(request, which), parameters, timezone.now())
    return {**part, "facets": facets(request, which)}


@read(router, "experiences/{id}/", schemas.ExperienceData, "getExperience", Parameters, item=True)
def get_experience(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get an article of the experience base.

    It is told with its lessons, its resources, and those of its related pages that anybody may read.
    """
    return _item(request, PageRole.EXPERIENCE, id)


@read(router, "pages/", schemas.ResolvedData, "resolvePath", AddressParameters, item=True)
def resolve_path(request: HttpRequest, parameters: Query[AddressParameters]) -> Any:
    """Find out what a public path leads to.

    A page is told with its type and id; a redirect with its target.
    """
    target = resolve(request, parameters.html_path)
    if target is None:
        raise Http404
    page = target.page
    found = Items([page] if page is not None else [], request, timezone.now())
    if page is not None:
        _tell_successor(request, page)
    return {
        "page": found.refer(page) if page is not None else None,
        "redirect": {"url": target.url, "is_permanent": target.is_permanent} if target.url else None,
    }


@read(router, "search/", schemas.SearchList, "search", SearchParameters)
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> Any:
    """Search the pages of a network, or of the whole site, newest first.

    A search looks through the newest 500 pages that match.
    """
    ids = matching(request, parameters.q, parameters.network)
    found, count = listings.part_of(
        listings.any_pages(request, ids, parameters.locale), parameters.offset, parameters.size
    )
    items = Items(found, request, timezone.now())
    return _list([items.refer(page) for page in found], count, parameters)


def _where(parameters: NetworkItemsParameters) -> dict[str, Any]:
    return {"network": parameters.network, "language": parameters.locale}


def _part(request: HttpRequest, pages: Any, parameters: ListParameters, at: Any) -> dict[str, Any]:
    found, count = listings.part_of(pages, parameters.offset, parameters.size)
    items = Items(found, request, at)
    return _list([items.tell(page) for page in found], count, parameters)


def _list(items: list[Any], count: int, parameters: ListParameters) -> dict[str, Any]:
    return {"items": items, "count": count, "limit": parameters.size, "offset": parameters.offset}


def _item(request: HttpRequest, role: PageRole, pk: int) -> dict[str, Any]:
    page = _find(request, role, pk)
    item = Items([page], request, timezone.now()).tell(page)
    _tell_successor(request, page)
    return item


def _find(request: HttpRequest, role: PageRole, pk: int) -> Any:
    pages = listings.pages_of(role, request)
    page = pages.filter(pk=pk).first() if pages is not None else None
    if page is None:
        raise Http404
    return page


def _tell_successor(request: HttpRequest, page: Any) -> None:
    network = networks_of(request).nearest_shown(page)
    successor = successor_of(network, request) if network is not None else None
    tell_successor(request, successor["url"] if successor else None)

"""The endpoints of our API, as a router that a site can add to an API of its own."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router

from wagtail_prosjektnett.api import feedback, list_schemas, mine, registration, schemas
from wagtail_prosjektnett.api.answers import read, tell_network
from wagtail_prosjektnett.api.items import Items
from wagtail_prosjektnett.api.parameters import (
    DEFAULT_LIMIT,
    AddressParameters,
    AnnouncementParameters,
    ChangesParameters,
    ExperienceParameters,
    GatheringParameters,
    ListParameters,
    NetworkItemsParameters,
    PageId,
    Parameters,
    SearchParameters,
)
from wagtail_prosjektnett.api.preview import PreviewToken
from wagtail_prosjektnett.api.throttling import Throttle
from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.addresses import resolve
from wagtail_prosjektnett.pages.article_facets import facets
from wagtail_prosjektnett.pages.article_finder import search_articles
from wagtail_prosjektnett.pages.listings import Where, WhichAnnouncements, WhichArticles, WhichGatherings
from wagtail_prosjektnett.pages.queries import LANDING_PAGE_ITEMS
from wagtail_prosjektnett.pages.search import SearchOrder, matching
from wagtail_prosjektnett.pages.seats import every_pool, pools_of
from wagtail_prosjektnett.pages.synchronising import MARGIN, removed_since, require_memory
from wagtail_prosjektnett.pages.types import PageRole

router = Router(tags=["prosjektnett"])


@read(router, "gatherings/", list_schemas.GatheringList, "listGatherings", GatheringParameters, seats=every_pool)
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
    return _changes(request, PageRole.GATHERING, pages, parameters, at)


@read(router, "gatherings/{id}/", schemas.GatheringData, "getGathering", Parameters, item=True, seats=pools_of)
def get_gathering(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get a gathering.

    It is told with every time and place, and its statuses at this moment; next_change tells when they change.
    """
    return _item(request, PageRole.GATHERING, id)


@read(router, "networks/", list_schemas.NetworkList, "listNetworks", ChangesParameters)
def list_networks(request: HttpRequest, parameters: Query[ChangesParameters]) -> Any:
    """List networks by their titles.

    Each is told with its members and contact people; what its landing page shows besides comes with the network alone.
    """
    pages = listings.networks(request, Where(language=parameters.locale, changed_since=parameters.changed_since))
    return _changes(request, PageRole.NETWORK, pages, parameters, timezone.now())


@read(router, "networks/{id}/", schemas.NetworkPageData, "getNetwork", Parameters, item=True, seats=every_pool)
def get_network(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get a network with all that its landing page shows.

    Gatherings ahead come first; those that are over fill up to ten in all.
    """
    network = _find(request, PageRole.NETWORK, id)
    answer = _landing_page(request, network)
    tell_network(request, network)
    return answer


@read(router, "announcements/", list_schemas.AnnouncementList, "listAnnouncements", AnnouncementParameters)
def list_announcements(request: HttpRequest, parameters: Query[AnnouncementParameters]) -> Any:
    """List news: featured first, then newest first.

    Each is told in full.
    """
    which = WhichAnnouncements(
        **_where(parameters), category=parameters.category, year=parameters.year, gathering=parameters.gathering
    )
    pages = listings.announcements(request, which)
    return _changes(request, PageRole.ANNOUNCEMENT, pages, parameters, timezone.now())


@read(router, "announcements/{id}/", schemas.AnnouncementData, "getAnnouncement", Parameters, item=True)
def get_announcement(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get a piece of news.

    A correction is told apart from the text, so that it can be shown above it.
    """
    return _item(request, PageRole.ANNOUNCEMENT, id)


@read(
    router,
    "experiences/",
    list_schemas.ExperienceList,
    "listExperiences",
    ExperienceParameters,
    throttle=Throttle(ThrottleScope.SEARCH, parameter="q"),
)
def list_experiences(request: HttpRequest, parameters: Query[ExperienceParameters]) -> Any:
    """List articles of the experience base, newest first, with facets; what a search finds, best match first.

    A search looks through the newest 500 articles that match.
    """
    which = WhichArticles(
        **_where(parameters),
        kind=parameters.kind,
        topic=parameters.topic,
        phase=parameters.phase,
        municipality=parameters.municipality,
        year=parameters.year,
        source_gathering=parameters.source_gathering,
    )
    search = search_articles(request, which, parameters.q, parameters.order)
    pages = listings.articles(request, search.which)
    part = _changes(request, PageRole.EXPERIENCE, pages, parameters, timezone.now(), search.order)
    return {**part, "facets": facets(request, search.which)}


@read(router, "experiences/{id}/", schemas.ExperiencePageData, "getExperience", Parameters, item=True)
def get_experience(request: HttpRequest, id: PageId, parameters: Query[Parameters]) -> Any:
    """Get an article of the experience base.

    It is told with its lessons, its resources, those of its related pages that anybody may read, and what readers say
    of it.
    """
    page = _find(request, PageRole.EXPERIENCE, id)
    article = _article(Items([page], request, timezone.now()), page)
    tell_network(request, page)
    return article


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
        tell_network(request, page)
    return {
        "page": found.refer(page) if page is not None else None,
        "redirect": {"url": target.url, "is_permanent": target.is_permanent} if target.url else None,
    }


@read(router, "search/", list_schemas.SearchList, "search", SearchParameters, throttle=Throttle(ThrottleScope.SEARCH))
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> Any:
    """Search the pages of a network, or of the whole site, best match first.

    A search looks through the newest 500 pages that match.
    """
    ids = matching(request, parameters.q, parameters.network).ids
    pages = listings.any_pages(request, ids, parameters.locale)
    order = None if parameters.order is SearchOrder.NEWEST else ids
    found, count = _found(pages, parameters, order)
    items = Items(found, request, timezone.now())
    return _list([items.refer(page) for page in found], count, parameters)


@read(router, "preview/", schemas.DraftData, "getDraft", Parameters, item=True, token=PreviewToken())
def get_draft(request: HttpRequest, parameters: Query[Parameters]) -> Any:
    """Get the draft that an editor previews.

    It is told as the page will be once it is published, with what has not been saved yet.
    """
    draft = request.auth  # type: ignore[attr-defined]  # ninja puts there what the token stands for
    request.is_preview = True  # type: ignore[attr-defined]  # its network may be a draft too
    if draft.role is PageRole.NETWORK:
        return _landing_page(request, draft, draft=draft)
    items = Items([draft], request, timezone.now(), draft=draft)
    return _article(items, draft) if draft.role is PageRole.EXPERIENCE else items.tell(draft)


def _where(parameters: NetworkItemsParameters) -> dict[str, Any]:
    return {
        "network": parameters.network,
        "language": parameters.locale,
        "changed_since": parameters.changed_since,
    }


def _changes(
    request: HttpRequest,
    role: PageRole,
    pages: Any,
    parameters: ChangesParameters,
    at: datetime,
    order: list[int] | None = None,
) -> Any:
    """Return a part of a list, with what a frontend that keeps a copy of it must know."""
    since, removed = parameters.changed_since, None
    if since is not None:
        require_memory(since)
        removed = removed_since(request, role, pages, getattr(parameters, "network", None), since)
    return {
        **_part(request, pages, parameters, at, order),
        "as_of": at.replace(second=0, microsecond=0) - MARGIN,
        "removed": removed,
    }


def _part(
    request: HttpRequest, pages: Any, parameters: ListParameters, at: Any, order: list[int] | None = None
) -> dict[str, Any]:
    """Return a part of a list; with ``order``, of the pages with those ids, in that order."""
    found, count = _found(pages, parameters, order)
    items = Items(found, request, at)
    return _list([items.tell(page) for page in found], count, parameters)


def _found(pages: Any, parameters: ListParameters, order: list[int] | None) -> tuple[list[Any], int]:
    if order is None:
        return listings.part_of(pages, parameters.offset, parameters.size)
    return listings.part_of_matches(pages, order, parameters.offset, parameters.size)


def _list(items: list[Any], count: int, parameters: ListParameters) -> dict[str, Any]:
    return {"items": items, "count": count, "limit": parameters.size, "offset": parameters.offset}


def _landing_page(request: HttpRequest, network: Any, *, draft: Any = None) -> dict[str, Any]:
    at, most = timezone.now(), LANDING_PAGE_ITEMS
    gatherings = listings.landing_page_gatherings(request, network, at, most)
    news, _count = listings.part_of(listings.announcements(request, WhichAnnouncements(network)), 0, most)
    articles, _count = listings.part_of(listings.articles(request, WhichArticles(network)), 0, most)
    items = Items([network, *gatherings, *news, *articles], request, at, network=network, draft=draft)
    return {
        "network": items.tell(network),
        "sections": items.sections(),
        "upcoming_gatherings": [items.tell(page) for page in gatherings if page.ahead],
        "held_gatherings": [items.tell(page) for page in gatherings if not page.ahead],
        "announcements": [items.tell(page) for page in news],
        "experiences": [items.tell(page) for page in articles],
    }


def _article(items: Items, page: Any) -> dict[str, Any]:
    """Return an article with the newest of what readers have written about it."""
    told, count = items.tell(page), items.found.feedback(page).comments
    comments = feedback.tell_comments(page, 0, DEFAULT_LIMIT) if count else []
    return {**told, "feedback": {**told["feedback"], "comments": comments, "comment_count": count}}


def _item(request: HttpRequest, role: PageRole, pk: int) -> dict[str, Any]:
    page = _find(request, role, pk)
    item = Items([page], request, timezone.now()).tell(page)
    tell_network(request, page)
    return item


def _find(request: HttpRequest, role: PageRole, pk: int) -> Any:
    pages = listings.pages_of(role, request)
    page = pages.filter(pk=pk).first() if pages is not None else None
    if page is None:
        raise Http404
    return page


registration.add_to(router)
feedback.add_to(router)
mine.add_to(router)

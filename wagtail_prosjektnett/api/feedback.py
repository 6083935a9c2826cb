"""The endpoints of what readers say: of an article, and of the experience base of a network as a whole."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Body, Query, Router

from wagtail_prosjektnett.api.answers import read, tell_network
from wagtail_prosjektnett.api.bodies import BaseFeedbackBody, FeedbackBody
from wagtail_prosjektnett.api.feedback_said import ReceivedData, received, said_of
from wagtail_prosjektnett.api.idempotency import Answer, Repeatable
from wagtail_prosjektnett.api.items import Items
from wagtail_prosjektnett.api.list_schemas import FeedbackList
from wagtail_prosjektnett.api.parameters import ListParameters, PageId, Parameters
from wagtail_prosjektnett.api.throttling import Throttle
from wagtail_prosjektnett.api.writing import IDEMPOTENCY_KEY, write
from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.feedback.give import give
from wagtail_prosjektnett.pages import listings
from wagtail_prosjektnett.pages.feedback import CommentData, comment_data, comments_on, feedback_key, numbers_of
from wagtail_prosjektnett.pages.listings import Where
from wagtail_prosjektnett.pages.placement import lifecycle_of
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import PageRole

ARTICLE = "experiences/{id}/feedback/"
BASE = "networks/{id}/feedback/"


def add_to(router: Router) -> None:
    """Add the endpoints to our router."""
    for path, tell, take, operation in (
        (ARTICLE, list_feedback, create_feedback, "Feedback"),
        (BASE, list_base_feedback, create_base_feedback, "BaseFeedback"),
    ):
        write(
            router,
            "POST",
            path,
            ReceivedData,
            f"create{operation}",
            status=202,
            refusals=(404, 409),
            throttle=Throttle(ThrottleScope.FEEDBACK),
        )(take)
        read(router, path, FeedbackList, f"list{operation}", ListParameters, item=True, writes=("POST",))(tell)


def list_feedback(request: HttpRequest, id: PageId, parameters: Query[ListParameters]) -> Any:
    """List what readers have written about an article, newest first.

    Only what an editor has decided to show is there, and counted; nothing tells who wrote it.
    """
    return _list(request, _article(request, id), parameters)


def list_base_feedback(request: HttpRequest, id: PageId, parameters: Query[ListParameters]) -> Any:
    """List what readers have written about the experience base of a network, newest first.

    Only what an editor has decided to show is there, and counted; nothing tells who wrote it.
    """
    return _list(request, _base(request, id, parameters.locale), parameters)


def create_feedback(
    request: HttpRequest,
    id: PageId,
    body: Body[FeedbackBody],
    parameters: Query[Parameters],
    idempotency_key: str | None = IDEMPOTENCY_KEY,
) -> Any:
    """Say something of an article.

    An editor reads it, and decides whether it is shown and counted. At least one of helpful, used, municipality and
    comment is to be said.
    """
    return _take(request, "createFeedback", id, body, idempotency_key, parameters)


def create_base_feedback(
    request: HttpRequest,
    id: PageId,
    body: Body[BaseFeedbackBody],
    parameters: Query[Parameters],
    idempotency_key: str | None = IDEMPOTENCY_KEY,
) -> Any:
    """Say something of the experience base of a network as a whole.

    An editor reads it, and decides whether it is shown and counted. At least one of helpful and comment is to be said.
    """
    return _take(request, "createBaseFeedback", id, body, idempotency_key, parameters)


def tell_comments(page: Any, offset: int, limit: int) -> list[CommentData]:
    """Return a part of what readers have written about a page, newest first."""
    tz = lifecycle_of(page.network).tz
    return [comment_data(row, tz) for row in comments_on(feedback_key(page))[offset : offset + limit]]


def _take(
    request: HttpRequest, operation: str, pk: int, body: BaseFeedbackBody, key: str | None, parameters: Parameters
) -> Any:
    repeatable = Repeatable(operation, str(pk), key, body.model_dump_json())
    answer = repeatable.answer_before()
    if answer is None:
        is_article = isinstance(body, FeedbackBody)
        page = _article(request, pk) if is_article else _base(request, pk, parameters.locale)
        said = said_of(page, body, timezone.now())

        def take() -> Answer:
            return {"state": give(page, said, timezone.now()).state}

        answer = repeatable.answer_once(take)
    return received(body, answer["state"])


def _list(request: HttpRequest, page: Any, parameters: ListParameters) -> dict[str, Any]:
    tell_network(request, page)
    numbers, limit = numbers_of([page])[page.pk], parameters.size
    items = tell_comments(page, parameters.offset, limit) if parameters.offset < numbers.comments else []
    return {
        **Items([page], request, timezone.now(), whole=False).of_network(page),
        "numbers": numbers.data,
        "items": items,
        "count": numbers.comments,
        "limit": limit,
        "offset": parameters.offset,
    }


def _article(request: HttpRequest, pk: int) -> Any:
    pages = listings.pages_of(PageRole.EXPERIENCE, request)
    return _known(request, pages.filter(pk=pk).first() if pages is not None else None)


def _base(request: HttpRequest, pk: int, language: str | None) -> Any:
    """Return the index of the experience base of a network, and of none inside it: in a language where there is one."""
    pages = listings.pages_of(PageRole.EXPERIENCE_INDEX, request, Where(network=pk))
    found = list(pages.order_by("depth", "path")) if pages is not None else []
    networks_of(request).introduce(found)
    own = [page for page in found if page.network.pk == pk]
    in_language = (page for page in own if page.locale.language_code == language)
    return _known(request, next(in_language, own[0] if own else None))


def _known(request: HttpRequest, page: Any) -> Any:
    if page is None:
        raise Http404
    networks_of(request).introduce([page])
    return page

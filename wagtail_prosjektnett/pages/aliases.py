"""What an alias shows in the end: it may be an alias of an alias, and so on.

Wagtail keeps such chains as they were made: an alias in the middle may be made a page of its own, and those after it
follow that one from then on. So a chain is followed whenever it is asked for, and never shortened. Only software can
tie it into a ring; that is followed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import swapper
from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

#: How many links after the first the database follows. It knows no end otherwise; only an order depends on it.
_MORE_LINKS = 4


def repeated_by(page: Any) -> Iterator[Any]:
    """Yield the pages that an alias repeats, the last one being no alias; none for a page that is no alias itself."""
    known = {page.pk}
    while page.alias_of_id is not None and page.alias_of_id not in known:
        page = page.alias_of
        known.add(page.pk)
        yield page


def source_of_alias(page: Any) -> Any:
    """Return the page that an alias shows in the end, or the page itself, which is no alias."""
    return [page, *repeated_by(page)][-1]


def keys_of_sources(pages: Iterable[Any]) -> dict[int, Any]:
    """Return the keys of what ``source_of_alias`` gives, by the ids of some pages; each link costs one query."""
    pages = list(pages)
    known = {page.pk: (page.translation_key, page.alias_of_id) for page in pages}
    new = known
    while missing := {link for _key, link in new.values() if link is not None} - known.keys():
        rows = _pages().filter(pk__in=missing).values_list("pk", "translation_key", "alias_of_id")
        new = {pk: (key, link) for pk, key, link in rows}
        known |= new
    return {page.pk: _key_at_end(page.pk, known) for page in pages}


def key_of_source() -> Case:
    """Return the key of what ``source_of_alias`` gives as a value of a query; pages that are no alias cost nothing."""
    names = ["alias_of__" * links + "translation_key" for links in range(_MORE_LINKS, 0, -1)]
    source = _pages().filter(pk=OuterRef("alias_of_id")).values(key=Coalesce(*names, "translation_key"))
    return Case(When(alias_of=None, then="translation_key"), default=Subquery(source))


def with_aliases(pages: QuerySet[Any]) -> list[Any]:
    """Return some pages and all that are aliases of them in the end; two queries, and one more for each link."""
    found = {page.pk: page for page in pages}
    new = list(found)
    while new:
        more = _pages().filter(alias_of__in=new)
        new = [page.pk for page in more if page.pk not in found]
        found |= {page.pk: page for page in more}
    return list(found.values())


def _pages() -> Any:
    return swapper.load_model("wagtailcore", "Page").objects.order_by()


def _key_at_end(pk: int, known: dict[int, tuple[Any, int | None]]) -> Any:
    passed = {pk}
    key, link = known[pk]
    while link in known and link not in passed:
        passed.add(link)
        key, link = known[link]
    return key

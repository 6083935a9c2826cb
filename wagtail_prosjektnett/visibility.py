"""What a reader may see: published pages, less those that are restricted for this reader."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import swapper
from django.conf import settings
from django.db.models import Q, Value
from django.utils.functional import cached_property
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

_ATTRIBUTE = "_prosjektnett_visibility"
_RESTRICTIONS: dict[str, Any] = {"page": PageViewRestriction, "collection": CollectionViewRestriction}
#: What of a restriction decides whom it keeps out.
_RULE = ("id", "restriction_type", "password")


class Visibility:
    """The view restrictions that keep the reader of a request out, read once."""

    #: Whether there may be any; whoever knows better can say so before they are read.
    is_restricted = True

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def hidden_paths(self) -> tuple[str, ...]:
        """The paths of the pages below which the reader may see nothing."""
        return self._hidden["page"]

    @cached_property
    def hidden_collections(self) -> frozenset[int]:
        """The ids of the collections whose documents the reader may not open."""
        paths = self._hidden["collection"]
        if not paths:
            return frozenset()
        inside = reduce(or_, [Q(path__startswith=path) for path in paths])
        return frozenset(Collection.objects.filter(inside).values_list("pk", flat=True))

    @cached_property
    def _hidden(self) -> dict[str, tuple[str, ...]]:
        """The paths of what is closed to the reader, by what it is."""
        found: dict[str, list[str]] = {kind: [] for kind in _RESTRICTIONS}
        for kind, path, *rule in self._restrictions:
            restriction = _RESTRICTIONS[kind](**dict(zip(_RULE, rule, strict=True)))
            if not restriction.accept_request(self.request):
                found[kind].append(path)
        return {kind: _outermost(paths) for kind, paths in found.items()}

    @cached_property
    def _restrictions(self) -> list[tuple[Any, ...]]:
        """All restrictions: what is restricted, its path, and whom that keeps out; one query for both kinds."""
        first, *others = [
            model.objects.annotate(kind=Value(kind)).values_list("kind", f"{kind}__path", *_RULE).order_by()
            for kind, model in _RESTRICTIONS.items()
        ]
        return list(first.union(*others, all=True))

    def visible(self, pages: Any) -> Any:
        """Return those pages of a queryset that the reader may see."""
        hidden = Q()
        for path in self.hidden_paths:
            hidden |= Q(path__startswith=path)
        return pages.filter(live=True).exclude(hidden) if hidden else pages.filter(live=True)

    def reaches(self, page: Any) -> bool:
        """Whether a link to a page, on this site or another, leads the reader to it."""
        return page.live and not page.path.startswith(self.hidden_paths)

    def shows(self, page: Any) -> bool:
        """Whether the reader may see a page."""
        return self.reaches(page)

    @property
    def asks_of_documents(self) -> tuple[str, ...]:
        """What must be read with documents before it is known which of them the reader may open."""
        return ()

    def is_public(self, page: Any) -> bool:
        """Whether anybody can read a page, not only this reader."""
        restricted = tuple(path for kind, path, *_rule in self._restrictions if kind == "page")
        return page.live and not page.path.startswith(restricted)

    def opens(self, document: Any) -> bool:
        """Whether the reader may open a document."""
        return document.collection_id not in self.hidden_collections


class PublicVisibility(Visibility):
    """What anybody may see of the site that a request came to: a login or a password opens nothing more.

    It costs one query for a request, besides the one that finds the site; none where it is known that there are no
    view restrictions, unless the front page may have translations.
    """

    @cached_property
    def root_paths(self) -> tuple[str, ...]:
        """The paths of the site's front page in every language; none where no site answers to the address."""
        return self._paths["root"]

    @cached_property
    def hidden_paths(self) -> tuple[str, ...]:
        """The paths of the pages below which anybody may see nothing."""
        return self._paths["page"]

    @cached_property
    def of_site(self) -> Q:
        """The condition that a path is one of this site."""
        within = [Q(path__startswith=path) for path in self.root_paths]
        return reduce(or_, within, Q()) if within else Q(pk__in=())

    def visible(self, pages: Any) -> Any:
        """Return those pages of a queryset that are part of the site and that anybody may see."""
        return super().visible(pages).filter(self.of_site) if self.root_paths else pages.none()

    def shows(self, page: Any) -> bool:
        """Whether a page is part of the site, and anybody may see it."""
        return page.path.startswith(self.root_paths) and self.reaches(page)

    def is_public(self, page: Any) -> bool:
        """Whether anybody can read a page."""
        return self.reaches(page)

    @property
    def asks_of_documents(self) -> tuple[str, ...]:
        """The collection, where any is closed."""
        return ("collection",) if self._paths["collection"] else ()

    def opens(self, document: Any) -> bool:
        """Whether anybody may open a document."""
        hidden = self._paths["collection"]
        return not (hidden and document.collection.path.startswith(hidden))

    @cached_property
    def _paths(self) -> dict[str, tuple[str, ...]]:
        site = Site.find_for_request(self.request)
        found: dict[str, list[str]] = {"root": [], "page": [], "collection": []}
        queries = [
            model.objects.annotate(kind=Value(kind)).values_list("kind", f"{kind}__path").order_by()
            for kind, model in _RESTRICTIONS.items()
            if self.is_restricted
        ]
        if site is not None:
            found["root"].append(site.root_page.path)
            if getattr(settings, "WAGTAIL_I18N_ENABLED", False):
                pages = swapper.load_model("wagtailcore", "Page").objects.order_by()
                roots = pages.filter(translation_key=site.root_page.translation_key)
                queries.append(roots.annotate(kind=Value("root")).values_list("kind", "path"))
        for kind, path in queries[0].union(*queries[1:]) if queries else ():
            found[kind].append(path)
        return {kind: _outermost(paths) for kind, paths in found.items()}


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that are not below another one, each once: the others say nothing more.

    A database takes a limited number of conditions; SQLite a thousand.
    """
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)


def read_as_anybody(request: HttpRequest) -> PublicVisibility:
    """Let everything that is read for a request be what anybody may see of its site, and return what that is."""
    visibility = PublicVisibility(request)
    setattr(request, _ATTRIBUTE, visibility)
    return visibility


def visibility_for(request: HttpRequest) -> Visibility:
    """Return what the reader of a request may see."""
    if not hasattr(request, _ATTRIBUTE):
        setattr(request, _ATTRIBUTE, Visibility(request))
    return getattr(request, _ATTRIBUTE)

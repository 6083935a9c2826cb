"""What readers of an article may want to read next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wagtail_prosjektnett.pages import queries
from wagtail_prosjektnett.pages.aliases import key_of_source, keys_of_sources, source_of_alias
from wagtail_prosjektnett.pages.listings import WhichArticles, unsorted_articles

if TYPE_CHECKING:
    from django.http import HttpRequest

#: How many pages are shown at most.
MOST_RELATED = 5


def related_pages(article: Any, request: HttpRequest) -> list[Any]:
    """Return pages to read next: first those that an editor chose, then articles of the network about the same.

    These are in the language of the article. The more topics they share with it, the earlier they come; then it is
    the phases that count, and the day that they show as published. None is the article itself, in any language, or
    an alias of it.
    """
    key = source_of_alias(article).translation_key
    rows = article.related_pages.select_related("related")
    visible = queries.visible_pages([article.in_language(row.related) for row in rows], request)
    keys = keys_of_sources(visible)
    chosen = {page.pk: page for page in visible if keys[page.pk] != key}
    found = list(chosen.values())[:MOST_RELATED]
    if article.pk and article.network and len(found) < MOST_RELATED:
        found += _about_the_same(article, key, request).exclude(pk__in=list(chosen))[: MOST_RELATED - len(found)]
    return found


def _about_the_same(article: Any, key: Any, request: HttpRequest) -> QuerySet[Any]:
    topics, phases = _Shared(article, "topics"), _Shared(article, "phases")
    pages: Any = unsorted_articles(request, WhichArticles(network=article.network))
    pages = pages.filter(locale_id=article.locale_id).alias(shown_key=key_of_source()).exclude(shown_key=key)
    pages = pages.filter(topics.any | phases.any).alias(topics_shared=topics.count, phases_shared=phases.count)
    pages = queries.newest_first(pages)
    return pages.defer_streamfields().order_by("-topics_shared", "-phases_shared", "-day", "pk")


class _Shared:
    """The topics or phases that an article has, and pages have too, in whatever language."""

    def __init__(self, article: Any, name: str) -> None:
        field = article._meta.get_field(name)
        terms = [term.translation_key for term in getattr(article, name).all()]
        self.own, self.key = field.m2m_field_name(), f"{field.m2m_reverse_field_name()}__translation_key"
        self.rows = field.remote_field.through._base_manager.filter(**{f"{self.key}__in": terms}).order_by()

    @property
    def any(self) -> Q:
        """The condition that a page has one of them."""
        return Q(pk__in=self.rows.values(self.own))

    @property
    def count(self) -> Coalesce:
        """How many of them a page has."""
        rows = self.rows.filter(**{self.own: OuterRef("pk")}).values(self.own)
        counted = rows.annotate(shared=Count(self.key, distinct=True)).values("shared")
        return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

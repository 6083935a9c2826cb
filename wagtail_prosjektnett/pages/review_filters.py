"""When articles are to be reviewed, as a database can filter and sort by it.

The rule itself stands in ``domain.review``; a property test compares what is here with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.lifecycle import Lifecycle
from wagtail_prosjektnett.domain.review import ReviewState
from wagtail_prosjektnett.pages.day_filters import published_day
from wagtail_prosjektnett.pages.tree import nearest_is_one_of
from wagtail_prosjektnett.pages.types import PageRole, page_model

#: What tells a page that is published, or was.
_PUBLISHED = Q(live=True) | Q(first_published_at__isnull=False)


class MonthsLater(Func):
    """The same day of a later month, or the last day of a month that is too short to have it.

    PostgreSQL and MariaDB do so by themselves. SQLite goes on into the month after a short one, and is held back.
    """

    function = "DATE_ADD"
    template = "%(function)s(%(expressions)s MONTH)"
    arg_joiner = ", INTERVAL "
    arity = 2
    output_field = DateField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for PostgreSQL."""
        template, joiner = "(%(expressions)s))::date", " + make_interval(months => "
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it for SQLite."""
        (day, of_day), (months, of_months) = (compiler.compile(each) for each in self.get_source_expressions())
        later = f"DATE({day}, '+' || ({months}) || ' months')"
        last = f"DATE({day}, 'start of month', '+' || (({months}) + 1) || ' months', '-1 day')"
        return f"MIN({later}, {last})", (*of_day, *of_months, *of_day, *of_months)


def articles_once(at: datetime) -> QuerySet[Any] | None:
    """Return the articles that are read, with ``due``, the day on which each is to be reviewed at an instant, or null.

    The instant is aware. Each article is there once, as the page that the facts of its translations come from. Where
    that one was never published, its days are in a draft, where no query finds them; the oldest page that was has the
    same. Nobody's rights to them are looked at. Without any such pages on the site, the answer is None. The networks
    are read with one query.
    """
    model = page_model(PageRole.EXPERIENCE)
    if model is None:
        return None
    published = model.objects.filter(_PUBLISHED, alias_of=None)
    same = published.filter(translation_key=OuterRef("translation_key"))
    pages = published.filter(Q(live=True) | Exists(same.filter(live=True)), ~Exists(same.filter(pk__lt=OuterRef("pk"))))
    return pages.defer_streamfields().annotate(due=review_due(at))


def is_read(article: Any) -> bool:
    """Whether readers have an article before them in any language; it is given in one of them."""
    same = type(article).objects.filter(translation_key=article.translation_key, alias_of=None, live=True)
    return article.live or same.exists()


def review_due(at: datetime) -> Case:
    """Return the day on which an article is to be reviewed at an aware instant; null for never."""
    months = NullIf(Coalesce("review_months", Value(conf.review_months())), Value(0))
    by_interval = MonthsLater(Coalesce("last_reviewed", published_day()), months)
    return Case(
        When(_in_networks_without_review(at), then=Value(None, output_field=DateField())),
        default=Coalesce("next_review", by_interval),
        output_field=DateField(),
    )


def with_state(pages: QuerySet[Any], states: Iterable[ReviewState], today: date) -> QuerySet[Any]:
    """Return those of the articles with ``due`` that have one of some states on a day."""
    found = Q(pk__in=())
    for state in states:
        found |= _has_state(state, today)
    return pages.filter(found)


def most_urgent_first(pages: QuerySet[Any]) -> QuerySet[Any]:
    """Return articles with ``due`` in the order in which they are to be reviewed; those that are never come last."""
    return pages.order_by(F("due").asc(nulls_last=True), "path")


def _has_state(state: ReviewState, today: date) -> Q:
    days = state.due_days(today)
    if days is None:
        return Q(due=None)
    first, last = days
    condition = Q(due__isnull=False)
    if first is not None:
        condition &= Q(due__gte=first)
    if last is not None:
        condition &= Q(due__lte=last)
    return condition


def _in_networks_without_review(at: datetime) -> Q:
    model = page_model(PageRole.NETWORK)
    if model is None:
        return Q(pk__in=())
    rows = list(model.objects.values_list("path", "time_zone", "active_from", "wind_down_from", "closed_from"))
    lives = {path: Lifecycle(ZoneInfo(zone), *dates) for path, zone, *dates in rows}
    without = [path for path, life in lives.items() if not life.state(at).permits.review]
    return nearest_is_one_of(without, lives)

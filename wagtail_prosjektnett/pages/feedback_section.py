"""The part of a page on which readers see what others have said of it, and say something themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from wagtail_prosjektnett import conf, traps
from wagtail_prosjektnett.domain.feedback import FeedbackAbout
from wagtail_prosjektnett.models import Organisation
from wagtail_prosjektnett.pages.feedback import (
    ABOUT,
    Numbers,
    comments_on,
    feedback_key,
    numbers_of,
    refusal_of,
    today,
)
from wagtail_prosjektnett.pages.feedback_form import FeedbackForm
from wagtail_prosjektnett.pages.feedback_links import form_url
from wagtail_prosjektnett.records.feedback import Feedback
from wagtail_prosjektnett.records.parallel_names import give_names, organisations_of, with_names
from wagtail_prosjektnett.wording.refusals import feedback_refusal_message

if TYPE_CHECKING:
    from django.http import HttpRequest

#: The parameter by which a reader asks for older comments.
COMMENTS = "comments"
#: How long a form may be open: it stands on pages that caches keep.
OLDEST_FORM = timedelta(days=30)


@dataclass(frozen=True)
class ShownForm:
    """A form as a template shows it: where it is sent, and what scripts are caught by."""

    form: FeedbackForm
    url: str
    stamp: str
    about: FeedbackAbout
    stamp_field: str = traps.STAMP
    honeypot: str = traps.HONEYPOT

    @property
    def kept_days(self) -> int:
        """For how many days it is known who has given feedback."""
        return conf.feedback_kept_days()


@dataclass(frozen=True)
class FeedbackSection:
    """What a page shows of feedback. ``url`` leads to the form, and is None where the site has included none.

    ``refusal`` says why none is taken, and is empty where it is. ``form`` is None where the page itself has none.
    """

    about: FeedbackAbout
    numbers: Numbers
    municipalities: list[Organisation]
    comments: ListPage[Feedback]
    refusal: str
    url: str | None
    form: ShownForm | None

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to show: what was said, or a way to say something, or why there is none."""
        return bool(self.url or self.comments or self.numbers != Numbers())


def feedback_section(page: Any, request: HttpRequest, at: datetime, *, with_form: bool) -> FeedbackSection:
    """Return what a page shows of feedback at an aware instant; with the form itself, or only a way to it."""
    about, url, refusal = ABOUT[page.role], form_url(page), refusal_of(page, at)
    numbers = numbers_of([page])[page.pk]
    comments = _comments(page, numbers.comments, request)
    places = list(Organisation.objects.filter(pk__in=[pk for pk, _number, _name in numbers.municipalities]))
    give_names([*places, *organisations_of(comments, "municipality")])
    return FeedbackSection(
        about=about,
        numbers=numbers,
        municipalities=sorted(places, key=lambda place: (place.name, place.pk)),
        comments=comments,
        refusal=feedback_refusal_message(refusal) if refusal else "",
        url=url,
        form=shown_form(page, about, at, url) if with_form and url and not refusal else None,
    )


def shown_form(
    page: Any, about: FeedbackAbout, at: datetime, url: str, sent: Mapping[str, str] | None = None
) -> ShownForm:
    """Return the form about a page, with what was sent, if anything was."""
    stamp = traps.next_stamp(sent or {}, page.pk, at, OLDEST_FORM)
    return ShownForm(FeedbackForm(about, today(page, at), sent), url, stamp, about)


def _comments(page: Any, count: int, request: HttpRequest) -> ListPage[Feedback]:
    """Return the comments that a reader asks for, of which there are so many; the nearest ones for nonsense."""
    paginator = Paginator(range(count), conf.page_size())
    part = paginator.get_page(request.GET.get(COMMENTS))
    rows = with_names(comments_on(feedback_key(page)), "municipality")
    found = list(rows[part.start_index() - 1 : part.end_index()]) if count else []
    return ListPage(found, part.number, paginator)

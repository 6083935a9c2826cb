"""The index of an experience base, where readers search and narrow down."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.pages.article_finder import find_articles
from wagtail_prosjektnett.pages.article_questions import LONGEST_TEXT, read_question, too_many_searches
from wagtail_prosjektnett.pages.feedback_panel import FeedbackPanel
from wagtail_prosjektnett.pages.feedback_section import feedback_section
from wagtail_prosjektnett.pages.search import suggestions
from wagtail_prosjektnett.pages.sections import SectionPageMixin
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.throttling import is_within_limit, seconds_to_wait

#: The parameter by which a script asks for titles that begin as what the reader is writing.
SUGGEST = "suggest"


class ExperienceIndexPageMixin(SectionPageMixin):
    """The experience base of a network."""

    role = PageRole.EXPERIENCE_INDEX
    item_role = PageRole.EXPERIENCE
    reference_template = "experience_index_page.html"
    page_description = _("The experience base: what was learned, for others to use.")
    section_title = pgettext_lazy("section", "Experience base")

    feedback_panels = [FeedbackPanel(heading=_("What readers say"))]
    tabs = [*SectionPageMixin.tabs[:1], ("feedback_panels", _("Feedback")), *SectionPageMixin.tabs[1:]]

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, or give a script its suggestions; who searches too often is told how many seconds to wait."""
        answer = self._suggest(request) if SUGGEST in request.GET else super().serve(request, *args, **kwargs)
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            answer["Retry-After"] = str(ceil(seconds_to_wait(ThrottleScope.SEARCH) or 1))
        return answer

    def _suggest(self, request: HttpRequest) -> HttpResponse:
        if not is_within_limit(ThrottleScope.SEARCH, request):
            return JsonResponse({"suggestions": []}, status=HTTPStatus.TOO_MANY_REQUESTS)
        text = request.GET[SUGGEST][:LONGEST_TEXT]
        return JsonResponse({"suggestions": suggestions(request, text, self, self.item_role)})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the template's context with what the reader asks for and a page of the articles found.

        What readers say of the experience base as a whole stands below the whole list.
        """
        context = super().get_context(request, *args, **kwargs)
        question = read_question(request.GET)
        if question.text and not is_within_limit(ThrottleScope.SEARCH, request):
            question = replace(question, problems=(too_many_searches(), *question.problems))
        finder = find_articles(request, self, question)
        context.update(finder=finder, articles=finder.part, longest_text=LONGEST_TEXT)
        if not finder.question.is_narrowed and not finder.problems:
            context["feedback"] = feedback_section(self, request, context["at"], with_form=False)
        return context

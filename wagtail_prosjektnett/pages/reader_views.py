"""What every page with a form for readers answers with: nobody keeps it, and no search engine lists it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.models import Site

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.languages import language_tag
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.pages.types import LARGEST_ID, PageRole, page_model
from wagtail_prosjektnett.visibility import visibility_for

View = Callable[..., HttpResponse]

#: How many seconds to wait when the database could not take what was sent.
RETRY_AFTER = 5
#: A browser that tells no page at all where it comes from sends forms with ``Origin: null``, which Django refuses.
WITH_FORMS = "same-origin"
ANYWHERE_ELSE = "no-referrer"


def reader_view(*methods: str, for_anybody: bool = False) -> Callable[[View], View]:
    """Make a view one of those with a form for readers, which takes some methods.

    It runs in no transaction of the request, so that each change has its own; what was typed is in no error report.
    With ``for_anybody``, nothing that is sent depends on who sends it, so a form on another site gets nothing that a
    script could not get as well: it takes no token against that, and its form may stand on a page that caches keep.
    """

    def decorate(view: View) -> View:
        checked = require_http_methods(methods)(view)
        inner = checked if for_anybody else csrf_protect(checked)

        @transaction.non_atomic_requests
        @sensitive_post_parameters()
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return keep_private(inner(request, *args, **kwargs))

        return csrf_exempt(answer) if for_anybody else answer

    return decorate


def keep_private(answer: HttpResponse) -> HttpResponse:
    """Let an answer stay between us and the browser."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    answer["X-Frame-Options"] = "DENY"  # nobody can be led to press a button of ours unseen
    answer.setdefault("Referrer-Policy", ANYWHERE_ELSE)
    return answer


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: int = 200,
    retry_after: float | None = None,
) -> HttpResponse:
    """Return one of our pages in the active language. ``retry_after`` is in seconds."""
    known = {"base_template": conf.base_template(), "at": timezone.now()}
    answer = render(request, f"wagtail_prosjektnett/{template}", {**known, **context}, status=status)
    answer["Content-Language"] = language_tag(get_language() or "")
    answer["Referrer-Policy"] = WITH_FORMS
    if retry_after is not None:
        answer["Retry-After"] = str(int(retry_after) + 1)
    return answer


def page_of_site(request: HttpRequest, pk: int, *roles: PageRole) -> Any:
    """Return a page of the site that the reader may see and that plays one of some roles, knowing its network.

    Raises ``Http404``.
    """
    site = Site.find_for_request(request)
    for model in filter(None, map(page_model, roles)) if pk <= LARGEST_ID else ():
        pages = visibility_for(request).visible(model.objects.select_related("locale"))
        page = pages.filter(pk=pk).first()
        if page is not None:
            parts = page.get_url_parts(request)
            if not parts or site is None or parts[0] != site.pk:
                break
            networks_of(request).introduce([page])
            return page
    raise Http404

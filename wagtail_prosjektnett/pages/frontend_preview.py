"""Drafts shown in the external frontend of a site, where wagtail-headless-preview is installed.

An editor's preview stores the draft and gives the frontend a token, with which it reads the draft through our API.
The package checks no age of tokens; we do.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.signing import BadSignature
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.pages.addresses import frontends_of
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.records.frontends import Frontend

if TYPE_CHECKING:
    from django.http import HttpRequest

MODE = "frontend"
#: The types of pages that our API tells in full.
ROLES = frozenset({PageRole.NETWORK, PageRole.GATHERING, PageRole.ANNOUNCEMENT, PageRole.EXPERIENCE})
#: The id of a draft that was never saved.
UNSAVED = 0
#: How many drafts of one page are kept: the panel beside the form stores one at every pause in the typing.
KEPT = 20


class FrontendPreviewMixin:
    """A page that an editor previews in the external frontend as well, where its site has one."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page as this site shows it, and in the frontend; first the one that readers are led to."""
        modes = super().preview_modes  # type: ignore[misc]
        if _address(self) is None:
            return modes
        in_frontend = [(MODE, _("In the external frontend"))]
        leads = any(frontend.leads_readers for frontend in _frontends(self, None))
        return in_frontend + modes if leads else modes + in_frontend

    def is_previewable(self) -> bool:
        """Whether there is a preview at all; the frontend is not looked up for it."""
        return bool(super().preview_modes)  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return the preview in a mode."""
        address = _address(self, request) if mode_name == MODE else None
        if address is None:
            return super().serve_preview(request, mode_name)  # type: ignore[misc]
        return _show(self, request, address)


def draft_of(token: str) -> Any:
    """Return the draft that a token was given for, or None where it is no token, or too old."""
    if not apps.is_installed("wagtail_headless_preview"):
        return None
    from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview

    try:
        HeadlessPreviewMixin.get_preview_signer().unsign(token, max_age=conf.preview_max_age())
    except BadSignature:  # also of a token that is too old
        return None
    stored = PagePreview.objects.filter(token=token).select_related("content_type").first()
    model = stored.content_type.model_class() if stored is not None else None
    if getattr(model, "role", None) not in ROLES:
        return None
    draft = stored.as_page()
    if draft.pk is None:
        draft.pk = UNSAVED
    return draft


def _show(page: Any, request: HttpRequest, address: str) -> HttpResponse:
    from wagtail_headless_preview.settings import headless_preview_settings

    model = page.content_type.model_class()
    query = {"content_type": model._meta.label_lower, "token": _store(page)}
    url = f"{address}?{urlencode(query)}"
    if headless_preview_settings.REDIRECT_ON_PREVIEW:
        return HttpResponseRedirect(url)
    return render(request, "wagtail_headless_preview/preview.html", {"preview_url": url})


def _store(page: Any) -> str:
    """Store a draft, and return a token that nobody can guess."""
    from wagtail_headless_preview.models import HeadlessPreviewMixin, PagePreview
    from wagtail_headless_preview.signals import preview_update

    of_page = f"prosjektnett-{page.pk or 'new'}-"
    token = HeadlessPreviewMixin.get_preview_signer().sign(of_page + secrets.token_urlsafe(16))
    PagePreview.garbage_collect()
    PagePreview.objects.create(token=token, content_type=page.content_type, content_json=page.to_json())
    newest_first = PagePreview.objects.filter(token__startswith=of_page).order_by("-pk")
    PagePreview.objects.filter(pk__in=list(newest_first.values_list("pk", flat=True)[KEPT:])).delete()
    preview_update.send(sender=HeadlessPreviewMixin, token=token)
    return token


def _address(page: Any, request: HttpRequest | None = None) -> str | None:
    """Return where the frontend shows drafts, or None where there is no such place.

    ``CLIENT_URLS`` of ``WAGTAIL_HEADLESS_PREVIEW`` comes before the address that an administrator has given.
    """
    if page.role not in ROLES or not apps.is_installed("wagtail_headless_preview"):
        return None
    return _client_url(page, request) or next(
        (f"{frontend.address}/" for frontend in _frontends(page, request) if frontend.address), None
    )


def _client_url(page: Any, request: HttpRequest | None) -> str | None:
    """Return the address in the settings of wagtail-headless-preview, or None where they have none for the site."""
    from wagtail_headless_preview.models import get_client_root_url_from_site
    from wagtail_headless_preview.settings import headless_preview_settings

    site_id = _site_id(page, request)
    if site_id is None or not headless_preview_settings.CLIENT_URLS:
        return None
    try:
        return get_client_root_url_from_site(Site.objects.get(pk=site_id))
    except KeyError:  # neither the site nor a default is named
        return None


def _frontends(page: Any, request: HttpRequest | None) -> list[Frontend]:
    """Return the frontend of a page's site; all of them for a new page, whose place is not known yet."""
    found, site_id = frontends_of(request), _site_id(page, request)
    return [frontend for frontend in found.values() if site_id in (None, frontend.site_id)]


def _site_id(page: Any, request: HttpRequest | None) -> int | None:
    parts = page.get_url_parts(request) if page.url_path else None
    return parts[0] if parts is not None else None

"""Addresses in the admin, for mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.urls import NoReverseMatch, reverse
from wagtail.admin.utils import get_admin_base_url


def admin_base(page: Any) -> str:
    """Return where the admin of a page's site is: ``WAGTAILADMIN_BASE_URL``, or the site itself; empty for neither."""
    site = page.get_site()
    return get_admin_base_url() or (site.root_url if site is not None else "")


def admin_link(base: str, name: str, *arguments: Any) -> str:
    """Return the full address of something in the admin; empty for a site that has no admin here."""
    try:
        path = reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
    return urljoin(base, path) if base else ""

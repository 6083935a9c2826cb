"""Old addresses that lead to the pages of a network, with Wagtail's own redirects where the site has them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.utils.translation import gettext as _

from wagtail_prosjektnett.content.compare import Effect
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.format import RedirectItem

#: How an address below the network begins, wherever the network stands.
BELOW = "./"


def redirect_model() -> Any:
    """Return Wagtail's model of redirects, or None on a site that does not use them."""
    return apps.get_model("wagtailredirects", "Redirect") if apps.is_installed("wagtail.contrib.redirects") else None


def load_redirect(item: RedirectItem, page: Any, network: Any, path: Path_) -> tuple[Any, Effect | Problem]:
    """Return the redirect for an item of a file, and what was done, or why it could not be made."""
    model = redirect_model()
    if model is None:
        message = _("This site has no redirects. Add wagtail.contrib.redirects to INSTALLED_APPS, or leave them out.")
        return None, Problem(path, message)
    site = None if item.every_site else network.get_site()
    address = full_path(item.old_path, network)
    redirect = model.objects.filter(old_path=address, site=site).first() or model(old_path=address, site=site)
    if redirect.pk and redirect.redirect_page_id != page.pk:
        return None, Problem((*path, "old_path"), _("The address %s leads elsewhere already.") % address)
    told = {
        "redirect_page_id": page.pk,
        "redirect_page_route_path": item.route_path,
        "is_permanent": item.permanent,
        "automatically_created": item.automatic,
    }
    is_new = redirect.pk is None
    if not is_new and all(getattr(redirect, name) == value for name, value in told.items()):
        return redirect, Effect.UNCHANGED
    for name, value in told.items():
        setattr(redirect, name, value)
    redirect.save()
    return redirect, Effect.NEW if is_new else Effect.CHANGED


def redirects_to(pages: Any) -> list[Any]:
    """Return the redirects that lead to some pages, in the order of their addresses."""
    model = redirect_model()
    if model is None:
        return []
    return list(model.objects.filter(redirect_page__in=pages).order_by("old_path", "site_id"))


def full_path(address: str, network: Any) -> str:
    """Return the address of a site that a file means, as redirects store it."""
    model = redirect_model()
    if address.startswith(BELOW):
        address = f"{network_path(network)}/{address.removeprefix(BELOW)}"
    return model.normalise_path(address)


def relative_path(address: str, network: Any) -> str:
    """Return how a file tells an address of the site."""
    start = f"{network_path(network)}/"
    return BELOW + address.removeprefix(start) if start != "/" and address.startswith(start) else address


def network_path(network: Any) -> str:
    """Return the path of a network on its site, without a slash at its end."""
    return urlsplit(network.get_url() or "").path.rstrip("/")

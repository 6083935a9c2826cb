"""The banner of a network that is being wound down, inherited by every page below it.

One function serves HTML, API v2 and v3. It is computed from dates at the moment of reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from wagtail_prosjektnett.domain.lifecycle import Banner, GuidanceKind, LifecycleState
from wagtail_prosjektnett.pages.tree import networks_of
from wagtail_prosjektnett.references import HtmlText, page_data
from wagtail_prosjektnett.wording.labels import label

if TYPE_CHECKING:
    from django.http import HttpRequest

    from wagtail_prosjektnett.pages.network import NetworkPageMixin


class BannerNetworkData(TypedDict):
    """The network that a banner is about."""

    id: int
    title: str
    url: str | None


class BannerGuidanceData(TypedDict):
    """The guidance that goes on; ``until`` is its last day, or null where no end is set."""

    until: date | None
    how: HtmlText


class BannerSuccessorData(TypedDict):
    """Where to go instead."""

    title: str
    url: str


class NetworkBannerData(TypedDict):
    """The banner as the APIs give it."""

    kind: Banner
    state: LifecycleState
    label: str
    since: date
    heading: str
    text: HtmlText
    guidance: BannerGuidanceData | None
    successor: BannerSuccessorData | None
    network: BannerNetworkData


@dataclass(frozen=True)
class NetworkBanner:
    """What the pages of a network tell about its end."""

    network: NetworkPageMixin
    kind: Banner
    state: LifecycleState
    since: date
    guidance: bool
    request: HttpRequest | None

    @property
    def label(self) -> str:
        """The state in words."""
        return label(self.state)

    @property
    def heading(self) -> str:
        """The editor's heading, or one that says what ends."""
        if self.network.banner_heading:
            return self.network.banner_heading
        if self.kind is Banner.ARCHIVED:
            return _("%(network)s is closed. The pages are kept as an archive.") % {"network": self.network.title}
        return _("%(network)s is being wound down") % {"network": self.network.title}

    @cached_property
    def text(self) -> str:
        """The editor's text as HTML with its links resolved."""
        return networks_of(self.request).expand(self.network.banner_text, self.network)

    @property
    def guidance_until(self) -> date | None:
        """The last day of guidance, where there is one."""
        is_limited = self.network.guidance_kind == GuidanceKind.UNTIL
        return self.network.guidance_until if is_limited else None

    @cached_property
    def guidance_how(self) -> str:
        """How to ask for guidance, as HTML with its links resolved."""
        return networks_of(self.request).expand(self.network.guidance_how, self.network)

    @cached_property
    def successor(self) -> BannerSuccessorData | None:
        """Where to go instead: a page that everybody may read, or an address elsewhere."""
        return successor_of(self.network, self.request)

    def data(self) -> NetworkBannerData:
        """Return the banner as the APIs give it."""
        return {
            "kind": self.kind,
            "state": self.state,
            "label": self.label,
            "since": self.since,
            "heading": self.heading,
            "text": self.text,
            "guidance": self._guidance_data(),
            "successor": self.successor,
            "network": {
                "id": self.network.pk,
                "title": self.network.title,
                "url": self.network.get_full_url(self.request),
            },
        }

    def _guidance_data(self) -> BannerGuidanceData | None:
        return {"until": self.guidance_until, "how": self.guidance_how} if self.guidance else None


def successor_of(network: NetworkPageMixin, request: HttpRequest | None) -> BannerSuccessorData | None:
    """Return where the readers of a network should go instead, or None where no such place is set.

    A page comes before an address elsewhere, if the reader may see it.
    """
    page = page_data(network.in_language(network.successor_page), request)
    if page is not None and page["url"]:
        return {"title": network.successor_title or page["title"], "url": page["url"]}
    if network.successor_link:
        return {"title": network.successor_title or network.successor_link, "url": network.successor_link}
    return None


def network_banner(page: Any, at: datetime, request: HttpRequest | None = None) -> NetworkBanner | None:
    """Return the banner for any page at an aware instant, or None where it has none.

    With a request, networks that were looked up for it already cost no further query.
    """
    networks = networks_of(request)
    network = networks.nearest_shown(page)
    if network is None:
        return None
    state = network.lifecycle.state(at)
    if state.permits.banner is Banner.NONE:
        return None
    begins = network.lifecycle.begins(state)
    assert begins is not None, "a state with a banner is reached by its date only"  # noqa: S101
    banner = NetworkBanner(
        network=network,
        kind=state.permits.banner,
        state=state,
        since=begins.astimezone(network.tz).date(),
        guidance=state.permits.guidance and network.guidance.is_given(at),
        request=request,
    )
    return networks.banners.setdefault((network.pk, state, banner.guidance), banner)

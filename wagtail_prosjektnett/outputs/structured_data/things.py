"""What the descriptions of all pages share: addresses, texts, pictures and the network that stands behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from wagtail_prosjektnett.outputs.sharing import description_of, picture_of
from wagtail_prosjektnett.pages.canonical import canonical_url
from wagtail_prosjektnett.pages.languages import code_of, language_tag
from wagtail_prosjektnett.records.organisations import OrganisationKind

if TYPE_CHECKING:
    from django.http import HttpRequest

#: A description of one thing, as JSON-LD wants it.
Thing = dict[str, Any]

#: The type of an organisation of each kind; https://schema.org/GovernmentOrganization has all that govern.
_ORGANISATION_TYPES = {
    OrganisationKind.MUNICIPALITY: "GovernmentOrganization",
    OrganisationKind.COUNTY: "GovernmentOrganization",
    OrganisationKind.COUNTY_GOVERNOR: "GovernmentOrganization",
    OrganisationKind.STATE: "GovernmentOrganization",
    OrganisationKind.OTHER: "Organization",
}
#: The register of Norwegian organisation numbers in the list of ISO/IEC 6523.
_NORWEGIAN_REGISTER = "0192"


@dataclass(frozen=True)
class Shown:
    """A page as it is shown to the reader of a request at an aware instant, with the context of its template."""

    page: Any
    request: HttpRequest
    at: datetime
    context: dict[str, Any]

    @cached_property
    def url(self) -> str:
        """The address under which the page is known; empty where no site shows it, as in a preview."""
        return canonical_url(self.page, self.request) or ""

    @property
    def network(self) -> Any:
        """The network that readers may know of, or None."""
        return self.context.get("network")

    def id_of(self, what: str) -> str:
        """Return what tells a thing that the page describes from all others on the web; empty without an address."""
        return f"{self.url}#{what}" if self.url else ""


def described(what: str, shown: Shown, **more: Any) -> Thing:
    """Return what every description of a page begins with: a type, an address, a text and a picture."""
    return known(
        {
            "@type": what,
            "@id": shown.id_of(what.lower()),
            "url": shown.url,
            "description": description_of(shown.page),
            "image": _image(shown),
            **more,
        }
    )


def language_of(page: Any) -> str:
    """Return the language of a page as BCP 47 writes it."""
    return language_tag(code_of(page))


def network_thing(shown: Shown) -> Thing | None:
    """Return the network as an organisation that other things refer to, or None where it is not to be told of."""
    if shown.network is None:
        return None
    url = canonical_url(shown.network, shown.request)
    id_ = f"{url}#organization" if url else ""
    return known({"@type": "Organization", "@id": id_, "name": shown.network.title, "url": url})


def organisation_thing(organisation: Any) -> Thing:
    """Return an organisation with its public register number, where it has one."""
    number = organisation.organisation_number
    return known(
        {
            "@type": _ORGANISATION_TYPES[OrganisationKind(organisation.kind)],
            "name": organisation.name,
            "url": organisation.website,
            "iso6523Code": f"{_NORWEGIAN_REGISTER}:{number}" if number else "",
        }
    )


def known(thing: Thing) -> Thing:
    """Return a description without what is not known: an empty value would be told as one."""
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}


def _image(shown: Shown) -> Thing | None:
    found = picture_of(shown.page, shown.request)
    if found is None:
        return None
    return {"@type": "ImageObject", "url": found.url, "width": found.width, "height": found.height}

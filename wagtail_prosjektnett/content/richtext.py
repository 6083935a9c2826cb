"""Rich text in content files: HTML, cleaned as Wagtail's editor would clean it.

Links to other parts of the file are written ``<a href="page:KEY">`` and ``<a href="document:KEY">``, and
images ``<img src="image:KEY" alt="Text" data-format="left">``. A film or the like from elsewhere is written
``<embed embedtype="media" url="https://…">``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import features as feature_registry

from wagtail_prosjektnett.content.compare import without_block_keys
from wagtail_prosjektnett.content.errors import Path_, Problem
from wagtail_prosjektnett.content.references import DOCUMENT, IMAGE, PAGE, References

if TYPE_CHECKING:
    from wagtail_prosjektnett.content.register import Register

DANGEROUS_TAGS = {
    "base", "form", "iframe", "input", "link", "math", "meta", "object", "script", "style", "svg",
}  # fmt: skip
#: The schemes of addresses that may stand in text; one without a scheme is on the site.
WEB_SCHEMES = {"", "http", "https", "mailto", "tel"}
SCHEMES = WEB_SCHEMES | {PAGE, DOCUMENT, IMAGE}
#: What stands for something that an embed shows.
MEDIA = "media"


def problems(html: str, references: References, path: Path_) -> Iterator[Problem]:
    """Yield what must not be in rich text: scripts, handlers, other schemes, and links to nothing."""
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        if tag.name in DANGEROUS_TAGS:
            yield Problem(path, _("<%s> is not allowed in text. Remove it.") % tag.name)
        if tag.name == "embed" and not _is_media(tag):
            yield Problem(path, _("<%s> is not allowed in text. Remove it.") % tag.name)
        for name, value in tag.attrs.items():
            if name.lower().startswith("on"):
                yield Problem(path, _("The attribute %s is not allowed in text. Remove it.") % name)
            if name.lower() in ("href", "src"):
                yield from _address_problems(str(value), references, path)


def clean(html: str, references: References, features: Sequence[str] | None) -> str:
    """Return rich text as Wagtail's editor would store it: what the features do not allow is left out."""
    if not html.strip():
        return ""
    if "<a" in html or "<img" in html:
        soup = BeautifulSoup(html, "html.parser")
        for tag in soup.find_all(["a", "img"]):
            _resolve(tag, references)
        html = str(soup)
    return _normal(html, features)


def written(html: str, register: Register, language: str, features: Sequence[str] | None) -> str:
    """Return stored rich text as a content file has it; a link to what is not in the file leaves its text.

    It is cleaned as ``clean`` does it, so that what is loaded from the file is written the same way.
    """
    if not html.strip():
        return ""
    soup = BeautifulSoup(_normal(html, features), "html.parser")
    for tag in soup.find_all(["a", "embed"]):
        _tell(tag, register, language)
    return soup.decode(formatter="minimal")


def _normal(html: str, features: Sequence[str] | None) -> str:
    """Return rich text as Wagtail's editor stores it, without the marks of its paragraphs."""
    enabled = feature_registry.get_default_features() if features is None else list(features)
    converter = ContentstateConverter(enabled)
    return without_block_keys(converter.to_database_format(converter.from_database_format(html)))


def _tell(tag: Tag, register: Register, language: str) -> None:
    """Make a link or an image of the site one of the file."""
    kind = str(tag.get("linktype" if tag.name == "a" else "embedtype", ""))
    if kind not in (PAGE, DOCUMENT, IMAGE):
        if tag.name == "a" and _split(str(tag.get("href", "")))[0] not in WEB_SCHEMES:
            register.note(_("The link to %s, which is of no kind that a content file may have") % tag.get("href"))
            tag.unwrap()
        return
    key = register.ref(kind, tag.get("id"), language)
    if key is None:
        tag.unwrap() if tag.name == "a" else tag.decompose()
    elif tag.name == "a":
        tag.attrs = {"href": f"{kind}:{key}"}
    else:
        alt, place = str(tag.get("alt", "")), str(tag.get("format", "fullwidth"))
        tag.name, tag.can_be_empty_element = "img", True
        tag.attrs = {"src": f"{IMAGE}:{key}", "alt": alt, "data-format": place}


def _address_problems(address: str, references: References, path: Path_) -> Iterator[Problem]:
    scheme, key = _split(address)
    if scheme not in SCHEMES:
        yield Problem(path, _("Addresses that start with %s: are not allowed. Remove it.") % scheme)
    elif scheme in (PAGE, DOCUMENT, IMAGE) and (problem := references.problem(scheme, key, path)):
        yield problem


def _split(address: str) -> tuple[str, str]:
    """Return the scheme and the rest; browsers ignore spaces and control characters in a scheme."""
    squeezed = re.sub(r"[\x00-\x20]+", "", address)
    try:
        scheme = urlsplit(squeezed).scheme
    except ValueError:
        scheme = squeezed.partition(":")[0]
    return scheme.lower(), squeezed.partition(":")[2]


def _is_media(tag: Tag) -> bool:
    return tag.get("embedtype") == MEDIA and _split(str(tag.get("url", "")))[0] in ("http", "https")


def _resolve(tag: Tag, references: References) -> None:
    """Make a link or an image of the file one of the site, as Wagtail stores it."""
    scheme, key = _split(str(tag.get("src" if tag.name == "img" else "href", "")))
    if tag.name == "a" and scheme in (PAGE, DOCUMENT):
        del tag["href"]
        tag["linktype"] = scheme
        tag["id"] = str(references.pk(scheme, key))
    elif tag.name == "img" and scheme == IMAGE:
        tag.name = "embed"
        alt = str(tag.get("alt", references.alt(key)))
        tag.attrs = {
            "embedtype": IMAGE,
            "id": str(references.pk(IMAGE, key)),
            "format": str(tag.get("data-format", "fullwidth")),
            "alt": alt,
        }

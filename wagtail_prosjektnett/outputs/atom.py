"""Feeds in Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

CONTENT_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
#: What may not stand in a document, however it is written (XML 1.0, 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Author:
    """Who has written something: a name, and a full address where there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Category:
    """What something is about: a term that never changes, and the reader's words for it."""

    term: str
    label: str


@dataclass(frozen=True)
class Entry:
    """One entry of a feed.

    ``key`` is a URI by which it is known for ever. Instants are aware, and ``updated`` is no earlier than
    ``published``. ``html`` is the whole of it, with full addresses. Without an author, it is that of the feed.
    """

    key: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    html: str
    author: Author | None = None
    category: Category | None = None


@dataclass(frozen=True)
class Feed:
    """A feed, in a language by its BCP 47 tag. ``address`` is its own, ``url`` that of what it is about."""

    key: str
    title: str
    address: str
    url: str
    language: str
    updated: datetime
    author: Author
    entries: Iterable[Entry]
    category: Category | None = None


def document(feed: Feed) -> bytes:
    """Return a feed as a document; characters that none may have are left out."""
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _add(root, "id", feed.key)
    _add(root, "title", feed.title)
    _add(root, "updated", _instant(feed.updated))
    _add(root, "link", rel="self", type=CONTENT_TYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.url)
    _add_author(root, feed.author)
    _add_category(root, feed.category)
    for entry in feed.entries:
        _add_entry(root, entry)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_entry(root: ElementTree.Element, entry: Entry) -> None:
    element = _add(root, "entry")
    _add(element, "id", entry.key)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", type="text/html", href=entry.url)
    _add(element, "published", _instant(entry.published))
    _add(element, "updated", _instant(entry.updated))
    if entry.author is not None:
        _add_author(element, entry.author)
    _add_category(element, entry.category)
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", entry.html, type="html")


def _add_author(parent: ElementTree.Element, author: Author) -> None:
    element = _add(parent, "author")
    _add(element, "name", author.name)
    if author.url:
        _add(element, "uri", author.url)


def _add_category(parent: ElementTree.Element, category: Category | None) -> None:
    if category is not None:
        _add(parent, "category", term=category.term, label=category.label)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    clean = {attribute: _FORBIDDEN.sub("", value) for attribute, value in attributes.items()}
    element = ElementTree.SubElement(parent, name, clean)
    element.text = _FORBIDDEN.sub("", text) or None
    return element


def _instant(value: datetime) -> str:
    """Return an instant as RFC 3339 writes it, to the second."""
    return value.isoformat(timespec="seconds")

"""What pages that are told refer to: noted first, so that all of it can be looked up together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from wagtail.rich_text.rewriters import extract_attrs

_LINK = re.compile(r"<a(\b[^>]*)>")


@dataclass
class Needs:
    """The ids of what pages refer to, and the translation keys of the pages themselves."""

    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    #: Documents that were loaded already, with their collections.
    known_documents: dict[int, Any] = field(default_factory=dict)
    images: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    #: People who were loaded already, in the language of their page.
    known_people: dict[int, Any] = field(default_factory=dict)
    #: Organisations that were loaded already, whose parallel names are shown.
    organisations: list[Any] = field(default_factory=list)
    keys: set[Any] = field(default_factory=set)
    #: The articles that are told, whose feedback is counted.
    articles: list[Any] = field(default_factory=list)
    #: The ids of the locales of the pages that are told: in these, what they refer to is shown.
    locales: set[int] = field(default_factory=set)
    #: A page whose children are shown too.
    parent: Any = None
    #: The places in the tree of pages that are told as well.
    paths: set[str] = field(default_factory=set)
    #: The places in the tree where there may be networks that nobody has looked up yet.
    networks: set[str] = field(default_factory=set)

    def person(self, person: Any, locale_id: int) -> None:
        """Note a person who was loaded already, and is told in a language."""
        if person.locale_id == locale_id:
            self.known_people[person.pk] = person
        else:
            self.people.add(person.pk)

    def html(self, source: str) -> None:
        """Note what a rich text links to."""
        for match in _LINK.finditer(source):
            attributes = extract_attrs(match.group(1))
            kinds = {"page": self.pages, "document": self.documents}
            ids, pk = kinds.get(attributes.get("linktype", "")), attributes.get("id", "")
            if ids is not None and pk.isascii() and pk.isdigit():
                ids.add(int(pk))

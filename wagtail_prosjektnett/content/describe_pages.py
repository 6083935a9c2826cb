"""Telling what the pages of a network say, in all their languages and versions."""

from __future__ import annotations

from typing import Any

from wagtail_prosjektnett.content.describe import Describer
from wagtail_prosjektnett.content.format import GatheringItem, NetworkItem, OtherItem, TreeItem
from wagtail_prosjektnett.content.names import Names
from wagtail_prosjektnett.content.nodes import PAGES, Node
from wagtail_prosjektnett.content.privacy import page_rules
from wagtail_prosjektnett.content.register import Register
from wagtail_prosjektnett.content.roles import is_usual, item_type_of
from wagtail_prosjektnett.content.versions import DATES, versions_of_page

Told = dict[str, Any]


class PageDescriber:
    """Tells what pages say. ``language`` is that of the file."""

    def __init__(self, register: Register, language: str) -> None:
        self.register = register
        self.language = language

    def page(self, node: Node, place: str) -> Told:
        """Return a page that stands at a place of the file with its translations, less the pages below it."""
        is_other = place == PAGES
        told = self._page(node, node.main, is_other=is_other)
        told["uid"] = node.uid
        told["translations"] = [self._translation(node, page, is_other=is_other) for page in node.pages[1:]]
        return told

    def _translation(self, node: Node, page: Any, *, is_other: bool) -> Told:
        return {**self._page(node, page, is_other=is_other), "language": page.locale.language_code}

    def _page(self, node: Node, page: Any, *, is_other: bool) -> Told:
        item_type = OtherItem if is_other else item_type_of(page)
        told: Told = {"key": node.key, "title": page.title}
        if page.locale.language_code != self.language:
            told["language"] = page.locale.language_code
        if is_other or not is_usual(page):
            told["type"] = page._meta.label_lower
        if page.alias_of_id and page is not node.main:
            return {**told, "slug": page.slug, "alias": True}
        common = {name: told[name] for name in ("key", "type") if name in told}
        for name, version in versions_of_page(page).items():
            says = self._version(node, page, version, item_type)
            if name == "main":
                told |= says
            else:
                told[name] = {**common, **says}
        told |= {name: value for name in DATES if (value := getattr(page, name)) is not None}
        return {**told, "live": page.live, "privacy": [rule.model_dump() for rule in page_rules(page)]}

    def _version(self, node: Node, page: Any, version: Any, item_type: type[TreeItem]) -> Told:
        """Return what one version of a page says; a translation leaves the facts to its source."""
        describer = Describer(self.register, page.locale.language_code)
        skip = () if page is node.main else facts_without_texts(version)
        told = describer.describe(item_type, version, skip)
        if issubclass(item_type, GatheringItem):
            _tell_keys(told, version)
        if issubclass(item_type, NetworkItem):
            _tell_successor(told, version)
        return told


def facts_without_texts(page: Any) -> list[str]:
    """Return the facts of a page that have no text of their own in each language."""
    facts = [page._meta.get_field(name) for name in getattr(page, "facts", ())]
    return [field.name for field in facts if not (field.one_to_many and getattr(field.related_model, "texts", ()))]


def _tell_keys(told: Told, page: Any) -> None:
    """Give the occurrences and questions of a gathering readable keys, and its presentations those they belong to."""
    questions = Names("sporsmal")
    for row, item in zip(page.questions.all(), told["questions"], strict=True):
        item["key"], item["uid"] = questions.new(row.label), row.uid
    names, keys = Names("tid-og-sted"), {}
    for row, item in zip(page.occurrences.all(), told["occurrences"], strict=True):
        item["key"], item["uid"] = keys[row.uid] = names.new(row.name or row.place), row.uid
    for row, item in zip(page.presentations.all(), told["presentations"], strict=True):
        item["occurrence"] = keys[row.occurrence_uid][0] if row.occurrence_uid in keys else None


def _tell_successor(told: Told, network: Any) -> None:
    """Tell where to go instead by an address: the page that an editor chose is not part of the network."""
    page = network.successor_page
    if page is not None and page.live and page.full_url:
        told["successor_link"] = page.full_url
        told["successor_title"] = network.successor_title or page.title

"""Where the images and documents of a network are kept, and who may see them."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.models import Collection, CollectionViewRestriction

from wagtail_prosjektnett.content.content_keys import ContentKeys
from wagtail_prosjektnett.content.format import NetworkFile, PrivacyItem
from wagtail_prosjektnett.content.keys import key_uuid
from wagtail_prosjektnett.content.privacy import collection_rules, normal, restrict

KIND = "collection"


class NetworkCollection:
    """The collection of a network, with one below it for each sort of readers."""

    def __init__(self, file: NetworkFile, keys: ContentKeys) -> None:
        self.title = file.network.title
        self.keys = keys
        self._rules: dict[int, list[PrivacyItem]] = {}

    def for_privacy(self, privacy: Sequence[PrivacyItem]) -> Collection:
        """Return the collection for files that those readers may see, made if it is not there."""
        root = self._root()
        if self.fits(root, privacy):
            return root
        below = next((found for found in root.get_descendants() if self.fits(found, privacy)), None)
        return below or self._restricted(root, privacy)

    def fits(self, collection: Collection, privacy: Sequence[PrivacyItem]) -> bool:
        """Whether those who may see what is in a collection are those that are asked for."""
        return self._rules_above(collection) == [normal(rule) for rule in privacy]

    def _rules_above(self, collection: Collection) -> list[PrivacyItem]:
        if collection.pk not in self._rules:
            self._rules[collection.pk] = collection_rules(collection)
        return self._rules[collection.pk]

    def _root(self) -> Collection:
        key = key_uuid(KIND, "", str(self.keys.network))
        root = Collection.get_first_root_node()
        found = self.keys.find(key, Collection) or root.get_children().filter(name=self.title).first()
        collection = found or root.add_child(instance=Collection(name=self.title))
        self.keys.put(key, collection, made=found is None)
        return collection

    def _restricted(self, root: Collection, privacy: Sequence[PrivacyItem]) -> Collection:
        """Make a collection whose own rules are those that the network's does not have already."""
        above = self._rules_above(root)
        own = [rule for rule in privacy if normal(rule) not in above]
        names = ", ".join(group for rule in own for group in rule.groups)
        made = root.add_child(instance=Collection(name=f"{root.name}: {names or own[0].kind}" if own else root.name))
        restrict(made, own, CollectionViewRestriction, "collection_id")
        self._rules.pop(made.pk, None)
        return made

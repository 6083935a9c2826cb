"""Whom a network has named to be asked about its experience base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wagtail_prosjektnett.domain.registration import normalised
from wagtail_prosjektnett.pages.members import ContactRole
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.records.people import ContactPerson

#: Who looks after the experience base: those with the first of these roles that anybody with an address has.
_ROLES = (ContactRole.FEEDBACK, ContactRole.LEADER)


def experience_contacts(networks: Iterable[Any]) -> dict[int, list[ContactPerson]]:
    """Return who looks after the experience base of each of some networks, by the id of the network.

    Only those who can get mail are there: a network in which nobody can is left out. It costs one query.
    """
    model = page_model(PageRole.NETWORK)
    keys = {network.pk for network in networks}
    if model is None or not keys:
        return {}
    rows = model.contacts.rel.related_model.objects.filter(page__in=keys).exclude(person__email="")
    by_role: dict[int, dict[str, list[ContactPerson]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related("person__locale").order_by("sort_order", "pk"):
        by_role[row.page_id][row.role].append(row.person)
    found = {pk: next((roles[role] for role in _ROLES if roles.get(role)), []) for pk, roles in by_role.items()}
    return {pk: people for pk, people in found.items() if people}


def looks_after(person: ContactPerson, network: Any) -> bool:
    """Whether a contact person looks after the experience base of a network in any of its languages; two queries.

    A person is known by the address: one who was translated stands in another row.
    """
    languages = type(network).objects.filter(translation_key=network.translation_key).only("pk")
    people = (each for named in experience_contacts(languages).values() for each in named)
    return normalised(person.email) in {normalised(each.email) for each in people}


def looked_after_by(person: ContactPerson) -> list[Any]:
    """Return the networks whose experience base a contact person looks after, with two queries."""
    model = page_model(PageRole.NETWORK)
    if model is None:
        return []
    networks = list(model.objects.filter(contacts__person=person).distinct())
    contacts = experience_contacts(networks)
    return [network for network in networks if person in contacts.get(network.pk, [])]

"""A network as https://schema.org/Organization, with the organisations that are part of it.

Contact people are left out: their page is the place to look for them, and lets go of who is not there any more.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from wagtail_prosjektnett.outputs.structured_data.things import Shown, Thing, described, organisation_thing
from wagtail_prosjektnett.pages.members import MemberRole

#: What an organisation is to the network.
_PROPERTIES = {
    MemberRole.OWNER: "parentOrganization",
    MemberRole.PARTNER: "member",
    MemberRole.MEMBER: "member",
    MemberRole.FUNDER: "funder",
}


def network_things(shown: Shown) -> list[Thing]:
    """Return the network with those that take part in it on the day that it is asked for, and what has come to pass."""
    page = shown.page
    today = shown.at.astimezone(page.tz).date()
    dates = {"foundingDate": page.active_from, "dissolutionDate": page.closed_from}
    past = {name: day.isoformat() for name, day in dates.items() if day and day <= today}
    return [described("Organization", shown, name=page.title, **past, **_members(shown, today))]


def _members(shown: Shown, today: date) -> Thing:
    told: dict[str, list[Any]] = {}
    for row in shown.context["members"]:
        if row.takes_part_on(today):
            told.setdefault(_PROPERTIES[MemberRole(row.role)], []).append(organisation_thing(row.organisation))
    return told

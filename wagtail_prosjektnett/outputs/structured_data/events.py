"""A gathering as https://schema.org/Event, with an event of its own for each time and place where it has several.

Search engines refuse an event without a start or a place. An occurrence that is dated to a month, a season or a year,
or of which nobody has said where it is, gives none.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail_prosjektnett.domain.dates import When, start_of_day
from wagtail_prosjektnett.domain.occurrences import EventStatus, RegistrationStatus
from wagtail_prosjektnett.outputs.structured_data.things import (
    Shown,
    Thing,
    described,
    known,
    language_of,
    network_thing,
    organisation_thing,
)
from wagtail_prosjektnett.pages.addresses import frontend_url
from wagtail_prosjektnett.pages.members import owners_on
from wagtail_prosjektnett.pages.signup import Signup, signup_of

_COUNTRY = "NO"
#: https://schema.org/EventStatusType. What was moved has a new date here, and nobody knows the old one any more.
_EVENT_STATUS = {
    EventStatus.ONGOING: "EventScheduled",
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.TENTATIVE: "EventScheduled",
    EventStatus.HELD: "EventScheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
}
#: https://schema.org/ItemAvailability. Who can only wait for a seat has none.
_AVAILABILITY = {
    RegistrationStatus.OPEN: "InStock",
    RegistrationStatus.WAITING_LIST: "SoldOut",
    RegistrationStatus.FULL: "SoldOut",
    RegistrationStatus.NOT_YET_OPEN: "PreOrder",
    RegistrationStatus.CLOSED: "OutOfStock",
}


def event_things(shown: Shown) -> list[Thing]:
    """Return the gathering as an event, or nothing where no occurrence has an exact date and a place."""
    page = shown.page
    rows = page.in_order
    told = [row for row in rows if row.when.exactness.is_exact and _places(row, shown)]
    if not told:
        return []
    whole = {
        "name": page.title,
        "inLanguage": language_of(page),
        "audience": _audience(page.target_audience),
        "organizer": _organisers(shown, told[0]),
    }
    if len(rows) == 1:
        return [described("Event", shown, **whole, **_facts(told[0], shown))]
    return [described("Event", shown, **whole, **_summary(told, shown), subEvent=[_part(row, shown) for row in told])]


def _audience(words: str) -> Thing | None:
    return {"@type": "Audience", "audienceType": words} if words else None


def _summary(rows: list[Any], shown: Shown) -> Thing:
    """Return when and where something takes place that does so several times: from the first to the last of them."""
    facts = [_facts(row, shown) for row in rows]
    last = max(range(len(rows)), key=lambda number: rows[number].facts.span.end)
    places = list({repr(place): place for fact in facts for place in fact["location"]}.values())
    return {
        "startDate": facts[0]["startDate"],
        "endDate": facts[last]["endDate"],
        "eventStatus": _schema(_EVENT_STATUS[shown.page.event_status(shown.at)]),
        "eventAttendanceMode": _attendance(places),
        "location": places,
    }


def _part(row: Any, shown: Shown) -> Thing:
    name = " – ".join(part for part in (shown.page.title, row.name) if part)
    return known({"@type": "Event", "@id": shown.id_of(f"event-{row.uid}"), "name": name, **_facts(row, shown)})


def _facts(row: Any, shown: Shown) -> Thing:
    start, end = event_dates(row.when, row.facts.tz)
    signup = signup_of(row, shown.at)
    places = _places(row, shown)
    return known(
        {
            "startDate": start,
            "endDate": end,
            "eventStatus": _schema(_EVENT_STATUS[row.facts.event_status(shown.at)]),
            "eventAttendanceMode": _attendance(places),
            "location": places,
            "maximumAttendeeCapacity": row.capacity,
            "remainingAttendeeCapacity": signup.seats_left,
            "offers": _offer(row, signup, shown) if signup.is_on else None,
        }
    )


def event_dates(when: When, tz: ZoneInfo) -> tuple[str, str]:
    """Return the start and the end by ISO 8601: days where no time is known, else times with their offset."""
    span = when.span(tz)
    start = _instant(span.start, tz) if when.start_time is not None else when.first_day.isoformat()
    has_end = when.start_time is not None and when.end_time is not None
    end = _instant(span.end, tz) if has_end else max(when.final_day, when.first_day).isoformat()
    return start, end


def _places(row: Any, shown: Shown) -> list[Thing]:
    """Return where one takes part. The online address is for those who have a seat: the page stands in its place."""
    places: list[Thing] = []
    if row.place or row.address or row.municipality:
        locality = row.municipality.name if row.municipality else ""
        address = known(
            {
                "@type": "PostalAddress",
                "streetAddress": row.address,
                "addressLocality": locality,
                "addressCountry": _COUNTRY,
            }
        )
        places.append({"@type": "Place", "name": row.place or row.address or locality, "address": address})
    if row.is_online and shown.url:
        places.append({"@type": "VirtualLocation", "url": shown.url})
    return places


def _attendance(places: list[Thing]) -> str:
    kinds = {place["@type"] for place in places}
    if kinds == {"VirtualLocation"}:
        return _schema("OnlineEventAttendanceMode")
    return _schema("OfflineEventAttendanceMode" if kinds == {"Place"} else "MixedEventAttendanceMode")


def _offer(row: Any, signup: Signup, shown: Shown) -> Thing:
    """Return how one signs up. What a form elsewhere asks for in return is not known; the one here asks for nothing."""
    tz, opens = row.facts.tz, row.facts.terms.opens
    return known(
        {
            "@type": "Offer",
            "url": _offer_url(signup, shown),
            "price": "0" if signup.is_counted else None,
            "priceCurrency": "NOK" if signup.is_counted else None,
            "availability": _schema(_AVAILABILITY[signup.status]),
            "validFrom": _instant(start_of_day(opens, tz), tz) if opens else None,
            "validThrough": _instant(row.facts.registration_ends(), tz),
        }
    )


def _offer_url(signup: Signup, shown: Shown) -> str:
    """Return where one signs up: the page itself where that is by mail, in a frontend, or not possible now."""
    is_on_page = signup.is_counted and frontend_url(shown.page, shown.request) is not None
    if is_on_page or not signup.url or signup.url.startswith("mailto:"):
        return shown.url
    parts = shown.page.get_url_parts(shown.request)
    return parts[1] + signup.url if parts and signup.url.startswith("/") else signup.url


def _organisers(shown: Shown, first: Any) -> list[Thing]:
    """Return the owners of the network when the gathering begins; the network itself where it tells of none."""
    network = shown.network
    owners = owners_on(network, first.start_date) if network is not None else []
    told: list[Thing | None] = [organisation_thing(owner.organisation) for owner in owners]
    return [thing for thing in (told or [network_thing(shown)]) if thing is not None]


def _instant(at: datetime, tz: ZoneInfo) -> str:
    return at.astimezone(tz).isoformat()


def _schema(name: str) -> str:
    return f"https://schema.org/{name}"

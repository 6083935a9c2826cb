"""What our API tells of each type of page, besides what all of them have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from wagtail_prosjektnett.pages.feed_links import calendar_url, news_url, occurrence_calendar_url
from wagtail_prosjektnett.pages.gathering import registration_form, season_data
from wagtail_prosjektnett.pages.occurrence import event_status_data, location_data, registration_status_data, when_data
from wagtail_prosjektnett.pages.seats import seats_data
from wagtail_prosjektnett.pages.types import PageRole
from wagtail_prosjektnett.references import PageData
from wagtail_prosjektnett.wording.labels import choice_label

if TYPE_CHECKING:
    from wagtail_prosjektnett.api import schemas
    from wagtail_prosjektnett.api.items import Items
    from wagtail_prosjektnett.api.lookups import Found


@dataclass(frozen=True)
class Item:
    """One page, with the others that it is told with."""

    page: Any
    items: Items

    def html(self, name: str) -> str:
        """Return a field of rich text as HTML."""
        return self.items.found.html(getattr(self.page, name), self.page.locale_id)

    def stream(self, name: str) -> Any:
        """Return the blocks of a StreamField."""
        return self.items.stream(self.page, name)

    def reference(self, pk: int | None) -> PageData | None:
        """Return a page that the page is related to, in its language; None where readers do not see it here."""
        return self.items.found.page(pk, self.page.locale_id, own_site=True) if pk else None

    def contacts(self) -> list[schemas.ContactData]:
        """Return the people whom readers may contact, in the language of the page."""
        people = [
            (row, self.items.found.person(row.person_id, self.page.locale_id)) for row in self.page.contacts.all()
        ]
        return [
            {"person": person, "role": row.role, "role_label": choice_label(row, "role")}
            for row, person in people
            if person is not None
        ]


def _network(item: Item) -> dict[str, Any]:
    page = item.page
    return {
        "period": page.period,
        "time_zone": page.time_zone,
        "members": [
            {
                "organisation": item.items.found.organisation(row.organisation),
                "role": row.role,
                "role_label": choice_label(row, "role"),
                "takes_part_from": row.takes_part_from,
                "takes_part_to": row.takes_part_to,
            }
            for row in page.members.all()
        ],
        "contacts": item.contacts(),
        "calendar": calendar_url(page, item.items.request),
        "news_feed": news_url(page, item.items.request),
    }


def _gathering(item: Item) -> dict[str, Any]:
    page, at = item.page, item.items.at
    change = page.next_change(at)
    return {
        "event_status": event_status_data(page.event_status(at)),
        "registration_status": registration_status_data(page.registration_status(at)),
        "next_change": change.astimezone(page.lifecycle.tz) if change else None,
        "season_of": season_data(page),
        "occurrences": [occurrence_data(row, at, item.items.found) for row in page.occurrences.all()],
        "target_audience": page.target_audience,
        "programme": item.stream("programme"),
        "registration_method": page.registration_method,
        "registration_link": page.registration_link,
        "registration_email": page.registration_email,
        "registration_opens": page.registration_opens,
        "registration_deadline": page.registration_deadline,
        "registration_waiting_list": page.registration_waiting_list,
        "registration_confirmation": page.registration_confirmation,
        "registration_needs": page.registration_needs,
        "registration_form": registration_form(page),
        "contacts": item.contacts(),
        "presentations": [_presentation(row, item.items.found) for row in page.presentations.all()],
        "survey_link": page.survey_link,
        "evaluation_summary": item.html("evaluation_summary"),
        "evaluation_outcome": item.html("evaluation_outcome"),
        "calendar": calendar_url(page, item.items.request),
    }


def occurrence_data(row: Any, at: datetime, found: Found) -> schemas.OccurrenceData:
    """Return a time and place of a gathering as the API tells it at an aware instant."""
    facts = row.facts
    return {
        "uid": row.uid,
        "name": row.name,
        "when": when_data(row),
        "location": location_data(row, found.organisation(row.municipality)),
        "event_status": event_status_data(facts.event_status(at)),
        "registration_status": registration_status_data(facts.registration_status(at)),
        "capacity": row.capacity,
        "seats": seats_data(row),
        "registration_deadline": row.registration_deadline,
        "calendar": occurrence_calendar_url(row, found.request),
    }


def _presentation(row: Any, found: Found) -> schemas.PresentationData:
    return {
        "title": row.title,
        "speaker": row.speaker,
        "occurrence_uid": row.occurrence_uid,
        "document": found.document(row.document_id),
        "link": row.link,
        "accessible": row.accessible,
    }


def _announcement(item: Item) -> dict[str, Any]:
    page = item.page
    return {
        "category": page.category,
        "category_label": page.category_label,
        "featured": page.featured,
        "correction": item.html("correction"),
        "related_gathering": item.reference(page.related_gathering_id),
    }


def _experience(item: Item) -> dict[str, Any]:
    page = item.page
    related = [item.reference(row.related_id) for row in page.related_pages.all()]
    return {
        "kind": page.kind,
        "kind_label": page.get_kind_display(),
        "phases": [{"id": phase.pk, "name": phase.name} for phase in page.shown_phases],
        "topics": [{"id": topic.pk, "name": topic.name} for topic in page.shown_topics],
        "municipality": item.items.found.organisation(page.municipality),
        "lessons": item.stream("lessons"),
        "resources": item.stream("resources"),
        "source_gathering": item.reference(page.source_gathering_id),
        "responsible": item.items.found.person(page.responsible_id, page.locale_id),
        "last_reviewed": page.last_reviewed,
        "next_review": page.next_review,
        "review_months": page.review_months,
        "review_due": page.review(item.items.at).due,
        "related": [each for each in related if each is not None],
        "feedback": item.items.found.feedback(page).data,
    }


DETAILS = {
    PageRole.NETWORK: _network,
    PageRole.GATHERING: _gathering,
    PageRole.ANNOUNCEMENT: _announcement,
    PageRole.EXPERIENCE: _experience,
}

"""The floor: our list of full gatherings, written by hand for the pages that ``seed.py`` makes.

It answers with the same JSON, with the fewest queries and plain rows, and takes every liberty that a general package
cannot: one language, one site at the root of its address, no site blocks, no lifecycle dates, no odd content. What it
takes is what the same answer costs at least with Django's ORM; nothing else is to be learned here.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic_core import to_json
from wagtail.documents.models import Document
from wagtail.images.models import Rendition
from wagtail.models import Page, PageViewRestriction, Site

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.models import ContactPerson, OrganisationName
from wagtail_prosjektnett.pages.models import GatheringContact, GatheringPage, NetworkPage, Occurrence, Presentation
from wagtail_prosjektnett.pages.synchronising import MARGIN

ZONE = ZoneInfo("Europe/Oslo")
MONTHS = "januar februar mars april mai juni juli august september oktober november desember".split()  # noqa: SIM905
EVENT = {"scheduled": "Planlagt", "ongoing": "Pågår nå", "held": "Gjennomført"}
REGISTRATION = {"open": "Åpen for påmelding", "closed": "Påmeldingen er stengt"}
LIFECYCLE = {
    "state": "active",
    "label": "Aktivt",
    "since": None,
    "next_change": None,
    "active_from": None,
    "wind_down_from": None,
    "closed_from": None,
    "taken_down_from": None,
}
LINK = re.compile(r'<a linktype="(page|document)" id="(\d+)">')
ORGANISATION = ("pk", "name", "kind", "organisation_number", "municipality_number", "website")
PERSON = ("name", "title", "email", "phone")
DOCUMENT = ("pk", "title", "file", "file_size")
COLUMNS = (
    "pk", "title", "slug", "url_path", "path", "seo_title", "search_description", "published_on", "changed_on",
    "first_published_at", "lead", "image_id", "body_json", "programme_json", "season", "target_audience",
    "registration_method", "registration_link", "registration_email", "registration_opens", "registration_deadline",
    "registration_waiting_list", "registration_confirmation", "registration_needs", "survey_link",
    "evaluation_summary", "evaluation_outcome",
)  # fmt: skip
OCCURRENCE = (
    "page_id", "uid", "name", "starts_at", "ends_at", "start_date", "place", "address", "online_address", "capacity",
    "registration_deadline",
)  # fmt: skip


def gatherings(request: HttpRequest) -> HttpResponse:
    """Answer as ``/api/prosjektnett/gatherings/`` does."""
    site = Site.find_for_request(request)
    hidden = list(PageViewRestriction.objects.values_list("page__path", flat=True))
    pages = GatheringPage.objects.filter(live=True, path__startswith=site.root_page.path)
    for path in hidden:
        pages = pages.exclude(path__startswith=path)
    count = pages.count()
    starts = Occurrence.objects.filter(page=OuterRef("pk")).order_by("starts_at")
    first = pages.order_by(Subquery(starts.values("starts_at")[:1]), "pk").values("pk")[:20]
    # Only the bodies of these are read.
    pages = GatheringPage.objects.filter(pk__in=first).annotate(
        start=Subquery(starts.values("starts_at")[:1]),
        body_json=Cast("body", TextField()),
        programme_json=Cast("programme", TextField()),
    )
    rows = list(pages.order_by("start", "pk").values(*COLUMNS)[:20])
    at = timezone.now()
    items = Gatherings(rows, site, at).items()
    answer = {"items": items, "count": count, "limit": 20, "offset": 0, "as_of": at - MARGIN, "removed": None}
    return HttpResponse(to_json(answer), content_type="application/json")


def nothing(request: HttpRequest) -> HttpResponse:
    """Answer with nothing: what Django alone takes."""
    return HttpResponse(b"{}", content_type="application/json")


class Gatherings:
    """Rows of gatherings, with all that they refer to."""

    def __init__(self, rows: list[dict[str, Any]], site: Site, at: datetime) -> None:
        self.rows, self.at = rows, at
        self.base, self.strip = site.root_url, len(site.root_page.url_path) - 1
        for row in rows:
            row["body"], row["programme"] = json.loads(row["body_json"]), json.loads(row["programme_json"])
        ids = [row["pk"] for row in rows]
        self.occurrences = grouped(
            Occurrence.objects.filter(page__in=ids)
            .order_by("sort_order")
            .values_list(*OCCURRENCE, *(f"municipality__{name}" for name in ORGANISATION))
        )
        self.contacts = grouped(
            GatheringContact.objects.filter(page__in=ids)
            .order_by("sort_order")
            .values_list(
                "page_id",
                "role",
                *(f"person__{name}" for name in PERSON),
                *(f"person__organisation__{name}" for name in ORGANISATION),
            )
        )
        self.presentations = grouped(
            Presentation.objects.filter(page__in=ids)
            .order_by("sort_order")
            .values_list(
                "page_id", "title", "speaker", "occurrence_uid", "link", "accessible",
                *(f"document__{name}" for name in DOCUMENT),
            )
        )  # fmt: skip
        self._look_up()

    def _look_up(self) -> None:
        blocks = [block for row in self.rows for block in row["body"]]
        values = {kind: [block["value"] for block in blocks if block["type"] == kind] for kind in
                  ("paragraph", "image", "document", "links", "contact")}  # fmt: skip
        texts = values["paragraph"] + [row["evaluation_summary"] for row in self.rows]
        linked = {(kind, int(pk)) for text in texts for kind, pk in LINK.findall(text)}
        pages = {pk for kind, pk in linked if kind == "page"}
        pages |= {link["page"] for value in values["links"] for link in value["links"]}
        documents = {pk for kind, pk in linked if kind == "document"} | {
            each["document"] for each in values["document"]
        }
        self.people = {
            row[0]: row[1:]
            for row in ContactPerson.objects.filter(pk__in=values["contact"]).values_list(
                "pk", *PERSON, *(f"organisation__{name}" for name in ORGANISATION)
            )
        }
        self.pages = {
            pk: (title, url_path[self.strip :])
            for pk, title, url_path in Page.objects.filter(pk__in=pages, live=True).values_list(
                "pk", "title", "url_path"
            )
        }
        self.documents = {
            row[0]: document(self.base, *row)
            for row in Document.objects.filter(pk__in=documents).values_list(*DOCUMENT)
        }
        self.networks = {
            row[0]: row[1:]
            for row in NetworkPage.objects.filter(path__in={row["path"][:12] for row in self.rows}).values_list(
                "path", "pk", "title", "url_path"
            )
        }
        self.names = grouped(
            OrganisationName.objects.filter(organisation__in=set(self._organisations()))
            .order_by("sort_order")
            .values_list("organisation_id", "name", "language")
        )
        images = {row["image_id"] for row in self.rows} | {each["image"]["image"] for each in values["image"]}
        self.images = self._images(images)

    def _organisations(self) -> Iterable[int]:
        size = len(ORGANISATION)
        yield from (row[-size] for rows in self.occurrences.values() for row in rows)
        yield from (row[-size] for rows in self.contacts.values() for row in rows)
        yield from (row[-size] for row in self.people.values())

    def _images(self, ids: set[int]) -> dict[int, Any]:
        sizes = {spec: name for name, spec in conf.image_renditions().items()}
        found: dict[int, Any] = {}
        rows = Rendition.objects.filter(image__in=ids, filter_spec__in=sizes, focal_point_key="").values_list(
            "image_id", "image__title", "image__description", "filter_spec", "file", "width", "height"
        )
        for pk, title, alt, spec, file, width, height in rows:
            image = found.setdefault(pk, {"id": pk, "title": title, "alt": alt or title, "renditions": {}})
            url = f"{self.base}/media/{file}"
            image["renditions"][sizes[spec]] = {"url": url, "width": width, "height": height}
        return found

    def items(self) -> list[dict[str, Any]]:
        """Return the gatherings as our API tells them."""
        return [self._item(row) for row in self.rows]

    def _item(self, row: dict[str, Any]) -> dict[str, Any]:
        pk, title, url_path = self.networks[row["path"][:12]]
        occurrences = [self._occurrence(*each) for each in self.occurrences[row["pk"]]]
        changes = [change for _data, changes in occurrences for change in changes if change > self.at]
        first = min(each[5] for each in self.occurrences[row["pk"]])
        season = "spring" if first.month < 7 else "autumn"
        told = [data for data, _changes in occurrences]
        return {
            "id": row["pk"],
            "title": row["title"],
            "slug": row["slug"],
            "url": self.base + row["url_path"][self.strip :],
            "seo_title": row["seo_title"],
            "search_description": row["search_description"],
            "language": "nb",
            "translations": [],
            "published": row["published_on"] or row["first_published_at"].astimezone(ZONE).date(),
            "changed": row["changed_on"],
            "network": {"id": pk, "title": title, "url": self.base + url_path[self.strip :]},
            "lifecycle": LIFECYCLE,
            "network_banner": None,
            "type": "gathering",
            "lead": row["lead"],
            "image": self.images[row["image_id"]],
            "body": [{**block, "value": self._block(block["type"], block["value"])} for block in row["body"]],
            "event_status": summary(EVENT, ("ongoing", "scheduled", "held"), told, "event_status"),
            "registration_status": summary(REGISTRATION, ("open", "closed"), told, "registration_status"),
            "next_change": min(changes).astimezone(ZONE) if changes else None,
            "season_of": {
                "season": season,
                "year": first.year,
                "text": f"{'våren' if season == 'spring' else 'høsten'} {first.year}",
            },
            "occurrences": told,
            "calendar": f"{self.base}/feeds/gatherings/{row['pk']}/calendar.ics",
            "target_audience": row["target_audience"],
            "programme": row["programme"],
            "registration_method": row["registration_method"],
            "registration_link": row["registration_link"],
            "registration_email": row["registration_email"],
            "registration_opens": row["registration_opens"],
            "registration_deadline": row["registration_deadline"],
            "registration_waiting_list": row["registration_waiting_list"],
            "registration_confirmation": row["registration_confirmation"],
            "registration_needs": row["registration_needs"],
            "registration_form": None,
            "contacts": [
                {"person": self._person(*each), "role": role, "role_label": "Kontakt"}
                for _page, role, *each in self.contacts[row["pk"]]
            ],
            "presentations": [
                {
                    "title": title,
                    "speaker": speaker,
                    "occurrence_uid": uid,
                    "document": document(self.base, *paper),
                    "link": link,
                    "accessible": accessible,
                }
                for _page, title, speaker, uid, link, accessible, *paper in self.presentations[row["pk"]]
            ],
            "survey_link": row["survey_link"],
            "evaluation_summary": LINK.sub(self._anchor, row["evaluation_summary"]),
            "evaluation_outcome": row["evaluation_outcome"],
        }

    def _occurrence(
        self, page: int, uid: Any, name: str, starts: datetime, ends: datetime, day: date, place: str, address: str,
        online: str, capacity: int, deadline: date, *municipality: Any,
    ) -> tuple[dict[str, Any], set[datetime]]:  # fmt: skip
        midnight = datetime.combine(deadline + timedelta(days=1), datetime.min.time(), ZONE).astimezone(UTC)
        event = "held" if self.at >= ends else "ongoing" if self.at >= starts else "scheduled"
        registration = "open" if self.at < midnight else "closed"
        data = {
            "uid": uid,
            "name": name,
            "when": {
                "starts_at": starts.astimezone(ZONE),
                "ends_at": ends.astimezone(ZONE),
                "exactness": "day",
                "text": f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
            },
            "location": {
                "place": place,
                "address": address,
                "municipality": self._organisation(*municipality),
                "is_online": bool(online),
            },
            "event_status": {"value": event, "label": EVENT[event]},
            "registration_status": {"value": registration, "label": REGISTRATION[registration]},
            "capacity": capacity,
            "registration_deadline": deadline,
            "seats": None,
            "calendar": f"{self.base}/feeds/occurrences/{uid}/calendar.ics?language=nb",
        }
        return data, {starts, ends, midnight}

    def _block(self, kind: str, value: Any) -> Any:
        tell: dict[str, Callable[[Any], Any]] = {
            "paragraph": lambda text: LINK.sub(self._anchor, text),
            "image": lambda each: {
                **each,
                "image": {**self.images[each["image"]["image"]], "alt": each["image"]["alt_text"]},
            },
            "document": lambda each: {**each, "document": self.documents[each["document"]]},
            "links": lambda each: {
                **each,
                "links": [{**link, "page": self._page(link["page"])} for link in each["links"]],
            },
            "contact": lambda pk: self._person(*self.people[pk]),
        }
        return tell[kind](value) if kind in tell else value

    def _page(self, pk: int) -> dict[str, Any]:
        title, url = self.pages[pk]
        return {"id": pk, "title": title, "url": self.base + url}

    def _anchor(self, match: re.Match[str]) -> str:
        kind, pk = match.groups()
        if kind == "page":
            return f'<a href="{self.pages[int(pk)][1]}">'
        return f'<a href="{self.documents[int(pk)]["url"].removeprefix(self.base)}">'

    def _person(self, name: str, title: str, email: str, phone: str, *organisation: Any) -> dict[str, Any]:
        known = self._organisation(*organisation)
        return {"name": name, "title": title, "organisation": known, "email": email, "phone": phone}

    def _organisation(self, pk: int, name: str, kind: str, number: str, municipality: str, site: str) -> dict[str, Any]:
        return {
            "name": name,
            "names": [{"name": each, "language": language} for _pk, each, language in self.names[pk]],
            "kind": kind,
            "kind_label": "Kommune",
            "organisation_number": number,
            "municipality_number": municipality,
            "website": site,
        }


def document(base: str, pk: int, title: str, file: str, size: int) -> dict[str, Any]:
    """Return a document as our API tells it."""
    name = file.rsplit("/", 1)[-1]
    extension = name.rsplit(".", 1)[-1]
    url = f"{base}/documents/{pk}/{quote(name)}"
    return {"id": pk, "title": title, "url": url, "file_name": name, "file_extension": extension, "size": size}


def summary(labels: dict[str, str], order: Iterable[str], occurrences: list[Any], name: str) -> dict[str, str]:
    """Return the status that sums up those of occurrences: the first one present in an order."""
    found = {each[name]["value"] for each in occurrences}
    value = next(each for each in order if each in found)
    return {"value": value, "label": labels[value]}


def grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Return rows by their first column."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    return groups

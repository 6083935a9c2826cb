"""What is measured on one database: each case is one thing that a reader or an editor does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from benchmarks.names import (
    AGAIN,
    AGGREGATE,
    ARTICLES,
    BY_PATH,
    FLOOR,
    ITEM,
    LANDING,
    LIST,
    PUBLISH,
    PUBLISH_STOCK,
    SEARCH,
    SEARCH_ARTICLES,
    UNCHANGED,
    UPCOMING,
    V2_OURS,
    V2_STOCK,
    V3_BY_PATH,
    V3_DETAIL,
    V3_LIST,
)
from benchmarks.seed import HALF
from benchmarks.stock.models import StockContact, StockGatheringPage, StockOccurrence, StockPresentation
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage

OURS, STOCK_V2, OUR_V2, V3 = "/api/prosjektnett", "/stock/v2/pages/", "/api/v2/pages/", "/api/v3/pages/"
TYPE = "prosjektnett_pages.GatheringPage"


class Cases:
    """The cases by name. Each does its work when it is called; ``before`` is not part of the time that it takes."""

    def __init__(self) -> None:
        self.client = Client(HTTP_HOST="localhost")
        network = NetworkPage.objects.order_by("pk").first()
        gathering = GatheringPage.objects.order_by("pk")[7]
        self.gathering, self.stock_gathering = gathering.pk, stock_gathering(gathering)
        self.path = gathering.get_url_parts()[2]
        v2 = f"?type={TYPE}&fields=*"
        self.addresses = {
            LIST: f"{OURS}/gatherings/",
            AGAIN: f"{OURS}/gatherings/",
            UPCOMING: f"{OURS}/gatherings/?network={network.pk}&from={date.today()}",
            AGGREGATE: f"{OURS}/networks/{network.pk}/",
            LANDING: network.get_url_parts()[2],
            ITEM: f"{OURS}/gatherings/{gathering.pk}/",
            SEARCH: f"{OURS}/search/?q={HALF}",
            ARTICLES: f"{OURS}/experiences/",
            SEARCH_ARTICLES: f"{OURS}/experiences/?q={HALF}",
            V2_OURS: OUR_V2 + v2,
            V2_STOCK: STOCK_V2 + v2,
            V3_DETAIL: f"{V3}{gathering.pk}/",
            FLOOR: "/floor/gatherings/",
        }
        self.others: dict[str, Callable[[], Any]] = {
            UNCHANGED: self._unchanged,
            BY_PATH: self._by_path,
            V3_BY_PATH: self._v3_by_path,
            V3_LIST: self._v3_list,
            PUBLISH: lambda: self._publish(GatheringPage, self.gathering),
            PUBLISH_STOCK: lambda: self._publish(StockGatheringPage, self.stock_gathering),
        }
        self._etag = ""

    @property
    def names(self) -> list[str]:
        """The names of all cases."""
        return [*self.addresses, *self.others]

    def before(self, name: str) -> None:
        """Do what must be done before a case: only two of them are about answers that were made already."""
        settings.PROSJEKTNETT_CACHE = "default" if name in (AGAIN, UNCHANGED) else ""
        if name in (AGAIN, UNCHANGED):
            self._etag = self.get(LIST)["ETag"]

    def run(self, name: str) -> Any:
        """Do the work of a case, and return the answer if it is one request."""
        return self.get(name) if name in self.addresses else self.others[name]()

    def get(self, name: str) -> Any:
        """Return the answer to the request of a case."""
        return self._get(self.addresses[name])

    def _get(self, address: str, **headers: Any) -> Any:
        answer = self.client.get(address, **headers)
        assert answer.status_code in (200, 304), (address, answer.status_code, answer.content[:300])
        return answer

    def _unchanged(self) -> Any:
        return self._get(self.addresses[LIST], HTTP_IF_NONE_MATCH=self._etag)

    def _by_path(self) -> Any:
        page = self._get(f"{OURS}/pages/?html_path={self.path}").json()["page"]
        return self._get(f"{OURS}/gatherings/{page['id']}/")

    def _v3_by_path(self) -> Any:
        return self.client.get(f"{V3}find/?html_path={self.path}", follow=True)

    def _v3_list(self) -> Any:
        for item in self._get(f"{V3}?type={TYPE}").json()["items"]:
            answer = self._get(f"{V3}{item['id']}/")
        return answer

    def _publish(self, model: Any, pk: int) -> None:
        """Publish a page as an editor would, and undo it."""
        with transaction.atomic():
            page = model.objects.get(pk=pk)
            page.title += " x"
            page.save_revision().publish()
            transaction.set_rollback(True)


def stock_gathering(gathering: GatheringPage) -> int:
    """Return the id of a page of Wagtail's alone that holds what a gathering does; it is made once."""
    found = StockGatheringPage.objects.first()
    if found is not None:
        return found.pk
    names = (
        "lead", "image", "target_audience", "registration_method", "registration_link", "evaluation_summary"
    )  # fmt: skip
    page = StockGatheringPage(
        title="Stock",
        body=list(gathering.body.raw_data),
        programme=list(gathering.programme.raw_data),
        registration_deadline=timezone.localdate(),
        **{name: getattr(gathering, name) for name in names},
    )
    page.occurrences = [
        StockOccurrence(
            name=row.name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            municipality=row.municipality,
        )
        for row in gathering.occurrences.all()
    ]
    page.contacts = [StockContact(person=row.person) for row in gathering.contacts.all()]
    page.presentations = [
        StockPresentation(title=row.title, speaker=row.speaker, document=row.document)
        for row in gathering.presentations.all()
    ]
    gathering.get_parent().add_child(instance=page)
    page.save_revision().publish()
    return page.pk

"""Fills a database with networks that are as full as real ones, many pages at a time.

Every gathering has two times and places, two contacts, three presentations with documents, an image in every size, a
rich text with links and a body of eight blocks with choosers. Two words tell pages apart for searches: ``HALF`` is in
half of the pages, ``FEW`` in one of a hundred.
"""

from __future__ import annotations

import random
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Filter, Image, Rendition
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, Page
from wagtail.search.backends import get_search_backend

from tests import factories
from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.feedback import FeedbackAbout, FeedbackState
from wagtail_prosjektnett.models import ContactPerson, Feedback, Organisation, OrganisationName, ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    ExperienceIndexPage,
    ExperiencePage,
    GatheringContact,
    GatheringIndexPage,
    GatheringPage,
    NetworkContact,
    NetworkMember,
    Occurrence,
    Presentation,
)

HALF, FEW = "gevinst", "kvensk"
#: How many gatherings a network has at most; there is never a network alone.
GATHERINGS_OF_A_NETWORK = 500
#: From how many gatherings the articles of one large experience base are.
GATHERINGS_WITH_ARTICLES = 100
#: How many rows are written at once.
BATCH = 500
WORDS = [
    "kommune",
    "tjeneste",
    "nettverk",
    "samling",
    "erfaring",
    "prosjekt",
    "ledelse",
    "forankring",
    "mål",
    "effekt",
    "oppfølging",
    "plan",
    "bruker",
    "innbygger",
    "verktøy",
    "metode",
    "støtte",
    "opplæring",
    "fylke",
    "samarbeid",
    "deling",
    "kunnskap",
    "praksis",
    "læring",
    "endring",
    "økonomi",
    "digital",
    "helse",
    "skole",
]


class Seed:
    """A site with as many gatherings and articles as are asked for, and a tenth as much news."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.random = random.Random(size)
        self.now = timezone.now().replace(microsecond=0)

    def fill(self) -> None:
        """Write all of it, in one transaction, and index it for searches."""
        call_command("migrate", verbosity=0)
        with connection.schema_editor() as editor:
            for model in apps.get_app_config("stock").get_models():
                editor.create_model(model)
        self.locale = Locale.get_default()
        with transaction.atomic():
            self._records()
            self._networks()
        for model in (GatheringPage, AnnouncementPage, ExperiencePage):
            pages = list(model.get_indexed_objects())
            for start in range(0, len(pages), BATCH):
                get_search_backend().add_bulk(model, pages[start : start + BATCH])
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _networks(self) -> None:
        count = max(2, self.size // GATHERINGS_OF_A_NETWORK)
        for number in range(count):
            self._network(number, self.size // count, self.size // count)

    def _records(self) -> None:
        """Write what pages refer to."""
        collection = Collection.get_first_root_node()
        file = Image.objects.create(title="x", file=get_test_image_file(size=(1600, 900))).file.name
        paper = Document.objects.create(title="x", file=ContentFile(b"%PDF-1.4", "lysark.pdf")).file.name
        many = {"width": 1600, "height": 900, "file": file, "collection": collection, "file_size": 3000}
        self.images = Image.objects.bulk_create(
            Image(title=f"Bilde {n}", description=self.words(5), **many) for n in range(200)
        )
        specs = [Filter(spec=spec) for spec in conf.image_renditions().values()]
        Rendition.objects.bulk_create(
            Rendition(
                image=image,
                filter_spec=spec.spec,
                focal_point_key=spec.get_cache_key(image),
                file=file,
                width=800,
                height=450,
            )
            for image in self.images
            for spec in specs
        )
        self.documents = Document.objects.bulk_create(
            Document(title=f"Lysark {n}", file=paper, collection=collection, file_size=8) for n in range(200)
        )
        self.municipalities = Organisation.objects.bulk_create(
            Organisation(name=f"Kommune {n}", kind="municipality", municipality_number=str(5600 + n)) for n in range(40)
        )
        OrganisationName.objects.bulk_create(
            OrganisationName(organisation=each, name=f"{each.name} {code}", language=code, sort_order=place)
            for each in self.municipalities
            for place, code in enumerate(("nb", "se"))
        )
        self.people = ContactPerson.objects.bulk_create(
            ContactPerson(
                name=f"Rådgiver {n}",
                email=f"r{n}@example.org",
                organisation=self.random.choice(self.municipalities),
                locale=self.locale,
            )
            for n in range(50)
        )
        self.topics = Topic.objects.bulk_create(Topic(name=f"Emne {n}", locale=self.locale) for n in range(20))
        self.phases = list(ProjectPhase.objects.all())

    def _network(self, number: int, size: int, articles: int) -> None:
        network = factories.network(f"Nettverk {number}", image=self.images[0], lead=self.words(20))
        network.members = [NetworkMember(organisation=each, role="member") for each in self.municipalities[:10]]
        network.contacts = [NetworkContact(person=self.people[0], role="leader")]
        self.targets = [network.pk]
        network.body = self._body()
        network.save_revision().publish()
        self._gatherings(factories.publish(GatheringIndexPage(title="Samlinger"), network), size)
        self._announcements(factories.publish(AnnouncementIndexPage(title="Aktuelt"), network), max(10, size // 10))
        self._articles(factories.publish(ExperienceIndexPage(title="Erfaringsbase"), network), articles)

    def _gatherings(self, index: Page, size: int) -> None:
        first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
        # Gatherings refer to each other: their ids are those that come next.
        self.targets = list(range(first, first + size))
        pages = [
            GatheringPage(
                title=f"Samling {n} {self.words(3)}",
                lead=self.words(20) + self._mark(n),
                image=self.random.choice(self.images),
                body=self._body(),
                programme=self._programme(),
                target_audience=self.words(4),
                registration_method="link",
                registration_link="https://example.org/pamelding",
                evaluation_summary=self._rich(40),
            )
            for n in range(size)
        ]
        add_pages(index, pages, self.now, self.locale)
        assert [page.pk for page in pages] == self.targets
        zone = ZoneInfo(conf.default_time_zone())
        # Not quite half of them are ahead.
        days = [date.today() + timedelta(days=self.random.randint(-500, 400)) for _page in pages]
        rows = [
            Occurrence(
                page=page,
                name=("Øst", "Vest")[place],
                start_date=day + timedelta(days=7 * place),
                place=self.words(2),
                capacity=40,
                sort_order=place,
                municipality=self.random.choice(self.municipalities),
                registration_deadline=day - timedelta(days=7),
            )
            for page, day in zip(pages, days, strict=True)
            for place in range(2)
        ]
        for row in rows:
            row.renew_instants(zone)
        Occurrence.objects.bulk_create(rows, batch_size=BATCH)
        GatheringContact.objects.bulk_create(
            (
                GatheringContact(page=page, person=person, sort_order=place)
                for page in pages
                for place, person in enumerate(self.random.sample(self.people, 2))
            ),
            batch_size=BATCH,
        )
        Presentation.objects.bulk_create(
            (
                Presentation(page=page, title=self.words(4), speaker="Rådgiver", document=document, sort_order=place)
                for page in pages
                for place, document in enumerate(self.random.sample(self.documents, 3))
            ),
            batch_size=BATCH,
        )

    def _announcements(self, index: Page, size: int) -> None:
        pages = [
            AnnouncementPage(
                title=f"Nyhet {n} {self.words(3)}",
                lead=self.words(20),
                image=self.random.choice(self.images),
                body=self._body(),
                category="news",
                related_gathering_id=self.random.choice(self.targets),
            )
            for n in range(size)
        ]
        add_pages(index, pages, self.now, self.locale)

    def _articles(self, index: Page, size: int) -> None:
        lesson = dict.fromkeys(("context", "action", "result", "differently"), f"<p>{self.words(20)}</p>")
        pages = [
            ExperiencePage(
                title=f"Artikkel {n} {self.words(3)}",
                lead=self.words(20) + self._mark(n),
                image=self.random.choice(self.images),
                body=self._body(),
                lessons=blocks(("lesson", {"title": self.words(3), **lesson})),
                municipality=self.random.choice(self.municipalities),
                source_gathering_id=self.random.choice(self.targets),
                responsible=self.random.choice(self.people),
            )
            for n in range(size)
        ]
        add_pages(index, pages, self.now, self.locale)
        for name, terms in (("topics", self.topics), ("phases", self.phases)):
            field = ExperiencePage._meta.get_field(name)
            through, other = field.remote_field.through, field.m2m_reverse_field_name()
            rows = [
                through(experiencepage_id=page.pk, **{f"{other}_id": self.random.choice(terms).pk}) for page in pages
            ]
            through.objects.bulk_create(rows, batch_size=BATCH)
        self._feedback(pages)

    def _feedback(self, articles: list[Any]) -> None:
        """Let readers have said something of one in five articles, most of which is shown."""
        rows = [
            Feedback(
                about=FeedbackAbout.ARTICLE.value,
                page_key=page.translation_key,
                language=self.locale.language_code,
                state=(FeedbackState.SHOWN if place else FeedbackState.WAITING).value,
                helpful=self.random.choice((True, True, False, None)),
                used=self.random.random() < 0.4,
                municipality=self.random.choice(self.municipalities),
                comment=self.words(12),
                created_at=self.now,
            )
            for page in articles[::5]
            for place in range(self.random.randint(2, 6))
        ]
        Feedback.objects.bulk_create(rows, batch_size=BATCH)

    def words(self, count: int) -> str:
        """Return some words."""
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def _mark(self, number: int) -> str:
        return f" {HALF}" * (number % 2) + f" {FEW}" * (number % 100 == 0)

    def _rich(self, count: int) -> str:
        page, document = self.random.choice(self.targets), self.random.choice(self.documents).pk
        return (
            f'<p>{self.words(count)} <a linktype="page" id="{page}">{self.words(2)}</a> {self.words(count)}</p>'
            f'<p><b>{self.words(3)}</b> <a linktype="document" id="{document}">{self.words(2)}</a> '
            f'<a href="https://example.org/">{self.words(1)}</a></p>'
        )

    def _body(self) -> list[dict[str, Any]]:
        picture = {"image": self.random.choice(self.images).pk, "alt_text": self.words(4), "decorative": False}
        paper = {"title": "Les", "document": self.random.choice(self.documents).pk, "link": "", "accessible": True}
        links = [{"page": self.random.choice(self.targets), "link": "", "text": ""}]
        return blocks(
            ("heading", self.words(4)),
            ("paragraph", self._rich(40)),
            ("image", {"image": picture, "caption": self.words(4), "credit": ""}),
            ("paragraph", self._rich(30)),
            ("document", paper),
            ("quote", {"quote": self.words(20), "attribution": "Rådgiver"}),
            ("links", {"heading": self.words(2), "links": links}),
            ("contact", self.random.choice(self.people).pk),
        )

    def _programme(self) -> list[dict[str, Any]]:
        speakers = [{"name": "Rådgiver", "title": self.words(2)}]
        slot = {
            "start": "10:00:00",
            "end": "11:00:00",
            "title": self.words(3),
            "description": f"<p>{self.words(9)}</p>",
        }
        return blocks(
            ("slot", {**slot, "speakers": speakers}), ("pause", {"start": None, "end": None, "title": "Kaffe"})
        )


class ExperienceBaseSeed(Seed):
    """A site with one network, whose experience base has as many articles as are asked for."""

    def _networks(self) -> None:
        self._network(0, GATHERINGS_WITH_ARTICLES, self.size)


def blocks(*pairs: tuple[str, Any]) -> list[dict[str, Any]]:
    """Return blocks as they are stored."""
    return [{"type": name, "value": value, "id": str(uuid.uuid4())} for name, value in pairs]


def add_pages(parent: Page, pages: list[Any], at: datetime, locale: Locale) -> None:
    """Write pages below a parent that has none yet, with the rows of their own tables, but no revisions."""
    model = type(pages[0])
    content_type = ContentType.objects.get_for_model(model)
    for number, page in enumerate(pages, 1):
        page.slug, page.draft_title = f"side-{number}", page.title
        page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number), parent.depth + 1
        page.content_type, page.locale, page.url_path = content_type, locale, f"{parent.url_path}{page.slug}/"
        page.first_published_at = at - timedelta(hours=len(pages) - number)
        page.last_published_at = page.first_published_at
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in names}) for page in pages], batch_size=BATCH
    )
    for page, row in zip(pages, rows, strict=True):
        page.pk = page.id = page.page_ptr_id = row.pk
    for start in range(0, len(pages), BATCH):
        model._base_manager.all()._insert(
            pages[start : start + BATCH], fields=model._meta.local_concrete_fields, using="default"
        )
    Page.objects.filter(pk=parent.pk).update(numchild=len(pages))

"""News as an Atom feed: what RFC 4287 asks for, and what readers of feeds need to keep up."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Site

from tests import factories
from tests.languages import again, translated
from tests.outputs import rfc4287
from wagtail_prosjektnett.models import Frontend
from wagtail_prosjektnett.outputs import atom
from wagtail_prosjektnett.outputs.atom import Author, Category, Entry, Feed
from wagtail_prosjektnett.outputs.news import MOST_ENTRIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NS = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def network():
    return factories.network("Nettverket")


@pytest.fixture
def feed(network, fetch):
    """The feed of the network, or of one of its categories, read and checked."""

    def read(category="", of=None):
        path = f"networks/{(of or network).pk}/news"
        content = fetch(f"{path}/{category}.atom" if category else f"{path}.atom")
        root = ElementTree.fromstring(content)  # noqa: S314
        rfc4287.check(root)
        return root

    return read


def day(text):
    return datetime.fromisoformat(text).date()


def texts(root, path):
    return [element.text for element in root.findall(path, NS)]


def content_of(root, number=1):
    return root.findtext(f"a:entry[{number}]/a:content", namespaces=NS)


def test_an_entry_has_everything(feed, network):
    news = factories.announcement(
        network, "Søk & få <tilskudd>", category="grants", lead="Fristen er 1. mars.", published_on=day("2019-02-15"),
        changed_on=day("2019-02-20"), correction="<p>Fristen var feil.</p>",
        body=[("paragraph", "<p>Hele teksten.</p>"), ("heading", "Slik søker du")],
    )  # fmt: skip
    root = feed()
    entry = root.find("a:entry", NS)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nb"
    assert root.findtext("a:title", namespaces=NS) == "Nettverket – Aktuelt"
    assert root.findtext("a:author/a:name", namespaces=NS) == "Nettverket"
    assert root.findtext("a:author/a:uri", namespaces=NS) == network.full_url
    assert entry.findtext("a:title", namespaces=NS) == "Søk & få <tilskudd>"
    assert entry.findtext("a:published", namespaces=NS) == "2019-02-15T00:00:00+01:00"
    assert entry.findtext("a:updated", namespaces=NS) == "2019-02-20T00:00:00+01:00"
    assert root.findtext("a:updated", namespaces=NS) == "2019-02-20T00:00:00+01:00"
    assert entry.findtext("a:summary", namespaces=NS) == "Fristen er 1. mars."
    assert entry.find("a:link", NS).attrib == {"rel": "alternate", "type": "text/html", "href": news.full_url}
    assert entry.find("a:category", NS).attrib == {"term": "grants", "label": "Tilskudd"}
    content = content_of(root)
    assert content.index("Rettelse") < content.index("Fristen var feil.") < content.index("Fristen er 1. mars.")
    assert content.index("Hele teksten.") < content.index("<h2>Slik søker du</h2>")


def test_without_editorial_dates_it_is_when_wagtail_published_it(feed, network, clock):
    news = factories.announcement(network)
    clock.shift(timedelta(days=3))
    again(news).save_revision().publish()
    entry = feed().find("a:entry", NS)
    assert entry.findtext("a:published", namespaces=NS) == "2026-11-23T12:00:00+01:00"
    assert entry.findtext("a:updated", namespaces=NS) == "2026-11-26T12:00:00+01:00"


def test_days_begin_in_the_time_zone_of_the_network(feed, clock):
    network = factories.network("Østover", time_zone="Asia/Tokyo")
    factories.announcement(network, published_on=day("2019-02-15"))
    entry = feed(of=network).find("a:entry", NS)
    assert entry.findtext("a:published", namespaces=NS) == "2019-02-15T00:00:00+09:00"
    assert entry.findtext("a:updated", namespaces=NS) == "2019-02-15T00:00:00+09:00"


def test_the_newest_come_first_whatever_is_featured_and_no_more_than_thirty(feed, network):
    for number in range(MOST_ENTRIES + 2):
        factories.announcement(
            network, f"Nyhet {number}", published_on=day("2020-01-01") + timedelta(days=number), featured=number == 5
        )
    titles = texts(feed(), "a:entry/a:title")
    assert titles == [f"Nyhet {number}" for number in range(MOST_ENTRIES + 1, 1, -1)]


def test_a_category_has_a_feed_of_its_own(feed, network):
    factories.announcement(network, "Penger", category="grants")
    factories.announcement(network, "Annet", category="news")
    factories.announcement(network, "Uten")
    root = feed("grants")
    assert texts(root, "a:entry/a:title") == ["Penger"]
    assert root.findtext("a:title", namespaces=NS) == "Nettverket – Tilskudd"
    assert root.find("a:category", NS).attrib == {"term": "grants", "label": "Tilskudd"}
    assert len(feed().findall("a:entry", NS)) == 3
    assert root.findtext("a:id", namespaces=NS) != feed().findtext("a:id", namespaces=NS)


def test_an_empty_feed_is_a_feed(feed):
    root = feed("grants")
    assert root.findall("a:entry", NS) == []
    assert root.findtext("a:updated", namespaces=NS) == "2026-11-23T11:00:00+00:00"


def test_ids_stay_when_the_page_moves_and_the_site_gets_another_name(feed, network):
    news = factories.announcement(network, "Nyhet")
    before = texts(feed(), ".//a:id")
    other = factories.network("Et annet")
    index = news.get_parent()
    again(index.specific).move(other, pos="last-child")
    again(network).move(other, pos="last-child")
    network.refresh_from_db()
    page = again(news)
    page.slug = "et-annet-sted"
    page.save_revision().publish()
    Site.objects.update(hostname="ny.example.org")
    Site.clear_site_root_paths_cache()
    after = texts(feed(of=other), ".//a:id") + texts(feed(), "a:id")
    assert set(before) <= set(after)


@pytest.mark.usefixtures("two_languages")
def test_each_language_has_a_feed_and_ids_of_its_own(feed, network, nynorsk):
    news = factories.announcement(network, "Nyhet", category="grants")
    theirs = translated(news, nynorsk)
    theirs.title = "Nyhende"
    theirs.save_revision().publish()
    root = feed(of=theirs.get_parent().get_parent())
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nn"
    assert texts(root, "a:entry/a:title") == ["Nyhende"]
    assert root.findtext("a:title", namespaces=NS).endswith("– Aktuelt")
    assert not set(texts(root, ".//a:id")) & set(texts(feed(), ".//a:id"))


def test_news_of_a_network_within_it_has_that_as_its_author(feed, network):
    inner = factories.network("Det indre", parent=network)
    factories.announcement(inner, "Innenfra")
    factories.announcement(network, "Egen")
    authors = {entry.findtext("a:title", namespaces=NS): entry.findtext("a:author/a:name", namespaces=NS)
               for entry in feed().findall("a:entry", NS)}  # fmt: skip
    assert authors == {"Innenfra": "Det indre", "Egen": None}


@pytest.fixture
def everything(network):
    """News that links to all that it can."""
    image = get_image_model().objects.create(title="Bilde", file=get_test_image_file())
    document = get_document_model().objects.create(title="Rapport", file=ContentFile(b"%PDF", "rapport.pdf"))
    gathering = factories.gathering(network, "Samlingen")

    def make(title):
        text = (
            f'<p><a linktype="page" id="{gathering.pk}">samlingen</a> <a href="#del">her</a> '
            f'<a linktype="document" id="{document.pk}">rapporten</a> <a href="https://example.org/x?y=1#z">der</a> '
            '<a href="mailto:post@example.org">skriv</a></p>'
        )
        picture = {"image": image.pk, "alt_text": "Folk ved et bord", "decorative": False}
        links = [{"type": "item", "id": "1", "value": {"page": gathering.pk}}]
        return factories.announcement(
            network, title, image=image, related_gathering=gathering,
            body=[
                {"type": "paragraph", "value": text},
                {"type": "image", "value": {"image": picture}},
                {"type": "document", "value": {"title": "Rapport", "document": document.pk, "accessible": True}},
                {"type": "links", "value": {"links": links}},
                {"type": "contact", "value": factories.person().pk},
                {"type": "fact_box", "value": {"heading": "Fakta", "text": "<p>Noe</p>"}},
            ],
        )  # fmt: skip

    return make


def addresses_in(content):
    found = re.findall(r'(?:href|src)="([^"]*)"', content)
    for images in re.findall(r'srcset="([^"]*)"', content):
        found += [image.split(" ")[0] for image in images.split(", ")]
    return found


def test_all_addresses_in_the_text_are_full(feed, everything, network):
    news = everything("Nyhet")
    addresses = addresses_in(content_of(feed()))
    assert len(addresses) > 10
    assert all(re.match(r"(https?://|mailto:)", address) for address in addresses), addresses
    gathering = news.related_gathering.specific.full_url
    assert addresses.count(gathering) == 3
    assert f"{news.full_url}#del" in addresses
    assert "https://example.org/x?y=1#z" in addresses
    assert [address for address in addresses if address.startswith("http://localhost/media/images/")]
    assert [address for address in addresses if address.startswith("http://localhost/documents/")]


def test_links_lead_to_the_external_frontend_where_there_is_one(feed, everything, network):
    Frontend.objects.create(site=Site.objects.get(), address="https://nett.example.org")
    news = everything("Nyhet")
    root = feed()
    gathering = news.related_gathering.specific
    addresses = addresses_in(content_of(root))
    assert addresses.count(f"https://nett.example.org{gathering.url}") == 3
    assert gathering.full_url not in addresses
    assert root.find("a:entry/a:link", NS).get("href") == f"https://nett.example.org{news.url}"
    assert [address for address in addresses if address.startswith("http://localhost/documents/")]


def test_what_anybody_may_not_see_is_not_linked_to(feed, everything, network):
    news = everything("Nyhet")
    document = get_document_model().objects.get()
    document.collection = document.collection.add_child(name="Lukket")
    document.save()
    document.collection.view_restrictions.create(restriction_type="login")
    news.related_gathering.specific.unpublish()
    content = content_of(feed())
    assert "Les mer om samlingen" not in content
    assert "rapport.pdf" not in content.partition("download")[2]


@pytest.mark.parametrize("has_frontend", [False, True])
def test_it_costs_as_much_for_many_as_for_two(
    feed, everything, network, has_frontend, django_assert_max_num_queries, settings
):
    settings.PROSJEKTNETT_CACHE = ""
    if has_frontend:
        Frontend.objects.create(site=Site.objects.get(), address="https://nett.example.org")

    def cost():
        feed()  # renditions are made once
        with django_assert_max_num_queries(99) as asked:
            feed()
        return len(asked)

    for number in range(2):
        everything(f"Nyhet {number}")
    few = cost()
    for number in range(6):
        everything(f"Flere {number}")
    assert cost() == few <= 18


ODD = st.text(st.characters(codec="utf-16", exclude_categories=()), max_size=40)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))


@given(title=ODD, summary=ODD, html=ODD, term=ODD, at=MOMENTS)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_the_document_is_sound_and_keeps_it(title, summary, html, term, at):
    entry = Entry(
        "urn:x:1", title, "https://example.org/", at, at, summary, html, category=Category(term or "x", title)
    )
    feed = Feed("urn:x:0", title, "https://example.org/f", "https://example.org/", "nb", at, Author("Ø"), [entry])
    root = ElementTree.fromstring(atom.document(feed))  # noqa: S314
    rfc4287.check(root)
    for path, text in (("a:title", title), ("a:entry/a:summary", summary), ("a:entry/a:content", html)):
        # A parser of XML reads every end of a line as one kind.
        assert (root.findtext(path, namespaces=NS) or "") == allowed(text).replace("\r\n", "\n").replace("\r", "\n")


def allowed(text):
    """A text without what no XML document may have."""
    return "".join(each for each in text if each in "\t\n\r" or (ord(each) >= 32 and each not in "\ufffe\uffff"))


def test_an_image_that_cannot_be_read_does_not_keep_the_rest_away(feed, network):
    image = get_image_model().objects.create(
        title="Borte", file=ImageFile(get_test_image_file().file, name="x.png"), width=1, height=1
    )
    image.file.storage.delete(image.file.name)
    factories.announcement(network, "Nyhet", image=image, lead="Likevel")
    assert "Likevel" in content_of(feed())

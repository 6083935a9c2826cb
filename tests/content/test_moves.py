"""A network is written as a content file, loaded on another site, and written again: the bytes are the same."""

from datetime import UTC, date, datetime, time

import pytest
from django.contrib.auth.models import Group
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from tests import factories
from tests.content.moving import (
    assert_moves,
    assert_same_files,
    blocks,
    document,
    forget,
    image,
    network_file,
    written,
)
from tests.host.models import PlainPage
from wagtail_prosjektnett.content.dump import dump_network
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.models import ContactPerson, ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import (
    AnnouncementIndexPage,
    AnnouncementPage,
    ExperiencePage,
    GatheringContact,
    GatheringPage,
    NetworkMember,
    NetworkPage,
    Presentation,
)

pytestmark = pytest.mark.django_db

LATER = datetime(2030, 1, 1, 8, tzinfo=UTC)


@pytest.fixture
def participants():
    return Group.objects.create(name="Deltakere")


def test_what_a_file_brought_moves_on(bundle, tmp_path):
    network = bundle.load().network
    moved = assert_moves(network, tmp_path)
    gathering = GatheringPage.objects.get()
    assert gathering.translation_key
    assert gathering.presentations.get().occurrence_uid == gathering.occurrences.get(name="Vest").uid
    assert moved.get_descendants().live().count() == 6


def test_what_editors_made_moves(tmp_path):
    alta, leader = factories.municipality("Alta", municipality_number="5601"), factories.person()
    picture, slides = image(description="Vidda i snø", focal_point_x=5, focal_point_y=6), document()
    picture.focal_point_width, picture.focal_point_height = 3, 4
    picture.save()
    picture.tags.add("vidde", "snø")
    network = factories.network("Nettverk for prøver", lead="Første linje\n\nAndre: «linje» – 1:2", image=picture)
    network.members = [NetworkMember(organisation=alta, role="owner", takes_part_from=date(2017, 1, 1))]
    gathering = factories.gathering(
        network,
        "Vårsamling",
        [
            {"name": "Øst", "start_time": "10:00", "municipality": alta, "capacity": 20},
            {"name": "Øst", "start_date": "2018-03-01", "precision": "month", "decision": "cancelled"},
        ],
        registration_method="email",
        registration_email="post@example.org",
        registration_deadline=date(2018, 1, 31),
        evaluation_summary=f'<p data-block-key="a1">Se <a linktype="document" id="{slides.pk}">lysarkene</a>.</p>',
    )
    gathering.contacts = [GatheringContact(person=leader, role="leader")]
    row = gathering.occurrences.last()
    gathering.presentations = [Presentation(title="Ja", document=slides, occurrence_uid=row.uid, accessible=True)]
    blocks(
        gathering,
        "programme",
        ("slot", {"title": "Velkommen", "start": time(10), "speakers": [{"name": "no"}, {"name": "12"}]}),
        ("pause", {"title": "Kaffe"}),
    )
    gathering.save_revision().publish()
    article = factories.article(
        network, "Mandat", kind="guide", municipality=alta, source_gathering=gathering, responsible=leader
    )
    article.phases, article.topics = ProjectPhase.objects.all()[:2], [Topic.objects.create(name="Forankring")]
    blocks(
        article,
        "body",
        ("heading", "2018-01-01"),
        ("paragraph", f'<p>Se <a linktype="page" id="{gathering.pk}">samlingen</a> &amp; mer.</p><h3>Under</h3>'),
        ("image", {"image": {"image": picture, "alt_text": "Snø", "decorative": False}, "caption": ""}),
        ("links", {"heading": "", "links": [{"page": gathering}, {"link": "https://example.org/", "text": "null"}]}),
        ("document", {"title": "Lysark", "document": slides, "accessible": True}),
        ("contact", leader),
        ("key_figure", {"figure": "7", "label": "yes"}),
    )
    article.save_revision().publish()
    assert_moves(network, tmp_path)
    there = GatheringPage.objects.get()
    assert [(row.name, row.capacity, row.decision) for row in there.occurrences.all()] == [
        ("Øst", 20, "as_planned"),
        ("Øst", None, "cancelled"),
    ]
    assert there.presentations.get().occurrence_uid == there.occurrences.last().uid == row.uid
    article = ExperiencePage.objects.get()
    assert article.source_gathering_id == there.pk
    assert article.body[3].value["links"][0]["page"].pk == there.pk
    assert article.body[6].value["figure"] == "7"
    moved = NetworkPage.objects.get()
    assert moved.image.get_focal_point().centroid == (5, 6)
    assert moved.lead == "Første linje\n\nAndre: «linje» – 1:2"


def test_drafts_plans_and_dates_move(tmp_path, client):
    network = factories.network()
    factories.announcement(network, "Som den er", published_on=date(2019, 2, 15))
    page = AnnouncementPage.objects.get()
    page.title, page.go_live_at = "Siden", LATER
    page.save_revision().publish()
    page.title, page.go_live_at = "Utkast", None
    blocks(page, "body", ("links", {"links": [{}]}), ("heading", ""))
    page.save_revision(clean=False)
    hidden = factories.announcement(network, "Trukket tilbake")
    hidden.unpublish()
    draft = AnnouncementPage(title="Bare et utkast", live=False)
    factories.publish(AnnouncementPage(title="Utløper", expire_at=LATER), hidden.get_parent())
    hidden.get_parent().add_child(instance=draft)
    draft.slug = "ny-slug"
    draft.save_revision()
    AnnouncementPage.objects.filter(title="Som den er").update(first_published_at=datetime(2019, 2, 15, tzinfo=UTC))
    assert_moves(network, tmp_path)
    page = AnnouncementPage.objects.get(title="Som den er")
    assert page.scheduled_revision.as_object().title == "Siden"
    assert page.get_latest_revision_as_object().title == "Utkast"
    assert page.first_published_at == datetime(2019, 2, 15, tzinfo=UTC)
    assert not AnnouncementPage.objects.get(title="Trukket tilbake").live
    assert AnnouncementPage.objects.get(title="Bare et utkast").get_latest_revision_as_object().slug == "ny-slug"
    assert AnnouncementPage.objects.get(title="Utløper").expire_at == LATER


def test_restrictions_and_old_addresses_move(tmp_path, client, participants):
    network = factories.network()
    page, other = factories.announcement(network, "For noen"), factories.announcement(network, "For flere")
    rule = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    rule.groups.add(participants)
    PageViewRestriction.objects.create(page=other, restriction_type="password", password="hemmelig")
    Redirect.objects.create(old_path=f"{network.url}gammel", redirect_page=page, site=Site.objects.get())
    Redirect.objects.create(old_path="/kort", redirect_page=network, is_permanent=False)
    closed = Collection.get_first_root_node().add_child(name="Lukket")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    blocks(other, "body", ("document", {"title": "Referat", "document": document(collection=closed)}))
    other.save_revision().publish()
    assert_moves(network, tmp_path)
    assert AnnouncementPage.objects.get(title="For noen").view_restrictions.get().groups.get() == participants
    assert client.get(get_document_model().objects.get().url).status_code == 302
    assert Redirect.objects.get(old_path="/kort", site=None).redirect_page.title == "Testnettverket"


def test_all_languages_move(tmp_path, nynorsk):
    topic = Topic.objects.create(name="Forankring")
    leader = factories.person()
    for item, name in ((topic, "Forankring på nynorsk"), (leader, "Nettverksleiar")):
        translation = item.copy_for_translation(nynorsk)
        translation.name = name
        translation.save()
    network = factories.network()
    gathering = factories.gathering(network, "Samling", [{"name": "Øst"}, {"name": "Vest", "start_date": "2018-03-01"}])
    article = factories.article(network, "Artikkel", responsible=leader)
    article.topics = [topic]
    article.save_revision().publish()
    for page in (network, gathering.get_parent().specific, gathering, article.get_parent().specific, article):
        translation = page.copy_for_translation(nynorsk, copy_parents=True)
        translation.title = f"{page.title} nn"
        translation.save_revision().publish()
    other = GatheringPage.objects.get(locale=nynorsk)
    rows = list(other.occurrences.all())
    rows[0].name = "Aust"
    other.occurrences = rows
    other.save_revision().publish()
    theirs = ExperiencePage.objects.get(locale=nynorsk)
    theirs.responsible = ContactPerson.objects.get(locale=nynorsk)
    theirs.save_revision().publish()
    alias = factories.announcement(network, "Nyhet")
    alias.get_parent().copy_for_translation(nynorsk, alias=True)
    alias.copy_for_translation(nynorsk, alias=True)
    only = factories.publish(
        PlainPage(title="Berre på nynorsk", locale=nynorsk, text="Ja"), network.get_translation(nynorsk)
    )
    assert only.locale == nynorsk
    moved = assert_moves(network, tmp_path)
    there = moved.get_translation(nynorsk)
    assert [row.name for row in there.get_descendants().type(GatheringPage).specific().get().occurrences.all()] == [
        "Aust",
        "Vest",
    ]
    assert ExperiencePage.objects.get(locale=nynorsk).responsible.name == "Nettverksleiar"
    assert AnnouncementPage.objects.get(locale=nynorsk).alias_of.title == "Nyhet"
    assert PlainPage.objects.get().get_parent().pk == there.pk


def test_the_order_of_pages_moves(tmp_path):
    network = factories.network()
    news = factories.announcement(network, "Andre").get_parent()
    gatherings = factories.gathering_index(network)
    factories.publish(PlainPage(title="Om nettverket", text="0123"), network)
    factories.publish(PlainPage(title="Under"), PlainPage.objects.get(title="Om nettverket"))
    PlainPage.objects.get(title="Om nettverket").move(news, pos="left")
    AnnouncementPage.objects.get().move(factories.announcement(network, "Første"), pos="right")
    assert [page.title for page in network.get_children()] == ["Om nettverket", "Aktuelt", gatherings.title]
    moved = assert_moves(network, tmp_path)
    assert [page.title for page in moved.get_children()] == ["Om nettverket", "Aktuelt", "Samlinger"]
    assert PlainPage.objects.get(title="Om nettverket").text == "0123"
    assert [page.title for page in AnnouncementIndexPage.objects.get().get_children()] == ["Første", "Andre"]


def test_things_of_one_name_have_keys_of_their_own(tmp_path):
    network = factories.network("Likt")
    for _number in range(3):
        factories.announcement(network, "Likt", image=image("Likt"))
    factories.article(network, "æøå ½ _")
    path = written(network, tmp_path / "dump")
    data = network_file(path)
    assert [item["key"] for item in data["announcements"]["items"]] == ["likt-2", "likt-2-2", "likt-3"]
    assert [item["key"] for item in data["images"]] == ["likt", "likt-2", "likt-3"]
    assert_moves(network, tmp_path)


def test_a_link_out_of_the_network_becomes_an_address(tmp_path):
    network, outside = factories.network(), factories.publish(PlainPage(title="Utenfor"), factories.site_root())
    article = factories.article(network, "Artikkel", source_gathering=outside)
    blocks(
        article,
        "body",
        ("links", {"links": [{"page": outside}]}),
        ("paragraph", f'<p>Se <a linktype="page" id="{outside.pk}">en annen side</a>.</p>'),
    )
    article.related_pages.create(related=outside)
    article.save_revision().publish()
    network.successor_page = outside
    network.save_revision().publish()
    result = dump_network(network, tmp_path / "dump")
    assert any("Utenfor" in note for note in result.notes)
    data = network_file(tmp_path / "dump")
    told = data["experiences"]["items"][0]
    assert told["body"] == [
        {"links": {"links": [{"link": outside.full_url, "text": "Utenfor"}]}},
        {"paragraph": "<p>Se en annen side.</p>"},
    ]
    assert "related_pages" not in told
    assert data["network"]["successor_link"] == outside.full_url
    forget(network)
    load_network(tmp_path / "dump" / "network.yaml", factories.site_root())
    again = written(NetworkPage.objects.get(), tmp_path / "again")
    assert_same_files(tmp_path / "dump", again)


def test_a_network_inside_is_left_out_and_told(tmp_path):
    network = factories.network()
    inside = factories.network("Innenfor", parent=network)
    factories.announcement(inside, "Nyhet innenfor")
    result = dump_network(network, tmp_path / "dump")
    assert any("Innenfor" in note for note in result.notes)
    assert "Nyhet innenfor" not in (tmp_path / "dump" / "network.yaml").read_text("utf-8")

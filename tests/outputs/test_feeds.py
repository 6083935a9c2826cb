"""How feeds answer: to anybody alike, at little cost where nothing is new, and never with what is hidden."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar
from wagtail.models import Page, Site

from tests import factories
from tests.languages import again
from tests.outputs.importing import events_in
from wagtail_prosjektnett.pages.models import GatheringPage, Occurrence
from wagtail_prosjektnett.wording.lines import on_one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAYS = [{"name": "Øst", "start_date": "2026-12-10", "start_time": "10:00"}]


class World:
    """A network with a gathering and a piece of news, and the addresses of what tells of each."""

    def __init__(self, parent=None):
        self.network = factories.network("Nettverket", parent)
        self.gathering = factories.gathering(self.network, "Hemmelig samling", DAYS)
        self.news = factories.announcement(self.network, "Hemmelig nyhet", category="grants")
        self.row = self.gathering.occurrences.get()
        network = f"/feeds/networks/{self.network.pk}"
        self.of_network = [f"{network}/calendar.ics", f"{network}/news.atom", f"{network}/news/grants.atom"]
        self.of_gathering = [
            f"/feeds/gatherings/{self.gathering.pk}/calendar.ics",
            f"/feeds/occurrences/{self.row.uid}/calendar.ics",
        ]
        self.addresses = [*self.of_network, *self.of_gathering]


@pytest.fixture
def world(db):
    return World()


ALL = range(5)


@pytest.mark.parametrize("number", ALL)
def test_a_feed_that_is_not_new_is_not_sent_again(client, world, number, clock, django_assert_num_queries):
    address = world.addresses[number]
    clock.shift(timedelta(minutes=5))
    first = client.get(address)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        again_ = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again_.status_code, again_.content) == (304, b"")
    assert again_["ETag"] == first["ETag"]
    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    before = "Sun, 01 Nov 2026 00:00:00 GMT"
    assert client.get(address, headers={"if-modified-since": before}).status_code == 200


@pytest.mark.parametrize("number", ALL)
def test_a_change_gives_a_new_validator(client, world, number, clock):
    address = world.addresses[number]
    first = client.get(address)
    clock.shift(timedelta(minutes=5))
    for page in (world.gathering, world.news):
        page = again(page)
        page.lead = "Noe nytt"
        page.save_revision().publish()
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert "Noe nytt" in second.content.decode()


@pytest.mark.parametrize("number", ALL)
def test_others_may_keep_it_for_a_while_but_not_beyond_a_change_of_status(client, world, number, clock):
    answer = client.get(world.addresses[number])
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in answer["Vary"]
    clock.move_to("2026-12-10T09:59:30+01:00")
    assert client.get(world.addresses[number])["Cache-Control"] == "public, max-age=30"


@pytest.mark.parametrize("number", ALL)
def test_it_is_read_and_nothing_else(client, world, number):
    address = world.addresses[number]
    got, head = client.get(address), client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert (head["ETag"], head["Content-Type"]) == (got["ETag"], got["Content-Type"])
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("number", ALL)
def test_parameters_that_mean_nothing_change_nothing(client, world, number):
    address = world.addresses[number]
    odd = client.get(address, {"nocache": "1" * 10_000, "x": "\0", "locale": "nn"})
    assert odd.status_code == 200
    assert odd["ETag"] == client.get(address)["ETag"]


@pytest.mark.parametrize("number", ALL)
def test_it_says_what_it_is(client, world, number):
    answer = client.get(world.addresses[number])
    kind = "text/calendar" if "calendar" in world.addresses[number] else "application/atom+xml"
    assert answer["Content-Type"] == f"{kind}; charset=utf-8"
    assert answer["Content-Language"] == "nb"
    assert answer["Content-Disposition"].startswith("inline; filename=")


@pytest.mark.parametrize(
    "path",
    [
        "networks/{gathering}/calendar.ics",
        "gatherings/{network}/calendar.ics",
        "networks/2147483647/news.atom",
        "networks/99999999999999999999999999/calendar.ics",
        "gatherings/99999999999999999999999999/calendar.ics",
        "occurrences/00000000-0000-0000-0000-000000000000/calendar.ics",
        "occurrences/nothing/calendar.ics",
        "networks/{network}/news/unknown.atom",
        "networks/{network}/news/%00.atom",
        "networks/{network}/news/" + "x" * 10_000 + ".atom",
        "networks/-1/news.atom",
    ],
)
def test_what_there_is_not_is_not_found(client, world, path):
    address = path.format(network=world.network.pk, gathering=world.gathering.pk)
    assert client.get(f"/feeds/{address}").status_code == 404


def unpublished(world):
    again(world.network).unpublish()
    again(world.gathering).unpublish()


def restricted(world):
    world.network.view_restrictions.create(restriction_type="login")


def with_a_password(world):
    Page.objects.get(pk=world.network.pk).view_restrictions.create(restriction_type="password", password="x")


def on_another_site(world):
    root = factories.site_root().add_sibling(instance=Page(title="Annen", slug="annen"))
    Site.objects.create(hostname="annen.example.org", root_page=root)
    again(world.network).move(root, pos="last-child")


def deleted(world):
    again(world.network).delete()


@pytest.mark.parametrize("way", [unpublished, restricted, with_a_password, on_another_site, deleted])
@pytest.mark.parametrize("number", ALL)
def test_nothing_is_told_of_what_anybody_may_not_see(client, admin, world, number, way):
    address = world.addresses[number]
    etag = client.get(address)["ETag"]
    way(world)
    for reader in (client, admin):
        assert reader.get(address).status_code == 404
        assert reader.get(address, headers={"if-none-match": etag}).status_code == 404


def test_a_draft_has_no_feeds(client, world):
    draft = GatheringPage(title="Utkast", live=False)
    draft.occurrences = [factories.typed(Occurrence, start_date="2026-12-12")]
    factories.gathering_index(world.network).add_child(instance=draft)
    assert client.get(f"/feeds/gatherings/{draft.pk}/calendar.ics").status_code == 404
    assert client.get(f"/feeds/occurrences/{draft.occurrences.get().uid}/calendar.ics").status_code == 404
    assert len(events_in(client.get(world.of_network[0]).content)) == 1


def hide_section(world):
    world.gathering.get_parent().view_restrictions.create(restriction_type="login")
    world.news.get_parent().view_restrictions.create(restriction_type="login")


def hide_pages(world):
    world.gathering.view_restrictions.create(restriction_type="login")
    world.news.view_restrictions.create(restriction_type="login")


@pytest.mark.parametrize("hide", [hide_section, hide_pages])
def test_the_network_tells_nothing_of_what_is_hidden_in_it(client, world, hide):
    hide(world)
    for address in world.of_network:
        content = client.get(address).content.decode()
        assert "Hemmelig" not in content
        assert str(world.row.uid) not in content
    for address in world.of_gathering:
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("hide", [hide_section, hide_pages])
@pytest.mark.parametrize("is_hidden_first", [True, False])
def test_what_is_hidden_is_not_called_off_either(client, world, hide, is_hidden_first):
    if is_hidden_first:
        hide(world)
        again(world.gathering).unpublish()
        for restriction in [
            *world.gathering.view_restrictions.all(),
            *world.gathering.get_parent().view_restrictions.all(),
        ]:
            restriction.delete()
    else:
        again(world.gathering).unpublish()
        hide(world)
    assert events_in(client.get(world.of_network[0]).content) == []


def test_who_moved_away_is_not_told_by_a_network_that_takes_the_place(client, world):
    again(world.gathering).unpublish()
    path = world.network.path
    again(world.network).delete()
    other = World()
    assert other.network.path == path
    assert {event["UID"] for event in events_in(client.get(other.of_network[0]).content)} == {str(other.row.uid)}


def test_a_calendar_costs_as_much_for_many_gatherings_as_for_two(
    client, world, settings, django_assert_max_num_queries
):
    settings.PROSJEKTNETT_CACHE = ""
    place = factories.municipality()

    def add(number):
        page = factories.gathering(world.network, f"Samling {number}", [{**DAYS[0], "municipality": place}] * 3)
        gone = factories.gathering(world.network, f"Borte {number}", DAYS)
        again(gone).unpublish()
        return page

    def cost():
        client.get(world.of_network[0])  # the zones of a version of the content are read once
        with django_assert_max_num_queries(99) as asked:
            assert client.get(world.of_network[0]).status_code == 200
        return len(asked)

    add(1)
    few = cost()
    for number in range(2, 8):
        add(number)
    assert cost() == few <= 10


#: What a database takes.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)


@given(title=TEXT.filter(str.strip), name=TEXT, place=TEXT, lead=TEXT)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_whatever_is_written_the_files_are_sound(client, world, settings, title, name, place, lead):
    settings.PROSJEKTNETT_CACHE = ""
    Page.objects.filter(pk=world.gathering.pk).update(title=title)
    GatheringPage.objects.filter(pk=world.gathering.pk).update(lead=lead)
    rows = Occurrence.objects.filter(pk=world.row.pk)
    rows.update(name=name, place=place)
    content = client.get(world.of_network[0]).content
    lines = content.split(b"\r\n")
    assert not [line for line in lines if b"\n" in line or b"\r" in line or len(line) > 75]
    content.decode()
    [event] = events_in(content)
    assert event["UID"] == str(world.row.uid)
    assert event["SUMMARY"] == on_one_line(f"{title} – {name}" if name else title)
    assert len(Calendar.from_ical(content).walk("VTIMEZONE")) == 1

"""Calendars that are followed: they tell of every change once, and are the same until there is one."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page

from tests import factories
from tests.languages import again, translated
from tests.outputs.importing import Importer, events_in
from wagtail_prosjektnett.models import CalendarRecord
from wagtail_prosjektnett.pages import calendar_records, calendars, listings
from wagtail_prosjektnett.pages.types import PageRole, page_model

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

EAST = {"name": "Øst", "start_date": "2026-12-10", "start_time": "10:00", "end_time": "15:30", "place": "Kárášjohka"}
WEST = {"name": "Vest", "start_date": "2027-06-12", "end_date": "2027-06-13"}


@pytest.fixture
def network():
    return factories.network("Nettverket")


@pytest.fixture
def gathering(network):
    """A gathering with a time in winter in the east, and two days in summer in the west."""
    return factories.gathering(network, "Vårsamling", [EAST, WEST], lead="Vi møtes.\nTa med kaffe; te, og kake.")


@pytest.fixture
def calendar(network, fetch):
    """The calendar of the network, as it is now."""
    return lambda: fetch(f"networks/{network.pk}/calendar.ics")


def client_status(path):
    """How a feed is answered for anybody."""
    return Client().get(f"/feeds/{path}").status_code


def row_of(gathering, name="Øst"):
    return again(gathering).occurrences.get(name=name)


def change(page, clock, **fields):
    """Publish another time and place, some time later."""
    clock.shift(timedelta(hours=1))
    page = again(page)
    rows = list(page.occurrences.all())
    for row in rows:
        if row.name == EAST["name"]:
            for field, value in fields.items():
                setattr(row, field, row._meta.get_field(field).to_python(value))
    page.occurrences = rows
    page.save_revision().publish()


def entry_of(content, row):
    """The entry of an occurrence in a file, or None."""
    return {event["UID"]: event for event in events_in(content)}.get(str(row.uid))


def test_an_entry_says_all_that_one_needs_to_come(calendar, gathering):
    event = entry_of(calendar(), row_of(gathering))
    assert event["SUMMARY"] == "Vårsamling – Øst"
    assert event["LOCATION"] == "Kárášjohka"
    assert event["DESCRIPTION"] == "Vi møtes.\nTa med kaffe; te, og kake."
    assert event["URL"] == gathering.full_url
    assert event["STATUS"] == "CONFIRMED"
    assert event["CATEGORIES"].cats == ["Nettverket"]
    assert event["SEQUENCE"] == 0
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_times_are_those_of_the_network_and_days_are_days(calendar, gathering):
    content = calendar()
    assert b"DTSTART;TZID=Europe/Oslo:20261210T100000\r\nDTEND;TZID=Europe/Oslo:20261210T153000\r\n" in content
    assert b"DTSTART;VALUE=DATE:20270612\r\nDTEND;VALUE=DATE:20270614\r\n" in content
    [zone] = Calendar.from_ical(content).walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Oslo"
    changes = sorted(part["DTSTART"].dt for part in zone.subcomponents)
    assert [change.year for change in changes] == [2025, 2026, 2026]
    assert changes[1:] == [datetime(2026, 3, 29, 2), datetime(2026, 10, 25, 3)]


def test_the_calendar_says_what_it_is_and_how_often_to_ask(calendar, gathering, network):
    found = Calendar.from_ical(calendar())
    assert found["NAME"] == found["X-WR-CALNAME"] == "Nettverket"
    assert found["URL"] == network.full_url
    assert found["VERSION"] == "2.0"
    assert found["REFRESH-INTERVAL"].to_ical() == b"PT4H"
    assert found["X-PUBLISHED-TTL"] == "PT4H"
    assert found["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert "METHOD" not in found


def test_its_name_is_written_as_a_text(fetch):
    network = factories.network("Nettverk; for, alle")
    factories.gathering(network)
    content = fetch(f"networks/{network.pk}/calendar.ics")
    assert b"\r\nNAME:Nettverk\\; for\\, alle\r\nX-WR-CALNAME:Nettverk\\; for\\, alle\r\n" in content
    assert b"\r\nCATEGORIES:Nettverk\\; for\\, alle\r\n" in content


def test_a_calendar_without_entries_has_something_in_it(calendar, network):
    factories.gathering(network, "En gang", [{"start_date": "2027-03-01", "precision": "season"}])
    found = Calendar.from_ical(calendar())
    assert not found.walk("VEVENT")
    assert found.walk("VTIMEZONE")


def test_a_site_without_gatherings_has_an_empty_calendar(calendar, network, monkeypatch):
    def model_of(role):
        return None if role is PageRole.GATHERING else page_model(role)

    monkeypatch.setattr(listings, "page_model", model_of)
    monkeypatch.setattr(calendars, "page_model", model_of)
    assert not events_in(calendar())


def test_nothing_depends_on_when_it_is_asked_for(calendar, gathering, clock):
    before = calendar()
    clock.shift(timedelta(days=2))
    assert calendar() == before


def test_to_take_it_over_twice_changes_nothing(calendar, gathering):
    program = Importer().take(calendar())
    before = dict(program.entries)
    program.take(calendar())
    assert program.entries == before
    assert len(before) == 2


def test_what_is_published_again_with_the_same_is_no_change(calendar, gathering, clock):
    change(gathering, clock, capacity=40)
    assert entry_of(calendar(), row_of(gathering))["SEQUENCE"] == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"start_date": "2026-12-11"},
        {"start_time": "11:00"},
        {"end_time": "16:00"},
        {"place": "Alta"},
        {"address": "Gata 1"},
        {"decision": "cancelled"},
        {"name": "Øst i Finnmark"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_change_raises_the_sequence_of_that_entry_alone(calendar, gathering, clock, fields):
    program = Importer().take(calendar())
    row, other = row_of(gathering), row_of(gathering, "Vest")
    change(gathering, clock, **fields)
    program.take(calendar())
    assert program.entry(row)["SEQUENCE"] == 1
    assert program.entry(other)["SEQUENCE"] == 0
    assert program.entry(row).decoded("DTSTAMP") == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_moves_moves_in_the_calendars_of_those_who_have_it(calendar, gathering, clock):
    program = Importer().take(calendar())
    row = row_of(gathering)
    change(gathering, clock, start_date="2026-12-17")
    change(gathering, clock, start_date="2026-12-18", place="Alta")
    program.take(calendar())
    assert len(program.entries) == 2
    assert program.entry(row)["SEQUENCE"] == 2
    assert program.entry(row).decoded("DTSTART").date() == date(2026, 12, 18)
    assert program.entry(row)["LOCATION"] == "Alta"


def test_a_new_title_is_a_change(calendar, gathering, clock):
    clock.shift(timedelta(hours=1))
    page = again(gathering)
    page.title = "Julesamling"
    page.save_revision().publish()
    event = entry_of(calendar(), row_of(gathering))
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("Julesamling – Øst", 1)


@pytest.mark.parametrize(("decision", "word"), [("cancelled", "Avlyst"), ("postponed", "Utsatt")])
def test_what_does_not_take_place_is_shown_so(calendar, gathering, clock, decision, word):
    program = Importer().take(calendar())
    row = row_of(gathering)
    change(gathering, clock, decision=decision)
    event = program.take(calendar()).entry(row)
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == f"{word}: Vårsamling – Øst"
    change(gathering, clock, decision="as_planned")
    event = program.take(calendar()).entry(row)
    assert (event["STATUS"], event["SUMMARY"]) == ("CONFIRMED", "Vårsamling – Øst")
    assert event["SEQUENCE"] == 2


def test_a_draft_changes_nothing(calendar, gathering, clock):
    before = calendar()
    page = again(gathering)
    page.title = "Utkast"
    page.save_revision()
    assert calendar() == before


def test_what_is_told_and_the_page_are_saved_together_or_not_at_all(gathering, clock, monkeypatch):
    def fail(*args):
        raise OSError("the disk is full")

    monkeypatch.setattr(CalendarRecord, "save", fail)
    with pytest.raises(OSError, match="full"):
        change(gathering, clock, start_date="2026-12-11")
    assert row_of(gathering).start_date == date(2026, 12, 10)


def test_what_is_published_on_time_is_a_change_at_that_time(calendar, gathering, clock):
    before = calendar()
    page = again(gathering)
    rows = {row.name: row for row in page.occurrences.all()}
    rows["Øst"].place = "Alta"
    page.occurrences = list(rows.values())
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert calendar() == before
    clock.shift(timedelta(hours=2))
    call_command("publish_scheduled")
    event = entry_of(calendar(), row_of(gathering))
    assert (event["LOCATION"], event["SEQUENCE"]) == ("Alta", 1)


def test_another_time_zone_of_the_network_moves_the_times(calendar, gathering, network, clock):
    clock.shift(timedelta(hours=1))
    network = again(network)
    network.time_zone = "Europe/Helsinki"
    network.save_revision().publish()
    content = calendar()
    assert b"DTSTART;TZID=Europe/Helsinki:20261210T100000" in content
    assert entry_of(content, row_of(gathering))["SEQUENCE"] == 1


def remove(gathering, clock, name="Øst"):
    clock.shift(timedelta(hours=1))
    page = again(gathering)
    page.occurrences = [row for row in page.occurrences.all() if row.name != name]
    page.save_revision().publish()


def unpublish(gathering, clock):
    clock.shift(timedelta(hours=1))
    again(gathering).unpublish()


def unpublish_with_others(gathering, clock):
    clock.shift(timedelta(hours=1))
    Page.objects.get(pk=gathering.pk).unpublish()


def let_expire(gathering, clock):
    page = again(gathering)
    page.expire_at = timezone.now() + timedelta(minutes=30)
    page.save_revision().publish()
    clock.shift(timedelta(hours=1))
    call_command("publish_scheduled")


def delete(gathering, clock):
    clock.shift(timedelta(hours=1))
    again(gathering).delete()


def delete_with_its_index(gathering, clock):
    clock.shift(timedelta(hours=1))
    again(gathering).get_parent().delete()


@pytest.mark.parametrize("way", [unpublish, unpublish_with_others, let_expire, delete])
def test_what_is_gone_is_cancelled_without_a_word_of_the_page(calendar, gathering, clock, way):
    program = Importer().take(calendar())
    row = row_of(gathering)
    way(gathering, clock)
    content = calendar()
    event = program.take(content).entry(row)
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 1
    assert event["SUMMARY"] == "Avlyst samling"
    assert event.decoded("DTSTART") == datetime(2026, 12, 10, 9, tzinfo=UTC)
    assert entry_of(content, row)["SUMMARY"] == "Avlyst samling"
    for word in ("samling – ", "Kárášjohka", "kaffe", "URL:http://localhost/nettverket/samlinger", "Vårsamling"):
        assert word.encode() not in content


@pytest.mark.parametrize("way", [unpublish, unpublish_with_others, let_expire, delete, delete_with_its_index])
def test_who_follows_one_gathering_is_told_that_it_is_withdrawn(calendar, fetch, gathering, network, clock, way):
    row = row_of(gathering)
    own = [f"gatherings/{gathering.pk}/calendar.ics", f"occurrences/{row.uid}/calendar.ics"]
    programs = [Importer().take(fetch(address)) for address in own]
    way(gathering, clock)
    expected = entry_of(calendar(), row)
    for program, address, count in zip(programs, own, (2, 1), strict=True):
        content = fetch(address)
        assert program.take(content).entry(row) == expected
        assert len(events_in(content)) == count
        assert "samling" not in content.decode().lower().replace("avlyst samling", "")
    again(network).unpublish()
    assert [client_status(address) for address in own] == [404, 404]


def test_who_follows_what_is_deleted_or_removed_is_told_by_its_own_address(fetch, gathering, clock):
    east, west = row_of(gathering), row_of(gathering, "Vest")
    remove(gathering, clock)
    event = entry_of(fetch(f"occurrences/{east.uid}/calendar.ics"), east)
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Avlyst: Vårsamling")
    delete(gathering, clock)
    event = entry_of(fetch(f"occurrences/{west.uid}/calendar.ics"), west)
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Avlyst samling")
    clock.move_to("2027-06-14T00:00+02:00")
    assert client_status(f"occurrences/{west.uid}/calendar.ics") == 404


def test_a_gathering_that_nobody_ever_saw_has_no_calendar_when_it_is_deleted(network, gathering, clock):
    draft = again(gathering).copy(update_attrs={"title": "Utkast", "slug": "utkast"}, keep_live=False)
    delete(draft, clock)
    for pk in (draft.pk, 2**40, 10**30):
        assert client_status(f"gatherings/{pk}/calendar.ics") == 404


@pytest.mark.parametrize("withdraw", [unpublish, delete])
def test_what_is_hidden_when_it_is_withdrawn_has_no_calendar_of_its_own(gathering, clock, withdraw):
    row = row_of(gathering)
    gathering.view_restrictions.create(restriction_type="login")
    withdraw(gathering, clock)
    for address in (f"gatherings/{gathering.pk}/calendar.ics", f"occurrences/{row.uid}/calendar.ics"):
        assert client_status(address) == 404


def test_a_removed_occurrence_is_cancelled_with_the_title_of_its_gathering(calendar, fetch, gathering, clock):
    row = row_of(gathering)
    remove(gathering, clock)
    for content in (calendar(), fetch(f"gatherings/{gathering.pk}/calendar.ics")):
        event = entry_of(content, row)
        assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Avlyst: Vårsamling")
        assert "LOCATION" not in event
        assert entry_of(content, row_of(gathering, "Vest"))["STATUS"] == "CONFIRMED"


def test_a_date_that_is_not_exact_any_more_is_told_as_postponed(calendar, fetch, gathering, clock):
    row = row_of(gathering)
    change(gathering, clock, start_time=None, end_time=None, precision="month")
    for content in (calendar(), fetch(f"occurrences/{row.uid}/calendar.ics")):
        event = entry_of(content, row)
        assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Utsatt: Vårsamling – Øst")
    change(gathering, clock, start_date="2026-12-20", precision="day")
    event = entry_of(calendar(), row)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)
    assert event.decoded("DTSTART") == date(2026, 12, 20)


def test_what_is_gone_is_told_until_the_day_that_it_was_planned_for_is_over(calendar, gathering, clock):
    row = row_of(gathering)
    unpublish(gathering, clock)
    clock.move_to("2026-12-10T23:59+01:00")
    assert entry_of(calendar(), row) is not None
    clock.move_to("2026-12-11T00:00+01:00")
    assert entry_of(calendar(), row) is None


def test_what_comes_back_is_confirmed_again(calendar, gathering, clock):
    program = Importer().take(calendar())
    row = row_of(gathering)
    unpublish(gathering, clock)
    program.take(calendar())
    clock.shift(timedelta(hours=1))
    again(gathering).get_latest_revision().publish()
    event = program.take(calendar()).entry(row)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)


def test_what_was_held_stays_as_it_was(calendar, gathering, clock):
    clock.move_to("2028-01-01T12:00+01:00")
    assert {event["STATUS"] for event in events_in(calendar())} == {"CONFIRMED"}


def test_a_gathering_in_another_network_stands_in_its_calendar_alone(calendar, fetch, gathering, clock):
    other = factories.network("Det andre")
    row = row_of(gathering)
    again(gathering).move(factories.gathering_index(other), pos="last-child")
    assert entry_of(calendar(), row) is None
    assert entry_of(fetch(f"networks/{other.pk}/calendar.ics"), row)["STATUS"] == "CONFIRMED"
    unpublish(gathering, clock)
    assert entry_of(calendar(), row) is None
    assert entry_of(fetch(f"networks/{other.pk}/calendar.ics"), row)["STATUS"] == "CANCELLED"


class TestAlias:
    """A gathering of one network that another one shows too."""

    @pytest.fixture
    def other(self):
        return factories.network("Det andre")

    @pytest.fixture
    def alias(self, gathering, other):
        return again(gathering).create_alias(parent=factories.gathering_index(other))

    @pytest.fixture
    def theirs(self, fetch, other):
        """The calendar of the other network, as it is now."""
        return lambda: fetch(f"networks/{other.pk}/calendar.ics")

    @pytest.mark.parametrize("ways", [[unpublish], [delete], *itertools.product([unpublish, delete], repeat=2)])
    def test_what_is_gone_everywhere_is_called_off_where_it_was_shown_too(
        self, fetch, theirs, gathering, alias, clock, ways
    ):
        own, row = f"gatherings/{alias.pk}/calendar.ics", row_of(gathering)
        programs = [Importer().take(theirs()), Importer().take(fetch(own))]
        for way, page in zip(ways, [alias, gathering][-len(ways) :], strict=True):
            way(page, clock)
        for program, content in zip(programs, (theirs(), fetch(own)), strict=True):
            event = program.take(content).entry(row)
            assert (event["STATUS"], event["SUMMARY"], event["SEQUENCE"]) == ("CANCELLED", "Avlyst samling", 1)
            assert len(events_in(content)) == 2

    @pytest.mark.parametrize("way", [unpublish, delete])
    def test_what_still_takes_place_is_not_called_off_where_it_is_not_shown_any_more(
        self, theirs, gathering, alias, clock, way
    ):
        way(alias, clock)
        assert not events_in(theirs())
        assert client_status(f"gatherings/{alias.pk}/calendar.ics") == 404

    def test_what_is_removed_from_its_page_is_called_off_by_the_title_of_the_alias(
        self, fetch, theirs, gathering, alias, clock
    ):
        row = row_of(gathering)
        remove(gathering, clock)
        for content in (theirs(), fetch(f"gatherings/{alias.pk}/calendar.ics")):
            event = entry_of(content, row)
            assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Avlyst: Vårsamling")
            assert event["URL"] == alias.full_url

    @pytest.mark.parametrize("way", [unpublish, delete])
    def test_what_was_hidden_where_it_was_shown_too_is_not_called_off_there(
        self, calendar, theirs, gathering, alias, clock, way
    ):
        alias.get_parent().view_restrictions.create(restriction_type="login")
        if way is delete:
            delete(alias, clock)
        row = row_of(gathering)
        way(gathering, clock)
        assert entry_of(calendar(), row)["STATUS"] == "CANCELLED"
        assert not events_in(theirs())


def test_a_municipality_with_another_name_is_a_change_of_what_is_held_there(calendar, network, gathering, clock):
    place, elsewhere = factories.municipality("Porsanger"), factories.municipality("Alta")
    gathering.occurrences.filter(name="Øst").update(municipality=place)
    again(gathering).save_revision().publish()
    other = factories.gathering(network, "Et annet sted", [{"start_date": "2027-01-01", "municipality": elsewhere}])
    program = Importer().take(calendar())
    row = row_of(gathering)
    before = program.entry(row)["SEQUENCE"]
    clock.shift(timedelta(hours=1))
    place.save()
    assert entry_of(calendar(), row)["SEQUENCE"] == before
    place.name = "Porsáŋgu"
    place.save()
    event = program.take(calendar()).entry(row)
    assert (event["LOCATION"], event["SEQUENCE"]) == ("Kárášjohka, Porsáŋgu", before + 1)
    assert event.decoded("LAST-MODIFIED") == timezone.now()
    assert entry_of(calendar(), other.occurrences.get())["SEQUENCE"] == 0
    clock.shift(timedelta(hours=1))
    place.delete()
    event = program.take(calendar()).entry(row)
    assert (event["LOCATION"], event["SEQUENCE"]) == ("Kárášjohka", before + 2)


def test_what_another_name_costs_does_not_depend_on_how_much_is_held_there(network, django_assert_num_queries):
    place = factories.municipality("Porsanger")

    def read_again(name):
        """How many queries are asked, besides those that write down what has changed."""
        place.name = name
        with django_assert_num_queries(10_000, exact=False) as asked:
            calendar_records.write_down_in(place, timezone.now())
        return len([query for query in asked if not query["sql"].startswith("UPDATE")])

    def hold(number):
        factories.gathering(network, f"Samling {number}", [{"start_date": "2027-01-01", "municipality": place}])

    hold(0)
    assert read_again("Porsanger") == 1
    few = read_again("Porsáŋgu")
    for number in range(1, 4):
        hold(number)
    assert read_again("Porsanki") == few


def test_an_entry_is_the_same_when_the_site_gets_another_name(calendar, gathering, clock):
    from wagtail.models import Site

    before = {event["UID"] for event in events_in(calendar())}
    Site.objects.update(hostname="ny.example.org")
    Site.clear_site_root_paths_cache()
    clock.shift(timedelta(hours=1))
    assert {event["UID"] for event in events_in(calendar())} == before == {
        str(row.uid) for row in gathering.occurrences.all()
    }  # fmt: skip


def test_a_copy_of_a_gathering_has_entries_of_its_own(calendar, gathering):
    again(gathering).copy(update_attrs={"title": "Kopi", "slug": "kopi"}, keep_live=True)
    assert len(events_in(calendar())) == 4


@pytest.mark.usefixtures("two_languages")
class TestTwoLanguages:
    """A translation has the same entries in words of its own."""

    def test_the_sequence_is_shared_and_the_words_are_not(self, fetch, network, gathering, nynorsk, clock):
        theirs = translated(gathering, nynorsk)
        theirs.title = "Vårsamlinga"
        theirs.save_revision().publish()
        their_network = theirs.get_parent().get_parent()
        change(gathering, clock, start_date="2026-12-12", decision="cancelled")
        own = entry_of(fetch(f"networks/{network.pk}/calendar.ics"), row_of(gathering))
        other = entry_of(fetch(f"networks/{their_network.pk}/calendar.ics"), row_of(gathering))
        assert own["UID"] == other["UID"]
        assert own["SEQUENCE"] == other["SEQUENCE"] == 1
        assert (own["SUMMARY"], other["SUMMARY"]) == ("Avlyst: Vårsamling – Øst", "Avlyst: Vårsamlinga – Øst")
        assert other["DTSTART"].dt == own["DTSTART"].dt

    def test_a_translation_that_is_published_changes_nothing(self, calendar, gathering, nynorsk, clock):
        theirs = translated(gathering, nynorsk)
        clock.shift(timedelta(hours=1))
        theirs.title = "Noko heilt anna"
        theirs.save_revision().publish()
        assert entry_of(calendar(), row_of(gathering))["SEQUENCE"] == 0

    def test_an_occurrence_is_in_the_language_of_its_source_or_in_one_that_is_asked_for(
        self, fetch, gathering, nynorsk
    ):
        theirs = translated(gathering, nynorsk)
        theirs.title = "Vårsamlinga"
        theirs.save_revision().publish()
        row = row_of(gathering)
        address = f"occurrences/{row.uid}/calendar.ics"
        assert entry_of(fetch(address), row)["SUMMARY"] == "Vårsamling – Øst"
        assert entry_of(fetch(f"{address}?language=nn"), row)["SUMMARY"] == "Vårsamlinga – Øst"
        for nonsense in ("en", "xx", "%00", "n" * 10_000):
            assert entry_of(fetch(f"{address}?language={nonsense}"), row)["SUMMARY"] == "Vårsamling – Øst"

    def test_what_still_stands_in_another_language_is_not_called_off(self, calendar, gathering, nynorsk, clock):
        translated(gathering, nynorsk)
        row = row_of(gathering)
        unpublish(gathering, clock)
        assert entry_of(calendar(), row) is None

    @pytest.mark.parametrize("way", [unpublish, delete])
    def test_what_is_gone_in_the_last_language_is_called_off_with_a_change_of_its_own(
        self, fetch, gathering, nynorsk, clock, way
    ):
        theirs = translated(gathering, nynorsk)
        address = f"networks/{theirs.get_parent().get_parent().pk}/calendar.ics"
        row = row_of(gathering)
        way(gathering, clock)
        clock.shift(timedelta(hours=1))
        again(theirs).save_revision().publish()
        program = Importer().take(fetch(address))
        assert program.entry(row)["STATUS"] == "CONFIRMED"
        unpublish(theirs, clock)
        assert program.take(fetch(address)).entry(row)["STATUS"] == "CANCELLED"

    def test_two_who_publish_at_the_same_moment_do_not_fail(self, calendar, gathering, nynorsk, clock, monkeypatch):
        theirs = translated(gathering, nynorsk)
        theirs.title = "Vårsamlinga"
        # Neither sees what the other one does.
        monkeypatch.setattr(calendar_records, "_records", lambda *args: [])
        monkeypatch.setattr(calendar_records, "_shown_on", lambda page, **options: page)
        theirs.save_revision().publish()
        record = CalendarRecord.objects.get(uid=row_of(gathering).uid)
        assert (record.told["title"], record.sequence) == ("Vårsamling", 0)

    def test_a_translation_that_is_deleted_changes_nothing(self, calendar, gathering, nynorsk, clock):
        theirs = translated(gathering, nynorsk)
        delete(theirs, clock)
        event = entry_of(calendar(), row_of(gathering))
        assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)

    def test_a_translation_that_is_alone_in_being_published_is_told_of_as_well(self, fetch, network, nynorsk, clock):
        draft = factories.GatheringPage(title="Vårsamling", live=False)
        draft.occurrences = [factories.typed(factories.Occurrence, **EAST)]
        factories.gathering_index(network).add_child(instance=draft)
        draft.save_revision()
        theirs = translated(draft, nynorsk)
        row = row_of(theirs)
        address = f"networks/{theirs.get_parent().get_parent().pk}/calendar.ics"
        program = Importer().take(fetch(address))
        clock.shift(timedelta(hours=1))
        draft = again(draft).get_latest_revision_as_object()
        [first] = draft.occurrences.all()
        first.start_date = date(2026, 12, 11)
        draft.occurrences = [first]
        draft.save_revision()
        event = program.take(fetch(address)).entry(row)
        assert (event.decoded("DTSTART").day, event["SEQUENCE"]) == (11, 1)
        unpublish(theirs, clock)
        assert program.take(fetch(address)).entry(row)["STATUS"] == "CANCELLED"

    @pytest.mark.parametrize("way", [unpublish, delete])
    def test_what_never_was_in_a_language_is_not_called_off_there(
        self, calendar, fetch, gathering, nynorsk, clock, way
    ):
        their_network = translated(gathering.get_parent(), nynorsk).get_parent()
        row = row_of(gathering)
        way(gathering, clock)
        assert entry_of(calendar(), row)["STATUS"] == "CANCELLED"
        assert entry_of(fetch(f"networks/{their_network.pk}/calendar.ics"), row) is None

    def test_what_is_unpublished_in_all_languages_is_called_off_in_each(
        self, calendar, fetch, gathering, nynorsk, clock
    ):
        theirs = translated(gathering, nynorsk)
        row = row_of(gathering)
        unpublish(gathering, clock)
        unpublish(theirs, clock)
        theirs_too = fetch(f"networks/{theirs.get_parent().get_parent().pk}/calendar.ics")
        assert [entry_of(content, row)["STATUS"] for content in (calendar(), theirs_too)] == ["CANCELLED"] * 2

    def test_an_alias_has_the_entries_of_its_page(self, fetch, network, gathering, clock):
        other = factories.network("Det andre")
        alias = again(gathering).create_alias(parent=factories.gathering_index(other))
        change(gathering, clock, start_date="2026-12-12")
        events = events_in(fetch(f"networks/{other.pk}/calendar.ics"))
        assert {event["UID"] for event in events} == {str(row.uid) for row in gathering.occurrences.all()}
        assert {event["SEQUENCE"] for event in events} == {0, 1}
        assert entry_of(fetch(f"gatherings/{alias.pk}/calendar.ics"), row_of(gathering))["SEQUENCE"] == 1


def test_what_was_published_before_there_were_records_has_an_entry(calendar, gathering, clock):
    CalendarRecord.objects.all().delete()
    event = entry_of(calendar(), row_of(gathering))
    assert event["SEQUENCE"] == 0
    assert event.decoded("DTSTAMP") == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_nobody_speaks_for_the_occurrences_of_another_gathering(calendar, network, gathering, clock):
    row = row_of(gathering)
    other = factories.gathering(network, "Fremmed", [{"start_date": "2027-01-01"}])
    type(row).objects.filter(page=other).update(uid=row.uid)
    clock.shift(timedelta(hours=1))
    again(other).save_revision().publish()
    record = CalendarRecord.objects.get(uid=row.uid)
    assert (record.sequence, record.gathering_key) == (0, gathering.translation_key)

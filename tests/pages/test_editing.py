"""Each mistake that an editor can make is refused at its field, with the rule's message, and loses nothing."""

from datetime import date
from typing import Any, NamedTuple

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Locale
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.users.models import UserProfile

from tests import factories
from tests.forms import gathering_data, network_data
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage

pytestmark = pytest.mark.django_db

SIGN_UP = {"registration_method": "link", "registration_link": "https://example.org/skjema"}


class Mistake(NamedTuple):
    """A mistake: the rule it breaks, where the error stands, and what was filled in."""

    rule: Rule
    field: str
    row: tuple[str, int] | None = None
    network: dict[str, Any] = {}
    gathering: dict[str, Any] = {}
    occurrences: list[dict[str, Any]] = [{}]
    presentations: list[dict[str, Any]] = []

    def __repr__(self) -> str:
        return f"{self.rule.value}-{self.field}"


FIRST, SECOND = ("occurrences", 0), ("occurrences", 1)

GATHERING_MISTAKES = [
    Mistake(Rule.YEAR_OUT_OF_RANGE, "start_date", FIRST, occurrences=[{"start_date": "1018-12-10"}]),
    Mistake(Rule.END_BEFORE_START, "end_date", FIRST, occurrences=[{"end_date": "2026-12-09"}]),
    Mistake(Rule.END_BEFORE_START, "end_time", FIRST, occurrences=[{"start_time": "10:00", "end_time": "09:00"}]),
    Mistake(Rule.START_TIME_MISSING, "start_time", FIRST, occurrences=[{"end_time": "09:00"}]),
    Mistake(Rule.TIME_NEEDS_A_DATE, "start_time", FIRST, occurrences=[{"start_time": "09:00", "precision": "month"}]),
    Mistake(
        Rule.TIME_DOES_NOT_EXIST,
        "start_time",
        FIRST,
        occurrences=[{"start_date": "2027-03-28", "start_time": "02:30"}],
    ),
    Mistake(
        Rule.TIME_EXISTS_TWICE,
        "start_time",
        FIRST,
        occurrences=[{"start_date": "2026-10-25", "start_time": "02:30"}],
    ),
    Mistake(
        Rule.DEADLINE_AFTER_START,
        "registration_deadline",
        gathering={**SIGN_UP, "registration_deadline": "2026-12-11"},
    ),
    Mistake(
        Rule.DEADLINE_AFTER_START,
        "registration_deadline",
        FIRST,
        gathering=SIGN_UP,
        occurrences=[{"registration_deadline": "2026-12-11"}],
    ),
    Mistake(
        Rule.OPENING_AFTER_DEADLINE,
        "registration_deadline",
        gathering={**SIGN_UP, "registration_opens": "2026-12-02", "registration_deadline": "2026-12-01"},
    ),
    Mistake(Rule.REGISTRATION_WITHOUT_DEADLINE, "registration_deadline", gathering=SIGN_UP),
    Mistake(
        Rule.REGISTRATION_WITHOUT_LINK,
        "registration_link",
        gathering={"registration_method": "link", "registration_deadline": "2026-12-01"},
    ),
    Mistake(
        Rule.REGISTRATION_WITHOUT_EMAIL,
        "registration_email",
        gathering={"registration_method": "email", "registration_deadline": "2026-12-01"},
    ),
    Mistake(Rule.LINK_WITHOUT_SCHEME, "registration_link", gathering={"registration_link": "www.example.org"}),
    Mistake(Rule.OCCURRENCE_TWICE, "start_date", SECOND, occurrences=[{"place": "Rådhuset"}, {"place": "rådhuset "}]),
    Mistake(Rule.LIFECYCLE_FORBIDS_START, "start_date", FIRST, network={"wind_down_from": date(2026, 11, 1)}),
    Mistake(Rule.LIFECYCLE_FORBIDS_START, "start_date", FIRST, network={"closed_from": date(2026, 12, 1)}),
    Mistake(Rule.PRESENTATION_WITHOUT_CONTENT, "document", ("presentations", 0), presentations=[{}]),
]


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel("2026-11-23T12:00+01:00", tick=False):
        yield


def add(admin, model: Any, parent: Any, data: dict[str, Any], action: str = "action-publish"):
    """Send the form of a new page."""
    url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    return admin.post(url, {**data, action: "1"})


def codes(form: Any, field: str) -> set[str]:
    """The codes of the errors at a field."""
    return {error.code for error in form.errors.as_data().get(field, [])}


@pytest.mark.parametrize("mistake", GATHERING_MISTAKES, ids=repr)
def test_a_mistake_in_a_gathering_is_refused(admin, mistake):
    index = factories.gathering_index(factories.network(**mistake.network))
    data = gathering_data(mistake.occurrences, mistake.presentations, **mistake.gathering)
    response = add(admin, GatheringPage, index, data)
    assert response.status_code == 200, "the form is shown again"
    form = response.context["form"]
    if mistake.row:
        relation, number = mistake.row
        form = form.formsets[relation].forms[number]
    assert mistake.rule.value in codes(form, mistake.field), (form.errors, form.non_field_errors())
    assert not GatheringPage.objects.exists()


def test_what_was_typed_is_still_there_after_a_mistake(admin):
    index = factories.gathering_index(factories.network())
    data = gathering_data([{"name": "Øst", "end_date": "2020-01-01"}], lead="Ikke mist meg")
    html = add(admin, GatheringPage, index, data).content.decode()
    assert "Ikke mist meg" in html
    assert 'value="Øst"' in html


def test_a_gathering_without_mistakes_is_published(admin):
    index = factories.gathering_index(factories.network())
    occurrences = [{"name": "Øst", "place": "Kirkenes"}, {"name": "Vest", "place": "Alta"}]
    data = gathering_data(occurrences, **SIGN_UP, registration_deadline="2026-12-01")
    response = add(admin, GatheringPage, index, data)
    assert response.status_code == 302
    page = GatheringPage.objects.get()
    assert page.live
    assert [row.name for row in page.in_order] == ["Øst", "Vest"]


@pytest.mark.parametrize(
    "fields, presentations",
    [(SIGN_UP, []), ({"registration_method": "link"}, []), ({}, [{}])],
)
def test_what_is_only_missing_may_wait_in_a_draft(admin, fields, presentations):
    index = factories.gathering_index(factories.network())
    response = add(admin, GatheringPage, index, gathering_data([{}], presentations, **fields), "action-draft")
    assert response.status_code == 302
    assert not GatheringPage.objects.get().live


def test_an_end_before_the_start_is_refused_in_a_draft_too(admin):
    index = factories.gathering_index(factories.network())
    response = add(admin, GatheringPage, index, gathering_data([{"end_date": "2020-01-01"}]), "action-draft")
    assert response.status_code == 200
    assert not GatheringPage.objects.exists()


def test_the_wall_clock_is_the_networks_whatever_the_editors_time_zone(admin):
    profile = UserProfile.get_for_user(admin.user)
    profile.current_time_zone = "America/New_York"
    profile.save()
    index = factories.gathering_index(factories.network())
    add(admin, GatheringPage, index, gathering_data([{"start_time": "10:00", "end_time": "15:00"}]))
    row = GatheringPage.objects.get().occurrences.get()
    assert row.starts_at.isoformat() == "2026-12-10T09:00:00+00:00"


def test_what_was_before_may_be_recorded_after_the_end(admin):
    index = factories.gathering_index(factories.network(wind_down_from=date(2019, 2, 15), closed_from=date(2020, 1, 1)))
    response = add(admin, GatheringPage, index, gathering_data([{"start_date": "2018-02-15"}]))
    assert response.status_code == 302
    assert GatheringPage.objects.get().live


def test_a_gathering_published_before_may_be_corrected_while_winding_down(admin):
    network = factories.network()
    page = factories.gathering(network, occurrences=[{"start_date": date(2026, 12, 10)}])
    NetworkPage.objects.filter(pk=network.pk).update(wind_down_from=date(2026, 11, 24))
    with time_machine.travel("2026-11-25T12:00+01:00", tick=False):
        row = page.occurrences.get()
        data = gathering_data([{"id": row.pk, "place": "Nytt sted"}], initial=1)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = admin.post(url, {**data, "action-publish": "1"})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.occurrences.get().place == "Nytt sted"


def test_a_gathering_scheduled_for_after_the_end_counts_as_published_then(admin):
    index = factories.gathering_index(factories.network(wind_down_from=date(2026, 12, 1)))
    data = gathering_data([{}], go_live_at="2026-12-02 10:00")
    response = add(admin, GatheringPage, index, data)
    assert response.status_code == 200
    form = response.context["form"].formsets["occurrences"].forms[0]
    assert Rule.LIFECYCLE_FORBIDS_START.value in codes(form, "start_date")


NETWORK_MISTAKES = [
    (Rule.YEAR_OUT_OF_RANGE, {"active_from": "0019-01-01"}, "active_from"),
    (
        Rule.ACTIVE_AFTER_WIND_DOWN,
        {"active_from": "2027-01-01", "wind_down_from": "2026-12-31"},
        "wind_down_from",
    ),
    (
        Rule.WIND_DOWN_AFTER_CLOSED,
        {"wind_down_from": "2027-01-01", "closed_from": "2026-12-31"},
        "closed_from",
    ),
    (Rule.ACTIVE_AFTER_CLOSED, {"active_from": "2027-01-01", "closed_from": "2026-12-31"}, "closed_from"),
    (
        Rule.TAKEN_DOWN_TOO_EARLY,
        {"wind_down_from": "2027-01-01", "taken_down_from": "2026-12-31"},
        "taken_down_from",
    ),
    (Rule.GUIDANCE_DATE_MISSING, {"guidance_kind": "until"}, "guidance_until"),
    (Rule.LINK_WITHOUT_SCHEME, {"successor_link": "example.org"}, "successor_link"),
]


@pytest.mark.parametrize("rule, fields, field", NETWORK_MISTAKES)
def test_a_mistake_in_a_network_is_refused(admin, rule, fields, field):
    response = add(admin, NetworkPage, factories.site_root(), network_data(**fields))
    assert response.status_code == 200
    assert rule.value in codes(response.context["form"], field)
    assert not NetworkPage.objects.exists()


def test_a_network_cannot_close_before_a_gathering_that_is_still_to_come(admin):
    network = factories.network()
    page = factories.gathering(network, "Julesamling", [{"start_date": date(2026, 12, 10)}])
    url = reverse("wagtailadmin_pages:edit", args=[network.pk])
    data = network_data(closed_from="2026-12-01", slug=network.slug)
    response = admin.post(url, {**data, "action-publish": "1"})
    form = response.context["form"]
    assert Rule.CLOSED_BEFORE_GATHERING.value in codes(form, "closed_from")
    assert "Julesamling" in str(form.errors["closed_from"])
    page.occurrences.update(decision="cancelled")
    assert admin.post(url, {**data, "action-publish": "1"}).status_code == 302


@pytest.mark.parametrize(
    "make, field", [(factories.announcement, "related_gathering"), (factories.article, "source_gathering")]
)
def test_only_a_gathering_can_be_the_related_gathering(make, field):
    network = factories.network()
    page = make(network)
    data = dict.fromkeys(("lead", "kind", "category", "last_reviewed"), "")
    data |= nested_form_data({name: streamfield([]) for name in ("body", "lessons", "resources")})
    data |= nested_form_data({"related_pages": inline_formset([]), "comments": inline_formset([])})
    form_class = page.get_edit_handler().get_form_class()
    form = form_class({**data, field: network.pk}, instance=page, parent_page=page.get_parent())
    form.is_valid()
    assert Rule.WRONG_PAGE_TYPE.value in codes(form, field)


def correct(admin, page, **changes):
    """Send the edit form of a gathering with one occurrence back, changed."""
    row = page.occurrences.get()
    data = gathering_data([{"id": row.pk, "start_date": row.start_date, **changes}], initial=1, slug=page.slug)
    return admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, "action-publish": "1"})


def test_a_gathering_held_after_the_end_may_still_be_corrected_but_not_moved(admin):
    network = factories.network()
    page = factories.gathering(network, occurrences=[{"start_date": "2026-11-10"}])
    NetworkPage.objects.filter(pk=network.pk).update(closed_from=date(2026, 11, 1))
    assert correct(admin, page, place="Nytt sted").status_code == 302
    assert correct(admin, page, start_date="2026-11-11").status_code == 200


def test_a_translation_of_a_published_gathering_may_be_made_while_winding_down(admin):
    network = factories.network()
    page = factories.gathering(network, occurrences=[{"start_date": "2026-12-10"}])
    nynorsk = Locale.objects.get_or_create(language_code="nn")[0]
    NetworkPage.objects.filter(pk=network.pk).update(wind_down_from=date(2026, 11, 1))
    translation = page.copy_for_translation(nynorsk, copy_parents=True)
    NetworkPage.objects.update(wind_down_from=date(2026, 11, 1))
    draft = translation.get_latest_revision_as_object()
    uid = draft.occurrences.get().uid
    rows = [{"uid": uid, "id": draft.occurrences.get().pk or ""}]
    data = gathering_data(rows, initial=1 if rows[0]["id"] else 0, slug="omsett", title="Samling på nynorsk")
    response = admin.post(reverse("wagtailadmin_pages:edit", args=[translation.pk]), {**data, "action-publish": "1"})
    assert response.status_code == 302, response.context["form"].formsets["occurrences"].errors
    assert GatheringPage.objects.get(pk=translation.pk).live


def test_a_gathering_that_was_announced_elsewhere_before_the_end_may_be_moved_here(admin):
    index = factories.gathering_index(factories.network(wind_down_from=date(2026, 11, 1)))
    response = add(admin, GatheringPage, index, gathering_data([{}], published_on="2026-10-31"))
    assert response.status_code == 302
    assert GatheringPage.objects.get().live

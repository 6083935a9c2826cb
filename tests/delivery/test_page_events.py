"""Webhooks are told of what anybody may read, in the transaction of the change, and of nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished

from tests import factories
from tests.languages import translated
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import OutboxItem, WebhookDelivery, WebhookEndpoint
from wagtail_prosjektnett.pages.models import AnnouncementPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(network):
    """A piece of news that was published before there was any webhook."""
    return factories.announcement(network)


def of(page, told):
    """The events of one page, in order."""
    return [event for event, data in told if data["id"] == page.pk]


def again(page):
    return type(page).objects.get(pk=page.pk)


def test_the_first_publication_tells_what_a_frontend_needs(network, endpoint, told):
    page = factories.announcement(network, "Nå er det åpent")
    event, data = told()[-1]
    assert event == "page.published"
    assert data == {
        "id": page.pk,
        "type": "announcement",
        "title": "Nå er det åpent",
        "url": page.full_url,
        "language": "nb",
        "network": network.pk,
    }


def test_each_change_has_its_event(news, endpoint, told):
    again(news).save_revision().publish()
    assert of(news, told()) == ["page.changed"]
    again(news).unpublish()
    assert of(news, told()) == ["page.unpublished"]
    again(news).save_revision().publish()
    assert of(news, told()) == ["page.published"]
    again(news).save_revision().publish()
    assert of(news, told()) == ["page.changed"]
    again(news).delete()
    assert of(news, told()) == ["page.deleted"]


@pytest.mark.parametrize(
    "signal, change, event",
    [
        (page_published, lambda page: page.save_revision().publish(), "page.changed"),
        (page_unpublished, lambda page: page.unpublish(), "page.unpublished"),
    ],
)
def test_what_was_saved_is_told_even_if_wagtail_never_comes_to_say_so(
    news, endpoint, told, monkeypatch, signal, change, event
):
    def end(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(signal, "send", end)
    with pytest.raises(SystemExit):
        change(again(news))
    assert of(news, told()) == [event]


@pytest.mark.parametrize("draft", [False, True])
def test_who_is_below_a_page_that_is_renamed_has_a_new_address(news, network, endpoint, told, draft):
    if draft:
        again(network).unpublish()
        again(news).save_revision().publish()
    before = again(news).full_url
    told()
    page = again(network)
    page.slug = "nytt-navn"
    page.save() if draft else page.save_revision().publish()
    [data] = [data for _event, data in told() if data["id"] == news.pk]
    assert before != data["url"] == again(news).full_url


def test_what_is_gone_is_named_and_not_described(news, endpoint, told):
    again(news).unpublish()
    assert told()[-1][1].keys() == {"id", "type", "language", "network"}


def test_drafts_are_nobody_elses_business(news, network, endpoint, told):
    draft = AnnouncementPage(title="Utkast", live=False)
    news.get_parent().add_child(instance=draft)
    draft.save_revision()
    changed = again(news)
    changed.title = "Hemmelig ny tittel"
    changed.save_revision()
    draft.delete()
    assert told() == []


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_what_not_everybody_may_read_is_not_told(news, network, endpoint, told, kind):
    restriction = PageViewRestriction(page=Page.objects.get(pk=network.pk), restriction_type=kind, password="x")
    restriction.save()
    restriction.groups.set(Group.objects.all()[:1])
    assert of(news, told()) == ["page.unpublished"]
    page = again(news)
    page.save_revision().publish()
    page.unpublish()
    page.save_revision().publish()
    factories.announcement(network, "Bare for noen")
    again(news).delete()
    assert told() == []
    restriction.delete()
    assert {event for event, _data in told()} == {"page.published"}


def test_a_page_outside_every_network_or_every_site_is_not_told(endpoint, told):
    factories.publish(AnnouncementPage(title="Utenfor"), factories.site_root())
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Uten nettsted"))
    factories.network(parent=elsewhere)
    assert told() == []


def test_a_move_is_told_with_the_new_address(news, network, endpoint, told):
    other = factories.network("Et annet")
    section = factories.announcement(other, "Noe annet").get_parent()
    told()
    again(news).move(section, pos="last-child")
    [(event, data)] = told()
    assert (event, data["network"], data["url"]) == ("page.moved", other.pk, again(news).full_url)


def test_a_move_to_where_not_everybody_may_read_is_a_departure(news, endpoint, told):
    other = factories.network("Et lukket")
    section = factories.announcement(other, "Noe annet").get_parent()
    PageViewRestriction.objects.create(page=Page.objects.get(pk=other.pk), restriction_type="login")
    told()
    again(news).move(section, pos="last-child")
    [(event, data)] = told()
    assert (event, data["id"]) == ("page.unpublished", news.pk)
    assert "title" not in data


def test_both_networks_hear_of_a_move_between_them(news, network, receiver, told):
    other = factories.network("Et annet")
    section = factories.announcement(other, "Noe annet").get_parent()
    for each in (network, other):
        WebhookEndpoint.objects.create(description=each.title, address=receiver.url, network_key=each.translation_key)
    again(news).move(section, pos="last-child")
    heard = {row.endpoint.description: row.event for row in WebhookDelivery.objects.select_related("endpoint")}
    assert heard == {network.title: "page.moved", other.title: "page.moved"}


def test_a_move_out_of_every_network_is_told(news, endpoint, told):
    told()
    again(news).move(factories.site_root(), pos="last-child")
    [(event, data)] = told()
    assert (event, data["id"], data["network"]) == ("page.moved", news.pk, None)


def test_only_chosen_events_in_the_chosen_network_are_told(network, receiver, told):
    other = factories.network("Et annet")
    WebhookEndpoint.objects.create(
        description="Bare nytt i ett",
        address=receiver.url,
        events=["page.published"],
        network_key=network.translation_key,
    )
    factories.announcement(other)
    assert told() == []
    page = factories.announcement(network)
    again(page).save_revision().publish()
    assert of(page, told()) == ["page.published"]


def test_a_network_is_followed_in_all_its_languages(network, receiver, told, settings, nynorsk):
    settings.WAGTAIL_I18N_ENABLED = True
    WebhookEndpoint.objects.create(description="Ett", address=receiver.url, network_key=network.translation_key)
    translation = translated(network, nynorsk)
    again(translation).save_revision().publish()
    assert ("page.changed", "nn") in [(event, data["language"]) for event, data in told()]


def test_one_message_has_one_id_for_all_who_get_it(network, receiver):
    for name in ("a", "b"):
        WebhookEndpoint.objects.create(description=name, address=receiver.url, events=["page.published"])
    WebhookEndpoint.objects.create(description="c", address=receiver.url, active=False)
    factories.publish(AnnouncementPage(title="Nytt"), factories.announcement(network).get_parent())
    page = AnnouncementPage.objects.get(title="Nytt")
    rows = [row for row in WebhookDelivery.objects.select_related("endpoint") if f'"id": {page.pk},' in row.body]
    assert [row.endpoint.description for row in rows] == ["a", "b"]
    assert len({row.message_id for row in rows}) == 1


def test_a_publication_that_fails_tells_nothing(network, endpoint):
    with transaction.atomic():
        factories.announcement(network)
        assert OutboxItem.objects.exists()
        transaction.set_rollback(True)
    assert not OutboxItem.objects.exists()


@pytest.fixture
def cost(django_assert_max_num_queries, news):
    """How many queries a publication takes."""

    def publish():
        page = again(news)
        with django_assert_max_num_queries(500) as captured:
            page.save_revision().publish()
        return len(captured)

    publish()
    return publish


def test_a_publication_costs_one_query_more_without_webhooks_and_a_few_with(cost, receiver):
    from wagtail_prosjektnett.delivery import page_events

    page_events.content_changed.disconnect(dispatch_uid="prosjektnett.webhooks.tell_of_change")
    try:
        before = cost()
    finally:
        page_events.connect()
    assert cost() - before == 1
    WebhookEndpoint.objects.create(description="En", address=receiver.url)
    first = cost() - before
    assert first <= 6
    WebhookEndpoint.objects.create(description="To", address=receiver.url)
    assert cost() - before - first == 2, "a message is two rows"


def test_the_events_are_those_of_the_documentation(endpoint):
    assert endpoint.events == [event.value for event in WebhookEvent if event is not WebhookEvent.TEST]


def test_a_page_is_told_in_its_own_language(network, endpoint, told, settings, nynorsk):
    settings.WAGTAIL_I18N_ENABLED = True
    Locale.objects.get_or_create(language_code="nn")
    translation = translated(network, nynorsk)
    again(translation).save_revision().publish()
    assert {data["language"] for _event, data in told() if data["id"] == translation.pk} == {"nn"}
    assert Site.objects.exists()


def test_everything_of_a_deleted_network_is_told(news, network, endpoint, told):
    again(network).delete()
    assert {data["id"] for event, data in told() if event == "page.deleted"} >= {network.pk, news.pk}
    call_command("send_outbox", verbosity=0)

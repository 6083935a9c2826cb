"""Webhooks in the admin: who may see and do what, and what an editor is told."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.urls import resolve, reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests import factories
from wagtail_prosjektnett.delivery.events import write
from wagtail_prosjektnett.domain.webhooks import WebhookEvent
from wagtail_prosjektnett.models import WebhookDelivery, WebhookEndpoint

pytestmark = pytest.mark.django_db

WEBHOOKS, LOG = "prosjektnett_webhooks", "prosjektnett_webhook_log"


def form(**fields):
    return {"description": "Fronten", "address": "https://example.org/hook", "events": ["page.published"], **fields}


@pytest.fixture
def parked(endpoint):
    """A message that was given up."""
    [delivery] = write([endpoint], WebhookEvent.PAGE_CHANGED, timezone.now(), {"id": 1, "title": "<b>Tittel</b>"})
    WebhookDelivery.objects.update(state="parked", tries=10, next_try_at=None, last_error="svarte 500", status_code=500)
    return delivery


@pytest.fixture
def member(client, django_user_model):
    """Log in somebody who may enter the admin and has some permissions."""

    def log_in(*codenames):
        group = Group.objects.create(name="Folk")
        wanted = ["access_admin", *codenames]
        group.permissions.set(Permission.objects.filter(codename__in=wanted))
        assert group.permissions.count() == len(wanted)
        user = django_user_model.objects.create_user("medlem", "medlem@example.org", "secret")
        user.groups.add(group)
        client.force_login(user)
        return client

    return log_in


def test_an_editor_sets_up_a_webhook_and_gets_its_secret(admin):
    network = factories.network("Nettverket")
    answer = admin.get(reverse(f"{WEBHOOKS}:add"))
    assert b"whsec_" not in answer.content
    answer = admin.post(reverse(f"{WEBHOOKS}:add"), form(network_key=network.translation_key, active="on"), follow=True)
    made = WebhookEndpoint.objects.get()
    assert (made.events, made.network_key, made.active) == (["page.published"], network.translation_key, True)
    html = admin.get(reverse(f"{WEBHOOKS}:edit", args=[made.pk])).content.decode()
    assert made.secret in html
    assert "Gammel hemmelighet" not in html, "it has none before the secret is renewed"
    assert re.search(r'value="page.published"[^>]*checked', html)
    assert "Nettverket" in html
    assert ModelLogEntry.objects.filter(action="wagtail.create", object_id=str(made.pk)).exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "ftp://example.org/",
        "example.org",
        "https://user:secret@example.org/",
        "https://",
        "x",
        "",
    ],
)
def test_an_address_that_nothing_may_be_sent_to_is_refused_with_the_reason(admin, address):
    answer = admin.post(reverse(f"{WEBHOOKS}:add"), form(address=address))
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"address"}
    assert not WebhookEndpoint.objects.exists()


def test_a_webhook_without_events_is_refused(admin):
    answer = admin.post(reverse(f"{WEBHOOKS}:add"), form(events=[]))
    assert answer.context["form"].errors.keys() == {"events"}


def test_a_network_that_was_deleted_is_still_the_one_that_was_chosen(admin, endpoint):
    network = factories.network()
    WebhookEndpoint.objects.update(network_key=network.translation_key)
    network.delete()
    url = reverse(f"{WEBHOOKS}:edit", args=[endpoint.pk])
    key = str(network.translation_key)
    assert key in admin.get(url).content.decode()
    admin.post(url, form(network_key=key, description="Nytt navn", address=endpoint.address))
    assert str(WebhookEndpoint.objects.get(description="Nytt navn").network_key) == key


def test_a_test_is_sent_at_once_and_the_answer_is_told(admin, endpoint, receiver):
    url = reverse(f"{WEBHOOKS}:test", args=[endpoint.pk])
    assert admin.get(url).status_code == 200
    assert receiver.received == [], "asking sends nothing"
    assert "success" in admin.post(url, follow=True).content.decode()
    assert '"type": "endpoint.test"' in receiver.received[0][1]
    receiver.status = 500
    html = admin.post(url, follow=True).content.decode()
    assert "The receiver answered 500" in html


def test_a_test_is_sent_by_whoever_asked_for_it(admin, endpoint, receiver, monkeypatch):
    """Who empties the outbox at the same moment does not get hold of it."""
    seen = []

    def write_and_look(*args):
        rows = write(*args)
        seen.append(connection.in_atomic_block and len(connection.savepoint_ids))
        return rows

    before = len(connection.savepoint_ids)
    monkeypatch.setattr("wagtail_prosjektnett.admin.webhook_actions.write", write_and_look)
    admin.post(reverse(f"{WEBHOOKS}:test", args=[endpoint.pk]))
    assert seen == [before + 1], "written and taken in one transaction"
    assert WebhookDelivery.objects.get().tries == 1


def test_a_test_is_not_waited_for_in_the_transaction_of_a_request(endpoint):
    view = resolve(reverse(f"{WEBHOOKS}:test", args=[endpoint.pk])).func
    assert view._non_atomic_requests == {"default"}, "Django looks for this where ATOMIC_REQUESTS is set"


def test_a_secret_is_renewed_by_a_post_and_that_is_logged(admin, endpoint):
    url = reverse(f"{WEBHOOKS}:renew", args=[endpoint.pk])
    admin.get(url)
    old = endpoint.secret
    assert WebhookEndpoint.objects.get().secret == old
    admin.post(url)
    renewed = WebhookEndpoint.objects.get()
    assert renewed.secret != old == renewed.old_secret
    assert "Gammel hemmelighet" in admin.get(reverse(f"{WEBHOOKS}:edit", args=[endpoint.pk])).content.decode()
    assert ModelLogEntry.objects.filter(action="wagtail_prosjektnett.renew_secret").exists()
    assert not ModelLogEntry.objects.filter(data__icontains="whsec").exists()
    history = admin.get(reverse(f"{WEBHOOKS}:history", args=[endpoint.pk])).content.decode()
    assert old not in history


def test_the_log_is_narrowed_down_and_shows_what_was_sent(admin, parked, endpoint):
    url = reverse(f"{LOG}:index")
    html = admin.get(url).content.decode()
    assert "svarte 500" in html
    for name, value in (("state", "delivered"), ("event", "page.deleted")):
        assert "svarte 500" not in admin.get(url, {name: value}).content.decode()
    assert "svarte 500" in admin.get(url, {"endpoint": endpoint.pk, "state": "parked"}).content.decode()
    html = admin.get(reverse(f"{LOG}:inspect", args=[parked.pk])).content.decode()
    assert "page.changed" in html
    assert "<b>Tittel" not in html, "escaped"
    assert endpoint.secret not in html


def test_a_message_is_sent_again_by_hand(admin, parked):
    url = reverse(f"{LOG}:redeliver", args=[parked.pk])
    admin.get(url)
    assert WebhookDelivery.objects.get().state == "parked"
    admin.post(url)
    again = WebhookDelivery.objects.get()
    assert (again.state, again.tries, again.message_id) == ("waiting", 0, parked.message_id)
    assert "warning" in admin.post(url, follow=True).content.decode()


def test_all_that_were_given_up_are_sent_again_within_the_filter(admin, parked, endpoint):
    other = WebhookEndpoint.objects.create(description="En annen", address="https://example.org/")
    url = reverse(f"{LOG}:redeliver_all")
    admin.post(f"{url}?endpoint={other.pk}")
    admin.post(f"{url}?endpoint=x")
    admin.post(f"{url}?event=page.deleted")
    for nothing in (f"endpoint={'9' * 30}", "event=%00", "event=x"):
        assert admin.get(f"{url}?{nothing}").status_code == 200
        assert admin.post(f"{url}?{nothing}").status_code == 302
    assert WebhookDelivery.objects.get().state == "parked"
    assert "1 " in admin.get(f"{url}?endpoint={endpoint.pk}").content.decode()
    admin.post(f"{url}?endpoint={endpoint.pk}&state=parked&p=1")
    assert WebhookDelivery.objects.get().state == "waiting"


def addresses(parked):
    """Every address of webhooks, with the permission that opens it."""
    endpoint = parked.endpoint
    yield from ((f"{WEBHOOKS}:{name}", [], "any") for name in ("index", "index_results"))
    yield f"{WEBHOOKS}:add", [], "add_webhookendpoint"
    yield from ((f"{WEBHOOKS}:{name}", [endpoint.pk], "change_webhookendpoint") for name in ("edit", "test", "renew"))
    yield f"{WEBHOOKS}:delete", [endpoint.pk], "delete_webhookendpoint"
    yield from ((f"{WEBHOOKS}:{name}", [endpoint.pk], "any") for name in ("history", "history_results"))
    yield f"{WEBHOOKS}:usage", [endpoint.pk], "change_webhookendpoint"
    yield from ((f"{LOG}:{name}", [], "log") for name in ("index", "index_results"))
    yield f"{LOG}:add", [], "nobody"
    yield from ((f"{LOG}:{name}", [parked.pk], "nobody") for name in ("edit", "delete"))
    yield f"{LOG}:inspect", [parked.pk], "log"
    yield from ((f"{LOG}:{name}", [parked.pk], "nobody") for name in ("history", "history_results", "usage"))
    yield f"{LOG}:redeliver_all", [], "redeliver_webhookdelivery"
    yield f"{LOG}:redeliver", [parked.pk], "redeliver_webhookdelivery"


@pytest.mark.parametrize(
    "permission",
    [
        None, "add_webhookendpoint", "change_webhookendpoint", "delete_webhookendpoint", "view_webhookdelivery",
        "redeliver_webhookdelivery",
    ],
)  # fmt: skip
def test_each_address_opens_to_its_permission_and_to_no_other(parked, member, permission):
    client = member(*([permission] if permission else []))
    opens = {
        "any": {"add_webhookendpoint", "change_webhookendpoint", "delete_webhookendpoint"},
        "log": {"view_webhookdelivery"},
        "nobody": set(),
    }
    for name, arguments, needed in addresses(parked):
        url = reverse(name, args=arguments)
        allowed = permission in opens.get(needed, {needed})
        for method in ("get", "post") if name.split(":")[1] in ("test", "renew", "redeliver", "add") else ("get",):
            if allowed and method == "post":
                continue
            status = getattr(client, method)(url).status_code
            assert (status == 200) is allowed, (name, method, permission, status)
    assert WebhookDelivery.objects.get().state == "parked"


def test_not_even_a_superuser_writes_the_log(admin, parked):
    for name, arguments in (("add", []), ("edit", [parked.pk]), ("delete", [parked.pk])):
        assert admin.get(reverse(f"{LOG}:{name}", args=arguments)).status_code == 302
        admin.post(reverse(f"{LOG}:{name}", args=arguments))
    assert WebhookDelivery.objects.count() == 1


def test_every_address_of_webhooks_is_tested(parked):
    from wagtail_prosjektnett.admin.webhooks import WebhookDeliveryViewSet, WebhookEndpointViewSet

    known = {name for name, _arguments, _needed in addresses(parked)}
    for viewset in (WebhookEndpointViewSet, WebhookDeliveryViewSet):
        for pattern in viewset().get_urlpatterns():
            assert f"{viewset.name}:{pattern.name}" in known


def test_the_permissions_can_be_given_to_a_group(admin):
    html = admin.get(reverse("wagtailusers_groups:add")).content.decode()
    for codename in ("change_webhookendpoint", "view_webhookdelivery", "redeliver_webhookdelivery"):
        assert f'value="{Permission.objects.get(codename=codename).pk}"' in html

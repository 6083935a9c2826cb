"""What a reader may not open is not shown, and not told by any door; what they may is."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction, PageViewRestriction

from tests import factories
from tests.conftest import API_DOORS
from tests.host.models import PlainPage
from wagtail_prosjektnett.pages.models import Presentation

pytestmark = pytest.mark.django_db

LOGIN = BaseViewRestriction.LOGIN


@pytest.fixture
def page():
    """A gathering whose presentation and links lead to what only those who are logged in may open."""
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Lukket"))
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=LOGIN)
    document = get_document_model().objects.create(
        title="Lysark", file=ContentFile(b"%PDF-", "hemmelig.pdf"), collection=collection
    )
    closed = factories.publish(PlainPage(title="Bare for deltakere"), factories.site_root())
    PageViewRestriction.objects.create(page=closed, restriction_type=LOGIN)
    body = [
        ("links", {"heading": "Se også", "links": [{"page": closed}]}),
        ("document", {"title": "Notatet", "document": document}),
    ]
    found = factories.gathering(factories.network(), body=body)
    found.presentations = [Presentation(title="Foredraget", document=document)]
    found.save_revision().publish()
    return found


SECRETS = ("hemmelig", "Bare for deltakere", "bare-for-deltakere")


def test_a_stranger_sees_that_there_was_a_presentation_and_no_way_to_it(client, page):
    html = client.get(page.url).content.decode()
    assert "Foredraget" in html
    assert not [secret for secret in SECRETS if secret in html]


def test_who_is_logged_in_sees_all_of_it(admin, page):
    html = admin.get(page.url).content.decode()
    assert [secret for secret in SECRETS if secret in html] == list(SECRETS)


@pytest.mark.parametrize("door", API_DOORS)
def test_the_apis_tell_nothing_of_it(read, page, door):
    text = str(read(door, page))
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("door", API_DOORS)
def test_addresses_in_the_apis_are_those_of_the_site(read, page, door, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.internal"
    CollectionViewRestriction.objects.all().delete()
    data = read(door, page)
    assert data["presentations"][0]["document"]["url"].startswith("http://localhost/documents/")
    assert "admin.internal" not in str(data)


def test_the_address_alone_opens_nothing_for_a_stranger(client, admin, page):
    address = page.presentations.get().document.url
    assert admin.get(address).status_code == 200
    client.logout()
    answer = client.get(address)
    assert answer.status_code == 302
    assert "login" in answer.url


@pytest.mark.parametrize("door", API_DOORS)
def test_who_is_logged_in_gets_the_documents_from_the_apis(admin, page, door):
    headers = {}
    if door == "v3":
        from wagtail.models import APIToken

        assert "hemmelig" not in admin.get(f"/api/v3/pages/{page.pk}/").content.decode()
        _token, key = APIToken.create_token(user=admin.user, name="test")
        headers = {"authorization": f"Bearer {key}"}
    data = admin.get(f"/api/{door}/pages/{page.pk}/", headers=headers).json()
    assert data["presentations"][0]["document"]["file_name"] == "hemmelig.pdf"
    (link, note) = (block["value"] for block in data["body"])
    assert note["document"]["file_name"] == "hemmelig.pdf"
    assert link["links"][0]["page"]["title"] == "Bare for deltakere"


def test_moving_a_document_out_of_the_collection_takes_effect_at_once(client, page):
    document = page.presentations.get().document
    document.collection = Collection.get_first_root_node()
    document.save()
    assert client.get(page.url).content.decode().count(document.url) == 2
    assert client.get(document.url).status_code == 200


def test_a_link_in_running_text_shows_the_address_and_opens_nothing(client, page):
    document = page.presentations.get().document
    page.body = [("paragraph", f'<p><a linktype="document" id="{document.pk}">Notatet</a></p>')]
    page.save_revision().publish()
    assert "hemmelig.pdf" in client.get(page.url).content.decode()
    assert client.get(document.url).status_code == 302


@pytest.mark.parametrize("kind", [BaseViewRestriction.PASSWORD, BaseViewRestriction.GROUPS])
def test_a_password_or_a_group_hides_it_as_well(client, django_user_model, page, kind):
    group = Group.objects.create(name="Deltakere")
    restriction = CollectionViewRestriction.objects.get()
    restriction.restriction_type, restriction.password = kind, "sesam"
    restriction.save()
    restriction.groups.set([group])
    assert "hemmelig" not in client.get(page.url).content.decode()
    if kind == BaseViewRestriction.PASSWORD:
        url = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
        client.post(url, {"password": "sesam", "return_url": page.url})
    else:
        user = django_user_model.objects.create_user("deltaker", "deltaker@example.org", "secret")
        client.force_login(user)
        assert "hemmelig" not in client.get(page.url).content.decode()
        user.groups.add(group)
    assert "hemmelig" in client.get(page.url).content.decode()

"""Why nobody can sign up, on a page that says so, and for a form that comes too late."""

import pytest
from django.utils import timezone

from tests import factories
from tests.registration.browsing import EAST, errors_of, kept, soup_of, typed, url
from tests.registration.conftest import make_gathering, sign_up
from wagtail_prosjektnett.models import Registration

pytestmark = pytest.mark.django_db


#: How a gathering is when nobody can sign up for it, and the words for that.
REFUSALS = {
    "cancelled": ({"occurrences": [{**EAST, "decision": "cancelled"}]}, "avlyst"),
    "postponed": ({"occurrences": [{**EAST, "decision": "postponed"}]}, "utsatt"),
    "over": ({"occurrences": [{**EAST, "start_date": "2026-11-01"}], "registration_deadline": "2026-10-30"}, "over"),
    "closed": ({"occurrences": [EAST], "registration_deadline": "2026-11-20"}, "frist"),
    "not yet": ({"occurrences": [EAST], "registration_opens": timezone.datetime(2026, 11, 28).date()}, "åpnet"),
    "none": ({"occurrences": [EAST], "registration_method": "none"}, "ikke på"),
    "full": ({"occurrences": [{**EAST, "capacity": 1}], "registration_waiting_list": False}, "opptatt"),
    "network": ({"occurrences": [EAST]}, "nettverket"),
}


@pytest.fixture
def refused(request):
    fields, words = REFUSALS[request.param]
    page = make_gathering(factories.network(), **fields)
    if request.param == "full":
        sign_up(page)
    if request.param == "network":
        network = page.network
        network.closed_from = timezone.datetime(2026, 11, 1).date()
        network.save_revision().publish()
    return page, words


@pytest.mark.parametrize("refused", REFUSALS, indirect=True)
def test_a_page_says_why_nobody_can_sign_up(client, refused):
    page, words = refused
    answer = client.get(url(page))
    assert answer.status_code == 200
    text = soup_of(answer).main.get_text()
    assert words in text.lower()
    assert not soup_of(answer).select("form.registration-form")


@pytest.mark.parametrize("refused", REFUSALS, indirect=True)
def test_a_form_that_comes_too_late_is_refused_and_kept(client, refused):
    page, words = refused
    before = Registration.objects.count()
    answer = client.post(url(page), typed(page))
    assert answer.status_code == 409
    assert words in errors_of(answer)["occurrence"].lower()
    assert kept(answer)["person-0-name"] == "Prosjektleder"
    assert Registration.objects.count() == before


OPENS = {"registration_opens": timezone.datetime(2026, 11, 28).date()}


@pytest.mark.parametrize(
    "fields, is_told",
    [
        ({"occurrences": [EAST], **OPENS}, True),
        ({"occurrences": [EAST, {**EAST, "name": "Vest", "decision": "cancelled"}], **OPENS}, True),
        ({"occurrences": [{**EAST, "decision": "cancelled"}], **OPENS}, False),
        ({"occurrences": [EAST], "registration_opens": timezone.datetime(2026, 11, 1).date(),
          "registration_deadline": "2026-11-20"}, False),
    ],
)  # fmt: skip
def test_the_day_it_opens_is_told_only_where_that_is_waited_for(client, fields, is_told):
    text = soup_of(client.get(url(make_gathering(**fields)))).main.get_text()
    assert ("Påmeldingen åpner" in text) == is_told

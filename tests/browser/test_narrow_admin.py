"""What an editor reads on a telephone, and what has long words in it: all of it can be reached."""

import pytest

pytestmark = pytest.mark.browser

#: Signs people up, one with words that have no end, and prints where they are.
SIGN_UP = """
from django.utils import timezone
from wagtail_prosjektnett.domain.registration import Contact, Participant
from wagtail_prosjektnett.models import Feedback, OutboxItem, Registration, SeatPool
from wagtail_prosjektnett.pages.models import GatheringPage
from wagtail_prosjektnett.registration.register import Signup, register
pool = SeatPool.objects.order_by("pk").first()
gathering = GatheringPage.objects.get(translation_key=pool.gathering_key, alias_of=None)
occurrence = gathering.occurrences.get(uid=pool.uid)
for name, role in (("Prøve Prøvesen", "Rådgiver"), ("x" * 100, "r" * 200)):
    who = Participant(name=name, email=f"{name[0]}@example.org", organisation_name="Testkommunen", role=role)
    register(Signup(occurrence, (who,), Contact()), timezone.now)
last = Registration.objects.latest("pk")
Registration.objects.filter(pk=last.pk).update(comment="k" * 300)
OutboxItem.objects.update(state="parked", last_error="Connection refused by the mail server mail.example.org")
feedback = Feedback.objects.latest("pk")
Feedback.objects.filter(pk=feedback.pk).update(comment="k" * 300)
print(gathering.pk, pool.uid, last.pk, feedback.pk)
"""
#: What of ours is out of sight to the right, with no bar to scroll it by; and what runs out of its place.
CUT_OFF = """(part) => [...document.querySelectorAll(part)].filter((each) => {
  const box = each.getBoundingClientRect();
  if (!box.width || !box.height) return false;
  if (each.matches("td, dd") && each.scrollWidth > each.clientWidth + 1) return true;
  if (box.right <= innerWidth + 1) return false;
  for (let at = each.parentElement; at && at.id !== "main"; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth) return false;
  return true;
}).map((each) => `${each.tagName} ${each.innerText.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def screens(site):
    """The address of each screen, the tab of it that is opened, and what is looked at there."""
    gathering, place, registration, feedback = site.run(SIGN_UP).splitlines()[-1].split()
    everything = "main :is(td, th, dd, a, button)"
    return {
        "review/": everything,
        "registrations/": everything,
        f"registrations/inspect/{registration}/": everything,
        f"registrations/names/{place}/": everything,
        "participant-mail/": everything,
        "webhook-log/": everything,
        "feedback/": everything,
        f"feedback/inspect/{feedback}/": everything,
        f"../pages/{gathering}/edit/": "main table :is(td, th, a)",
    }


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_off(site, screens, tab, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(f"{site.address}/admin/login/")
    tab.fill("[name=username]", site.user)
    tab.fill("[name=password]", site.password)
    tab.click("button[type=submit]")
    tab.wait_for_url(f"{site.address}/admin/")
    cut_off = {}
    for address, part in screens.items():
        tab.goto(f"{site.address}/admin/prosjektnett/{address}")
        if address.startswith("../pages"):
            tab.get_by_role("tab", name="Påmelding").click()
            tab.locator("table").first.wait_for()
        assert tab.locator(part).count()
        cut_off[address] = tab.evaluate(CUT_OFF, part)
    assert not any(cut_off.values()), cut_off

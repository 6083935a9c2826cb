"""An article that readers say something of."""

import itertools
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from tests import factories
from wagtail_prosjektnett import traps
from wagtail_prosjektnett.models import Feedback
from wagtail_prosjektnett.pages.feedback import feedback_key

NOW = "2026-11-23T12:00+01:00"


@pytest.fixture(autouse=True)
def _fixed_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def article(db):
    """A published article."""
    return factories.article(factories.network())


numbers = itertools.count(1)


def shown(page, **fields):
    """Something that an editor has decided to show."""
    said = {"helpful": True, "comment": f"Kommentar {next(numbers)}", "state": "shown", **fields}
    return Feedback.objects.create(about="article", page_key=feedback_key(page), language="nb", **said)


def url(page):
    """The address of the form about a page."""
    return f"/feedback/{page.pk}/"


def typed(page, waited=timedelta(minutes=1), **fields):
    """What a browser sends."""
    stamp = traps.new_stamp(page.pk, timezone.now() - waited)
    return {"helpful": "yes", "comment": "", traps.STAMP: stamp, traps.HONEYPOT: "", **fields}


def soup_of(answer):
    """What is shown."""
    return BeautifulSoup(answer.content, "html.parser")


def words_of(answer, selector="main"):
    """The words that are shown in a part of a page."""
    return " ".join(soup_of(answer).select_one(selector).get_text(" ").split())


def problems_of(answer):
    """What the summary says is wrong: by the name of the field that it leads to, or by nothing."""
    soup = soup_of(answer)
    summary = soup.select_one(".form-problems")
    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"
    links = [item.find("a") for item in summary.select("li")]
    return [soup.select_one(link["href"])["name"] if link else "" for link in links]


def kept(answer):
    """What stands in the form that is shown."""
    form = soup_of(answer).select_one("form.feedback-form")
    fields = form.select("input[name]:not([type=radio]):not([type=checkbox])")
    values = {field["name"]: field.get("value", "") for field in fields}
    values |= {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea")}
    values |= {field["name"]: field["value"] for field in form.select("input[type=radio][checked]")}
    values |= {field["name"]: "on" for field in form.select("input[type=checkbox][checked]")}
    chosen = form.select_one("select option[selected]")
    return values | ({"municipality": chosen["value"]} if chosen else {})

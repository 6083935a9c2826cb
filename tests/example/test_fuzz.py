"""Whatever the example site is asked for, the answer is one that the OpenAPI document promises.

As often as ``FUZZ_CASES`` says: 500 times without it, 10,000 by ``make fuzz``.
"""

import json
import os
from collections import Counter
from io import StringIO

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import missing_required_header
from wagtail.models import BaseViewRestriction, Locale, Page, PageViewRestriction

from wagtail_prosjektnett.api import headless
from wagtail_prosjektnett.models import ProjectPhase, Topic
from wagtail_prosjektnett.pages.models import GatheringPage, NetworkPage

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

#: Who asks for a draft without a token is told the same as with a wrong one: that there is nothing.
DESIGNED = [missing_required_header]
CASES = int(os.environ.get("FUZZ_CASES", "500"))


def load():
    """The example networks, half of them in two languages, with drafts and restricted pages among them."""
    call_command("load_example", verbosity=0, stdout=StringIO())
    nynorsk = Locale.objects.get_or_create(language_code="nn")[0]
    pages = list(Page.objects.filter(depth__gt=1).order_by("path").specific())
    for page in pages[: len(pages) // 2]:
        if page.locale != nynorsk:
            page.copy_for_translation(nynorsk, copy_parents=True).save_revision().publish()
    for draft in pages[-1::-9]:
        draft.unpublish()
    for restricted in pages[-2::-11]:
        PageViewRestriction.objects.create(page=restricted, restriction_type=BaseViewRestriction.LOGIN)


def without_open_ends(schema):
    """The same schema, of answers that have nothing more than what it names."""
    if isinstance(schema, list):
        return [without_open_ends(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "properties" in schema and "additionalProperties" not in schema else {}
    return {name: without_open_ends(each) for name, each in schema.items()} | closed


@pytest.fixture
def contract():
    """The document, of the API as the site serves it."""
    document = json.loads(json.dumps(headless.api.get_openapi_schema(), default=str))
    document["components"]["schemas"] = without_open_ends(document["components"]["schemas"])
    schema = schemathesis.openapi.from_dict(document)
    schema.app = get_wsgi_application()
    signals = (request_started, request_finished)
    for signal in signals:  # as Django's own client for tests does: the connection has the transaction of the test
        signal.disconnect(close_old_connections)
    yield schema
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def known(settings):
    """The ids of what is there, hidden or not, by the parameter that takes them; and all paths of the site."""
    settings.WAGTAIL_I18N_ENABLED = True
    load()
    pages = Page.objects.order_by("pk")
    return {
        "id": list(pages.values_list("pk", flat=True)),
        "network": list(NetworkPage.objects.order_by("pk").values_list("pk", flat=True)),
        "gathering": list(GatheringPage.objects.order_by("pk").values_list("pk", flat=True)),
        "topic": list(Topic.objects.order_by("pk").values_list("pk", flat=True)),
        "phase": list(ProjectPhase.objects.order_by("pk").values_list("pk", flat=True)),
        "html_path": [page.url for page in pages if page.url],
        "q": ["nettverk", "samling", "kommune", "gevinst"],
    }


def asking_for(known):
    """A change to a case that lets every other value lead to something that is there."""

    def change(case):
        for values in (case.path_parameters, case.query):
            for name in known.keys() & (values or {}).keys():
                choice = sum(str(values[name]).encode(errors="replace"))
                if choice % 2:
                    values[name] = known[name][choice // 2 % len(known[name])]
        return case

    return change


def test_each_way_to_break_a_parameter_is_refused_as_promised(contract, known):
    for operation in contract.get_all_operations():
        generation = contract.config.generation_for(operation=operation.ok(), phase="coverage")
        for case in contract.iter_coverage_cases(
            operation.ok(), generation_modes=list(GenerationMode), generation_config=generation
        ):
            case.call_and_validate(excluded_checks=DESIGNED)


def test_every_answer_is_one_that_was_promised(contract, known):
    sorts = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    statuses = Counter()

    @settings(
        max_examples=CASES,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of([contract.as_strategy(generation_mode=sort).map(asking_for(known)) for sort in sorts]))
    def ask(case):
        response = case.call_and_validate(excluded_checks=DESIGNED)
        statuses[response.status_code] += 1

    ask()
    print(statuses)
    assert statuses[200] > CASES / 4

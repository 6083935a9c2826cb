"""Whatever the example site is asked for, the answer is one that the OpenAPI document promises.

As often as ``FUZZ_CASES`` says: 500 times without it, 10,000 by ``make fuzz``.
"""

import json
import os
from collections import Counter
from io import StringIO
from itertools import cycle

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, missing_required_header, positive_data_acceptance
from wagtail.models import BaseViewRestriction, Locale, Page, PageViewRestriction

from wagtail_prosjektnett.api import headless
from wagtail_prosjektnett.conf import ThrottleScope
from wagtail_prosjektnett.domain.registration import Contact, Participant
from wagtail_prosjektnett.models import ProjectPhase, Registration, RegistrationMail, Topic
from wagtail_prosjektnett.pages.models import ExperiencePage, GatheringPage, NetworkPage, Occurrence, Question
from wagtail_prosjektnett.records.tokens import token_of
from wagtail_prosjektnett.registration.register import Signup, register

pytestmark = [pytest.mark.fuzz, pytest.mark.django_db]

#: Who asks for a draft or a registration without a token is told the same as with a wrong one: that there is nothing.
DESIGNED = [missing_required_header, ignored_auth]
#: What a gathering asks for, and which municipalities there are, is not in the document: its form tells.
DESIGNED_OF_BODIES = [*DESIGNED, positive_data_acceptance]
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


def open_registration():
    """Every gathering that is ahead, with a form on the site and a question, a seat at each place, and ten who come."""
    for page in GatheringPage.objects.filter(occurrences__starts_at__gt=timezone.now()).distinct():
        page.registration_method, page.registration_needs, page.registration_deadline = "built_in", True, None
        page.registration_opens = None
        page.questions = [Question(label="Hvorfor?"), Question(label="Blir du med?", kind="yes_no")]
        rows = list(page.occurrences.all())
        for row in rows:
            row.capacity, row.registration_deadline = 5, None
        page.occurrences = rows
        page.save_revision().publish()
    for occurrence in Occurrence.objects.filter(page__live=True, page__registration_method="built_in"):
        if occurrence.facts.refusal(timezone.now()) is not None:
            continue
        people = [Participant(f"Deltaker {number}") for number in range(10)]
        register(Signup(occurrence, people, Contact("Sekretær", "sekretaer@example.org")), timezone.now)


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
    settings.PROSJEKTNETT_THROTTLE_RATES = dict.fromkeys(ThrottleScope)
    load()
    open_registration()
    pages = Page.objects.order_by("pk")
    return {
        "id": list(pages.values_list("pk", flat=True)),
        "network": list(NetworkPage.objects.order_by("pk").values_list("pk", flat=True)),
        "gathering": list(GatheringPage.objects.order_by("pk").values_list("pk", flat=True)),
        "article": list(ExperiencePage.objects.order_by("pk").values_list("pk", flat=True)),
        "topic": list(Topic.objects.order_by("pk").values_list("pk", flat=True)),
        "phase": list(ProjectPhase.objects.order_by("pk").values_list("pk", flat=True)),
        "html_path": [page.url for page in pages if page.url],
        "q": ["nettverk", "samling", "kommune", "gevinst"],
        "occurrence": [
            (row.page_id, str(row.uid)) for row in Occurrence.objects.filter(page__registration_method="built_in")
        ],
        "token": [token_of(registration) for registration in Registration.objects.order_by("pk")],
    }


def asking_for(known):
    """A change to a case, by a number that chooses, that lets about half of it lead to something that is there.

    The registrations are asked for in turn, so that those that are erased are not all that is left to ask for.
    """
    tokens = cycle(known["token"])

    def changed(case, choice):
        for values in (case.path_parameters, case.query):
            for name in sorted(known.keys() & (values or {}).keys()):
                if (choice + len(name)) % 2:
                    values[name] = known[name][choice // 2 % len(known[name])]
        if case.operation.path.startswith("/registrations/"):
            case.headers["Authorization"] = f"Bearer {next(tokens)}"
        change = BODIES.get((case.method, case.operation.path))
        if change and choice % 4 and case.meta.generation.mode.is_positive:
            change(case, known, choice)
        return case

    return changed


def sign_up(case, known, choice):
    """Let a body be about a time and place that there is, and now and then about people who can be signed up."""
    case.path_parameters["id"], case.body["occurrence"] = known["occurrence"][choice % len(known["occurrence"])]
    if choice % 3:
        case.body["participants"] = [
            {"name": f"Deltaker {choice}", "email": f"d{choice + number}@example.org"}
            for number, _person in enumerate(case.body["participants"])
        ]


def change_mine(case, known, choice):
    """Let a change now and then be plain."""
    if choice % 3:
        case.body = {"comment": f"Kommentar {choice}"}


def say(case, known, choice):
    """Let what is said, or asked for, be about an article or a network that there is, and now and then be plain."""
    about = known["article" if case.operation.path.startswith("/experiences/") else "network"]
    case.path_parameters["id"] = about[choice % len(about)]
    if choice % 3:
        case.body = {"helpful": bool(choice % 2), "comment": f"Kommentar {choice}"}


#: What lets a body that is as the document says lead to something. One that is not stays as wrong as it was made.
BODIES = {
    ("POST", "/gatherings/{id}/registrations/"): sign_up,
    ("PATCH", "/registrations/mine/"): change_mine,
    ("POST", "/experiences/{id}/feedback/"): say,
    ("POST", "/networks/{id}/feedback/"): say,
}


def designed(case):
    """The checks that do not hold of a case."""
    return DESIGNED if case.method == "GET" else DESIGNED_OF_BODIES


def test_each_way_to_break_a_parameter_is_refused_as_promised(contract, known):
    for operation in contract.get_all_operations():
        generation = contract.config.generation_for(operation=operation.ok(), phase="coverage")
        for case in contract.iter_coverage_cases(
            operation.ok(), generation_modes=list(GenerationMode), generation_config=generation
        ):
            case.call_and_validate(excluded_checks=designed(case))


def ask(operation, changed, times, statuses):
    """Ask for one operation at random, a third of the times for what the document does not allow."""
    sorts = (GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    cases = [st.builds(changed, operation.as_strategy(generation_mode=sort), st.integers(0, 9999)) for sort in sorts]

    @settings(
        max_examples=times,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(cases))
    def one(case):
        response = case.call_and_validate(excluded_checks=designed(case))
        statuses[case.method, response.status_code] += 1

    one()


def test_every_answer_is_one_that_was_promised(contract, known):
    operations = [operation.ok() for operation in contract.get_all_operations()]
    changed = asking_for(known)
    statuses = Counter()
    for operation in 2 * operations:  # the second time they meet what the others did
        ask(operation, changed, -(-CASES // len(operations) // 2), statuses)
    print(statuses)
    assert sum(count for (_method, status), count in statuses.items() if status < 300) > CASES / 6
    assert {method for method, status in statuses if status < 300} == {"GET", "POST", "PATCH", "DELETE"}
    assert RegistrationMail.objects.exists()

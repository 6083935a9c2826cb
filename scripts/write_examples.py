"""Ask the example site once for every operation, and keep the answers as the examples of the OpenAPI document.

What is sent is kept with them. Lists are cut, and blocks that only the example site has are left out, so that the
answers hold on every site.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import django
import time_machine

ROOT = Path(__file__).parent.parent
#: Statuses depend on it.
MOMENT = "2026-11-23T12:00+01:00"
#: The parameters of the operations that cannot be asked without.
PARAMETERS = {"search": {"q": "gevinst"}, "resolvePath": {"html_path": "/finnmark/samlinger/"}}
#: A request for each refusal, by its status.
REFUSED = {
    "400": ("gatherings/", {f"parameter{number}": "" for number in range(2000)}),
    "404": ("gatherings/2147483647/", {}),
    "410": ("gatherings/", {"changed_since": "2020-01-01T00:00:00Z"}),
    "422": ("gatherings/", {"season": "summer"}),
}
BLOCKS = {"body", "programme", "lessons", "resources"}


def main() -> None:
    """Write the answers of an example site that is made for this, and then thrown away."""
    sys.path[:0] = [str(ROOT), str(ROOT / "example_site")]
    with TemporaryDirectory() as media:
        os.environ |= {"DATABASE_URL": "sqlite://:memory:", "MEDIA_ROOT": media, "PORT": "8000"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("load_example")
        _forget()
        with time_machine.travel(MOMENT, tick=False):
            gathering = _gathering()
            _feedback()
            answers = {**_answers(gathering), **_refusals(), **_registrations(gathering)}
            answers |= _said(answers["getExperience"]["id"], answers["getNetwork"]["network"]["id"])
    from wagtail_prosjektnett.api.examples import FILE

    text = json.dumps(answers, indent=1, ensure_ascii=False)
    FILE.write_text(text.replace("http://localhost:8000", "https://www.example.org") + "\n", encoding="utf-8")


def _forget() -> None:
    """Let the site have forgotten changes, as one has that is older than ``PROSJEKTNETT_CHANGES_KEPT_DAYS``."""
    from wagtail_prosjektnett.models import ContentChange
    from wagtail_prosjektnett.records.content_changes import ChangeKind

    ContentChange.objects.create(kind=ChangeKind.PRUNED, happened_at=datetime.fromisoformat(MOMENT) - timedelta(90))


def _gathering() -> Any:
    """Let one sign up on the site for a gathering that is ahead, and return it."""
    from wagtail_prosjektnett.pages.models import GatheringPage, Question

    page = GatheringPage.objects.get(slug="skjema-som-folk-forstar")
    page.registration_method, page.registration_needs = "built_in", True
    question = Question(label="Hva vil du høre mer om?", kind="choice", options="Klart språk\nUtforming")
    question.uid = UUID("5c0e1d4e-8f0a-4c43-9f0e-2f8f3f6f6a11")
    page.questions = [question]
    page.save_revision().publish()
    return page


def _feedback() -> None:
    """Let readers have said something of every article and every experience base that an editor has answered."""
    from wagtail_prosjektnett.models import Feedback, Organisation
    from wagtail_prosjektnett.pages.models import ExperienceIndexPage, ExperiencePage

    at, alta = datetime.fromisoformat(MOMENT), Organisation.objects.get(municipality_number="5601")
    said = {"language": "nb", "state": "shown", "helpful": True, "created_at": at - timedelta(3), "replied_at": at}
    of_article = {"used": True, "municipality": alta, "comment": "Vi brukte malen i to prosjekter."}
    for page in ExperiencePage.objects.all():
        reply = "Så bra! Si gjerne fra om noe mangler i den."
        Feedback.objects.create(about="article", page_key=page.translation_key, reply=reply, **said, **of_article)
    for page in ExperienceIndexPage.objects.all():
        words = {"comment": "Kan dere samle mer om gevinster?", "reply": "Ja, det kommer mer etter samlingen."}
        Feedback.objects.create(about="base", page_key=page.translation_key, **said, **words)


def _answers(gathering: Any) -> dict[str, Any]:
    from wagtail_prosjektnett.api.headless import api

    found: dict[str, Any] = {}
    # Lists come before their items: an item is the one that its list shows.
    for path, item in sorted(api.get_openapi_schema(path_prefix="")["paths"].items()):
        if "get" not in item or path.startswith("/registrations/"):
            continue
        operation = item["get"]["operationId"]
        if path.endswith("/registration-form/"):
            found[operation] = _cut(_ask(path.replace("{id}", str(gathering.pk)), {}))
        elif path.endswith("/feedback/"):
            listed = found["listExperiences" if "experiences" in path else "listNetworks"]["items"][0]
            found[operation] = _cut(_ask(path.replace("{id}", str(listed["id"])), {}))
        elif "{" in path:
            listed = found[_list_of(operation)]["items"][0]
            found[operation] = _cut(_ask(path.replace("{id}", str(listed["id"])), {}))
        elif "security" in item["get"]:
            found[operation] = _cut(
                _ask(path, {}, authorization=f"Bearer {_token(found['listGatherings']['items'][0])}")
            )
        else:
            answer = _ask(path, PARAMETERS.get(operation, {}))
            if "items" in answer:  # the item that has most to show
                answer["items"].sort(key=lambda each: len(json.dumps(each)), reverse=True)
            found[operation] = _cut(answer)
    return dict(sorted(found.items()))


def _refusals() -> dict[str, Any]:
    from django.test import override_settings

    found = {status: _ask(path, parameters, int(status)) for status, (path, parameters) in REFUSED.items()}
    found["412"] = _ask("gatherings/", {}, 412, **{"if-match": '"unknown"'})
    with override_settings(PROSJEKTNETT_THROTTLE_RATES={"search": "1/day"}):
        _ask("search/", PARAMETERS["search"])
        return {**found, "429": _ask("search/", PARAMETERS["search"], 429)}


def _registrations(gathering: Any) -> dict[str, Any]:
    """Sign somebody up, and go through all that can be done with a registration."""
    from unittest.mock import patch

    from django.db import OperationalError

    from wagtail_prosjektnett.models import Registration
    from wagtail_prosjektnett.records.tokens import token_of

    form = f"gatherings/{gathering.pk}/registrations/"
    question, occurrence = gathering.questions.get(), gathering.in_order[0]
    person = {"name": "Rådgiver", "email": "radgiver@example.org", "municipality": "5601", "role": "Rådgiver"}
    person |= {"answers": {str(question.uid): "Utforming"}, "needs": {"dietary": "Vegetar"}}
    body = {"occurrence": str(occurrence.uid), "participants": [person]}
    found = {"createRegistration body": body, "createRegistration": _send("post", form, body, 201)}
    bearer = {"authorization": f"Bearer {token_of(Registration.objects.get())}"}
    found["confirmRegistration"] = _send("post", "registrations/mine/confirm/", None, 200, **bearer)
    found["getRegistration"] = _cut(_ask("registrations/mine/", {}, **bearer))
    found["changeRegistration body"] = {"role": "Prosjektleder", "needs": None}
    change = found["changeRegistration body"]
    found["changeRegistration"] = _cut(_send("patch", "registrations/mine/", change, 200, **bearer))
    found["cancelRegistration"] = _send("delete", "registrations/mine/", None, 200, **bearer)
    found["409"] = _send("patch", "registrations/mine/", change, 409, **bearer)
    found["413"] = _send("post", form, "x" * 70_000, 413)
    found["415"] = _send("post", form, body, 415, content_type="text/plain")
    with (
        patch("wagtail_prosjektnett.registration.seats.take", side_effect=OperationalError),
        patch("wagtail_prosjektnett.own_transaction._PAUSE", 0),
    ):
        found["503"] = _send("post", form, body, 503)
    return found


def _said(article: int, network: int) -> dict[str, Any]:
    """Say something of an article, and of the experience base of a network."""
    body = {"helpful": True, "municipality": "5601", "comment": "Sjekklisten var til hjelp."}
    of_base = {"helpful": True, "comment": "Her fant vi det vi lette etter."}
    return {
        "createFeedback body": body,
        "createFeedback": _send("post", f"experiences/{article}/feedback/", body, 202),
        "createBaseFeedback body": of_base,
        "createBaseFeedback": _send("post", f"networks/{network}/feedback/", of_base, 202),
    }


def _token(item: Any) -> str:
    """Return what an external frontend gets from an editor who previews a page."""
    from wagtail.models import Page, Site

    from wagtail_prosjektnett.models import Frontend

    Frontend.objects.update_or_create(site=Site.objects.get(), defaults={"address": "https://network.example.org"})
    page = Page.objects.get(pk=item["id"]).specific
    html = page.make_preview_request(preview_mode="frontend").content.decode()
    return unquote(html.partition("token=")[2].partition('"')[0])


def _list_of(operation: str) -> str:
    return f"list{operation.removeprefix('get')}s"


def _ask(path: str, parameters: dict[str, str], status: int = 200, **headers: str) -> Any:
    from django.test import Client

    address = f"/api/prosjektnett/{path.lstrip('/')}"
    response = Client(headers={"host": "localhost:8000", **headers}).get(address, parameters)
    return _data(address, response, status)


def _send(
    method: str, path: str, body: Any, status: int, content_type: str = "application/json", **headers: str
) -> Any:
    from django.test import Client

    address, data = f"/api/prosjektnett/{path}", json.dumps(body) if body is not None else ""
    client = Client(headers={"host": "localhost:8000", **headers})
    return _data(address, client.generic(method.upper(), address, data, content_type=content_type), status)


def _data(address: str, response: Any, status: int) -> Any:
    if response.status_code != status:
        sys.exit(f"{address} answers {response.status_code}: {response.content.decode()}")
    return response.json()


def _cut(part: Any, name: str = "") -> Any:
    """Return a part of an answer with its lists cut: two blocks, and one of anything else."""
    if isinstance(part, dict):
        return {key: _cut(value, key) for key, value in part.items()}
    if not isinstance(part, list):
        return part
    if name == "required":  # of a JSON Schema
        return part
    if name not in BLOCKS:
        return [_cut(each) for each in part[:1]]
    known = [block for block in part if block["type"] != "key_figures"]
    return [_cut(each) for each in known[:2]]


if __name__ == "__main__":
    main()

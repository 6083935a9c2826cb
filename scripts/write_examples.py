"""Ask the example site once for every operation, and keep the answers as the examples of the OpenAPI document.

Lists are cut, and blocks that only the example site has are left out, so that the answers hold on every site.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

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
            answers = {**_answers(), **_refusals()}
    from wagtail_prosjektnett.api.examples import FILE

    text = json.dumps(answers, indent=1, ensure_ascii=False)
    FILE.write_text(text.replace("http://localhost:8000", "https://www.example.org") + "\n", encoding="utf-8")


def _forget() -> None:
    """Let the site have forgotten changes, as one has that is older than ``PROSJEKTNETT_CHANGES_KEPT_DAYS``."""
    from wagtail_prosjektnett.models import ContentChange
    from wagtail_prosjektnett.records.content_changes import ChangeKind

    ContentChange.objects.create(kind=ChangeKind.PRUNED, happened_at=datetime.fromisoformat(MOMENT) - timedelta(90))


def _answers() -> dict[str, Any]:
    from wagtail_prosjektnett.api.headless import api

    found: dict[str, Any] = {}
    # Lists come before their items: an item is the one that its list shows.
    for path, item in sorted(api.get_openapi_schema(path_prefix="")["paths"].items()):
        operation = item["get"]["operationId"]
        if "{" in path:
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
    with override_settings(PROSJEKTNETT_THROTTLE_RATES={"search": "1/day"}):
        _ask("search/", PARAMETERS["search"])
        return {**found, "429": _ask("search/", PARAMETERS["search"], 429)}


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
    if response.status_code != status:
        sys.exit(f"{address} answers {response.status_code}: {response.content.decode()}")
    return response.json()


def _cut(part: Any, name: str = "") -> Any:
    """Return a part of an answer with its lists cut: two blocks, and one of anything else."""
    if isinstance(part, dict):
        return {key: _cut(value, key) for key, value in part.items()}
    if not isinstance(part, list):
        return part
    if name not in BLOCKS:
        return [_cut(each) for each in part[:1]]
    known = [block for block in part if block["type"] != "key_figures"]
    return [_cut(each) for each in known[:2]]


if __name__ == "__main__":
    main()

"""Write the OpenAPI document of the site that the tests run in, after a change that is meant to show there."""

import json
import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).parent.parent
SNAPSHOT = ROOT / "tests" / "api" / "openapi.json"


def main() -> None:
    """Write the document to where the tests compare it."""
    sys.path[:0] = [str(ROOT), str(ROOT / "example_site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  # all apps have registered their blocks by then
    from wagtail_prosjektnett.api.headless import api

    text = json.dumps(api.get_openapi_schema(path_prefix=""), default=str, indent=2, sort_keys=True, ensure_ascii=False)
    SNAPSHOT.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

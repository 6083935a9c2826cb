"""The JSON Schema of content files says what the loader accepts."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.content.conftest import GOOD
from wagtail_prosjektnett.content.dump import dump_network
from wagtail_prosjektnett.content.errors import ContentRefused
from wagtail_prosjektnett.content.schema import FILE, schema
from wagtail_prosjektnett.content.source import Source, typed

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted((ROOT / "example_site" / "content").glob("*/network.yaml"))


def problems(file):
    validator = jsonschema.Draft202012Validator(json.loads(FILE.read_text(encoding="utf-8")))
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(typed(Source(file).data))]


def test_the_published_schema_is_that_of_the_format():
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(FILE.read_text(encoding="utf-8")) == schema(), "run `make schema`"
    assert (ROOT / "docs" / "reference" / FILE.name).read_bytes() == FILE.read_bytes()


@pytest.mark.parametrize("file", [GOOD / "network.yaml", *EXAMPLES], ids=lambda file: file.parent.name)
def test_good_files_are_good_by_the_schema(file):
    assert problems(file) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "old, new, place",
    [
        ("  title: Testnettverket\n", "  title: Testnettverket\n  farge: blå\n", "$.network"),
        ("key: samling\n", "key: Stor Bokstav\n", "$.gatherings"),
        ("role: owner", "role: sjef", "$.network.members[0].role"),
        ("wind_down_from: 2019-02-15", "wind_down_from: snart", "$.network.wind_down_from"),
        ("version: 1", "version: 2", "$.version"),
    ],
)
def test_what_the_loader_refuses_is_wrong_by_the_schema(bundle, old, new, place):
    bundle.change(old, new)
    assert [problem for problem in problems(bundle.file) if problem.startswith(place)]
    with pytest.raises(ContentRefused):
        bundle.load()


@pytest.mark.django_db
def test_what_is_written_is_good_by_the_schema(bundle, tmp_path):
    dump_network(bundle.load().network, tmp_path / "dump")
    file = tmp_path / "dump" / "network.yaml"
    assert problems(file) == []
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["format"] == "prosjektnett"

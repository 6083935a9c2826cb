"""publiccode.yml is complete, as catalogues of public code want it, and says what setup.cfg says."""

import configparser
import re
from pathlib import Path

import pytest
import yaml

import wagtail_prosjektnett

ROOT = Path(__file__).parent.parent
LONGEST_SHORT_DESCRIPTION = 150
LONG_DESCRIPTION = range(150, 10_001)
LANGUAGES = ["nb", "nn", "en"]


@pytest.fixture(scope="module")
def code():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def setup():
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_what_every_catalogue_needs_is_there(code):
    assert code["publiccodeYmlVersion"] == "0.4"
    assert code["url"].startswith("https://")
    assert code["platforms"] == ["web"]
    assert code["softwareType"] == "addon"
    assert code["intendedAudience"]["countries"] == ["NO"]  # which YAML takes for "false" where it is not quoted
    assert code["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in code["maintenance"]["contacts"])
    assert code["localisation"]["localisationReady"] is True


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_description_is_of_a_length_that_catalogues_take(code, language):
    description = code["description"][language]
    assert len(description["shortDescription"]) <= LONGEST_SHORT_DESCRIPTION
    assert len(description["longDescription"]) in LONG_DESCRIPTION
    assert len(description["features"]) == len(code["description"]["en"]["features"])


def test_it_says_what_setup_cfg_says(code, setup):
    metadata = setup["metadata"]
    assert code["name"] == metadata["name"]
    assert code["legal"] == {"license": metadata["license"], "mainCopyrightOwner": metadata["author"]}
    assert metadata["version"] == "attr: wagtail_prosjektnett.__version__"
    assert code["softwareVersion"] == wagtail_prosjektnett.__version__


def test_it_needs_the_versions_that_setup_cfg_needs(code, setup):
    needed = {software["name"]: software.get("versionMin") for software in code["dependsOn"]["software"]}
    options = setup["options"]
    assert needed["Python"] == options["python_requires"].removeprefix(">=")
    assert needed["Wagtail"] == re.search(r"wagtail>=(\S+)", options["install_requires"])[1]


def test_it_is_called_stable_when_its_classifier_says_so(code, setup):
    assert code["developmentStatus"] in {"beta", "stable"}  # where alpha is one kind of beta
    assert (code["developmentStatus"] == "stable") == ("5 - Production/Stable" in setup["metadata"]["classifiers"])


def test_its_languages_are_those_with_a_complete_interface(code):
    complete = {"nb", "nn"}  # which tests/test_translations.py proves
    assert set(code["localisation"]["availableLanguages"]) == {"en", *complete}

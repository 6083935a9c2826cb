"""The interface is complete in Bokmål and Nynorsk, and Nynorsk is not Bokmål under another name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent / "wagtail_prosjektnett"
LANGUAGES = ["nb", "nn"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s")

#: Words by which one of the two languages is told from the other.
ONLY_BOKMAL = re.compile(r"\b(ikke|hvem|hva|hvor|hvordan|samlinger|nettverkene|en|fra|også|noe|gjennomføres|siden)\b")
ONLY_NYNORSK = re.compile(r"\b(ikkje|kven|kva|korleis|samlingar|ein|frå|òg|noko|gjennomførast|sida)\b")


def catalog(language, folder=PACKAGE):
    with (folder / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return {(message.context, message.id): message for message in read_po(file) if message.id}


def texts(value):
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_placeholders(language):
    for key, message in catalog(language).items():
        assert not message.fuzzy, key
        for source, text in zip(texts(message.id), texts(message.string), strict=True):
            assert text, key
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), key


def test_each_language_is_itself():
    for language, foreign in (("nb", ONLY_NYNORSK), ("nn", ONLY_BOKMAL)):
        for key, message in catalog(language).items():
            for text in texts(message.string):
                assert not foreign.search(text), (language, key, text)


def test_both_languages_have_the_same_messages():
    assert catalog("nb").keys() == catalog("nn").keys()


@pytest.mark.skipif(not (shutil.which("xgettext") or "CI" in os.environ), reason="gettext is not installed")
def test_every_marked_string_is_in_the_catalogs(tmp_path):
    copy = tmp_path / "wagtail_prosjektnett"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    command = [sys.executable, "-m", "django", "makemessages", "-l", "nb", "-l", "nn", "--no-obsolete", "-v0"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=copy, check=True, env=environment)
    for language in LANGUAGES:
        found, ours = catalog(language, copy), catalog(language)
        assert found.keys() == ours.keys(), "run `make messages` and translate what is new"

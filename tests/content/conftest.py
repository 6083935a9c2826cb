"""The good content file of the tests, and how it is loaded and changed."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests import factories
from wagtail_prosjektnett.content.load import load_network

GOOD = Path(__file__).parent / "files"


class Folder:
    """A copy of the good files, to be changed and loaded."""

    def __init__(self, path):
        self.path = path
        self.file = path / "network.yaml"

    def change(self, old, new):
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new), encoding="utf-8")

    def load(self, **options):
        return load_network(self.file, factories.site_root(), today=date(2026, 11, 23), **options)


@pytest.fixture
def bundle(tmp_path):
    return Folder(Path(shutil.copytree(GOOD, tmp_path / "files")))

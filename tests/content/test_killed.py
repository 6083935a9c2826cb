"""Loading that is killed in the middle leaves the database as it was, and can be done again."""

import signal

from benchmarks.make_network import make_network

#: Loads a file, and is killed when some of it is written.
LOAD = """
import os, signal, sys
import django
django.setup()
from pathlib import Path
from wagtail.models import Page, Site
from wagtail_prosjektnett.content.load import load_network
last = int(sys.argv[2])
def progress(done, total):
    if done == last:
        os.kill(os.getpid(), signal.SIGKILL)
load_network(Path(sys.argv[1]), Site.objects.get().root_page.specific, progress=progress)
print("loaded", Page.objects.count())
"""
#: Counts the rows of every table.
COUNT = """
import django
django.setup()
from django.apps import apps
print({model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed})
"""


def test_loading_that_is_killed_can_be_done_again(python, tmp_path):
    file = make_network(tmp_path / "file", 20)
    before = python(COUNT)
    for last in ("3", "20", "45"):
        assert python(LOAD, str(file), last) == (-signal.SIGKILL, "")
        assert python(COUNT) == before
    code, said = python(LOAD, str(file), "0")
    assert code == 0
    assert "loaded" in said
    assert python(COUNT) != before

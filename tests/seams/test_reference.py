"""The reference lists what a site can change and add, no more and no less."""

import re
from inspect import get_annotations

import pytest
from django.dispatch import Signal
from django.utils.module_loading import import_string
from modelcluster.models import get_all_child_relations
from wagtail.models import Page

from tests.seams.test_templates import OURS, TEMPLATES
from tests.test_docs import ROOT, read, rows, table_rows
from wagtail_prosjektnett import signals
from wagtail_prosjektnett.fields import BLOCKS_HOOK, ExtensibleStreamField
from wagtail_prosjektnett.pages.types import PageRole, page_model


def rows_below(name, heading):
    """The rows of the tables below the one heading in a document that has these words."""
    (part,) = (part for part in read(name).split("\n## ") if heading in part.partition("\n")[0])
    return table_rows(part)


def test_every_template_of_ours_is_documented_once():
    listed = re.findall(r"^\|[^`]*`(wagtail_prosjektnett/\S+\.html)`", read("templates.md"), flags=re.MULTILINE)
    files = {path.relative_to(TEMPLATES).as_posix() for path in OURS.rglob("*.html")}
    whole = {f"wagtail_prosjektnett/{name}.html" for name in ("base", "page")}
    assert len(listed) == len(set(listed))
    assert set(listed) | whole == files
    assert all(f"`{name}`" in read("templates.md") for name in whole)


def test_every_block_of_our_templates_is_documented():
    blocks = {
        name
        for path in OURS.rglob("*.html")
        if path.parent.name not in ("admin", "mail")  # the blocks of Wagtail's, and those that the text names
        for name in re.findall(r"{% block (\w+) %}", path.read_text("utf-8"))
    }
    listed = [row for heading in ("base template", "blocks of a page") for row in rows_below("templates.md", heading)]
    assert {row[0].strip("`") for row in listed} - {"block"} == blocks


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(PageRole))
def test_the_context_of_every_template_is_documented(role, whole_network, rf):
    page = whole_network[role]
    request = rf.get(page.url)
    found = page.get_context(request).keys() - Page.get_context(page, request).keys()
    everywhere = {row[0].strip("`") for row in rows_below("templates.md", "pages") if len(row) == 2}
    (own,) = (row[2] for row in rows("templates.md") if len(row) == 3 and page.reference_template in row[1])
    assert everywhere - {"in the context"} | set(re.findall(r"`(\w+)`", own)) == found


def test_every_custom_property_of_the_stylesheet_is_documented():
    css = (ROOT / "wagtail_prosjektnett/static/wagtail_prosjektnett/network.css").read_text(encoding="utf-8")
    listed = {name for row in rows_below("templates.md", "Looks") for name in re.findall(r"`(--[\w-]+)`", row[0])}
    assert listed == set(re.findall(r"^ *(--prosjektnett-[\w-]+):", css, flags=re.MULTILINE))


def test_every_hook_and_the_fields_that_ask_it_are_documented():
    _heading, row = rows_below("extending.md", "hook")
    assert row[0] == f"`{BLOCKS_HOOK}`"
    fields = [field for role in PageRole for field in page_model(role)._meta.get_fields()]
    asked = {field.name for field in fields if isinstance(field, ExtensibleStreamField)}
    assert set(re.findall(r"`(\w+)`", row[1])) == asked
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "wagtail_prosjektnett").rglob("*.py"))
    assert {name for source in sources for name in re.findall(r"get_hooks\((\w+)\)", source)} == {"BLOCKS_HOOK"}


def test_every_signal_is_documented():
    listed = {row[0].strip("`") for row in rows_below("extending.md", "Signals")[1:]}
    assert listed == {name for name, value in vars(signals).items() if isinstance(value, Signal)}


def test_every_mixin_and_row_is_documented_with_its_related_names():
    mixins, rows_of = {}, {}
    for row in rows_below("extending.md", "Mixins"):
        if row[0].startswith("`"):
            (mixins if len(row) == 3 else rows_of)[import_string(row[0].strip("`"))] = row
    for role in PageRole:
        model = page_model(role)
        (mixin,) = (found for found in model.__bases__ if found is not Page)
        children = get_all_child_relations(model)
        ours = {child.name: child.related_model.__bases__[0] for child in children if child.name in dir_of(mixin)}
        assert mixins.pop(mixin)[1:] == [f"`{role}`", ", ".join(f"`{name}`" for name in ours)]
        assert all(rows_of[base][1] == f"`{name}`" for name, base in ours.items())
    assert not mixins


def dir_of(mixin):
    """The names that a mixin declares for what a concrete page brings."""
    return {name for base in mixin.__mro__ for name in get_annotations(base)}

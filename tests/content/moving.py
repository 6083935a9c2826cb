"""A network that moves between sites, and what it is made of in the tests of that."""

import filecmp

import yaml
from django.core.files.base import ContentFile
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from tests import factories
from wagtail_prosjektnett.content.dump import dump_network
from wagtail_prosjektnett.content.load import load_network
from wagtail_prosjektnett.models import ContactPerson, ContentKey, Organisation, Topic
from wagtail_prosjektnett.pages.models import NetworkPage


def forget(network):
    """Make the site one that has never heard of a network, with other primary keys than before."""
    for page in NetworkPage.objects.filter(translation_key=network.translation_key):
        page.delete()
    for model in (ContentKey, ContactPerson, Organisation, Topic, Redirect, get_document_model(), get_image_model()):
        model.objects.all().delete()
    Collection.objects.filter(depth__gt=1).delete()
    get_image_model().objects.create(title="Et annet bilde", file=get_test_image_file())
    factories.municipality("En annen kommune")


def written(network, path):
    dump_network(network, path)
    return path


def network_file(path):
    return yaml.safe_load((path / "network.yaml").read_text(encoding="utf-8"))


def assert_moves(network, tmp_path):
    """Assert that a network is the same after it has moved to a site that did not know it; return it there."""
    first = written(network, tmp_path / "first")
    assert load_network(first / "network.yaml", factories.site_root()).changed == 0
    forget(network)
    moved = load_network(first / "network.yaml", factories.site_root()).network
    second = written(moved, tmp_path / "second")
    assert (first / "network.yaml").read_text("utf-8") == (second / "network.yaml").read_text("utf-8")
    assert_same_files(first, second)
    assert load_network(second / "network.yaml", factories.site_root()).changed == 0
    return moved


def assert_same_files(first, second):
    names, others = (
        sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.is_file()) for path in (first, second)
    )
    assert names == others
    assert filecmp.cmpfiles(first, second, names, shallow=False)[1:] == ([], [])


def document(title="Lysark", content=b"%PDF-1.7", **fields):
    return get_document_model().objects.create(title=title, file=ContentFile(content, "lysark.PDF"), **fields)


def image(title="Vidda", **fields):
    return get_image_model().objects.create(title=title, file=get_test_image_file(), **fields)


def blocks(page, field, *parts):
    """Give a page blocks as its edit form would: with everything in them, also what was left empty."""
    setattr(page, field, page._meta.get_field(field).stream_block.normalize(list(parts)))

"""What RFC 4287 says that a feed must be: its grammar (appendix B, in ``atom.rng``), and what no grammar can say."""

import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
#: 3.3, a profile of RFC 3339: an upper-case T, and Z or an offset.
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def check(root):
    """Fail for a document that breaks one of the requirements."""
    assert GRAMMAR.validate(etree.fromstring(ElementTree.tostring(root))), GRAMMAR.error_log
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        _check_common(element)
    for entry in entries:
        _check_entry(entry, root)
    # 4.1.1: a feed should have a link to itself; a feed that names no author has entries that all do.
    assert [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert root.find(f"{ATOM}author") is not None or all(entry.find(f"{ATOM}author") is not None for entry in entries)
    # 4.1.1: entries with one id are the same entry, which this feed has once.
    keys = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(keys) == len(set(keys))


def _check_common(element):
    _check_uri(element.findtext(f"{ATOM}id"))  # 4.2.6: an absolute IRI
    for name in ("updated", "published"):
        for instant in element.findall(f"{ATOM}{name}"):
            assert INSTANT.fullmatch(instant.text), instant.text
            datetime.fromisoformat(instant.text)
    for name in ("title", "summary", "subtitle", "rights"):  # 3.1.1: text is the type where none is named
        assert all(text.get("type", "text") in ("text", "html") and not len(text) for text in element.findall(name))
    for person in element.findall(f"{ATOM}author"):  # 3.2
        assert person.findtext(f"{ATOM}name")
        _check_uri(person.findtext(f"{ATOM}uri") or "urn:none:0")
    _check_links(element)


def _check_links(element):
    links = element.findall(f"{ATOM}link")
    for link in links:
        _check_uri(link.get("href"))  # 4.2.7.1
        assert re.fullmatch(r"[^/\s]+/[^/\s]+", link.get("type", "x/y"))  # 4.2.7.3
    alternates = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"]
    assert len(alternates) == len(set(alternates))  # 4.1.1 and 4.1.2: one for each type and language


def _check_entry(entry, root):
    content = entry.find(f"{ATOM}content")
    # 4.1.2: an entry without content has a link to what it is about.
    assert content is not None or [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    # 4.1.3.3: HTML is escaped text without elements of its own.
    assert content is None or (content.get("type") == "html" and not len(content))
    published, updated = (entry.findtext(f"{ATOM}{name}") for name in ("published", "updated"))
    assert published is None or datetime.fromisoformat(published) <= datetime.fromisoformat(updated)
    assert datetime.fromisoformat(updated) <= datetime.fromisoformat(root.findtext(f"{ATOM}updated"))


def _check_uri(uri):
    assert uri
    assert urlsplit(uri).scheme
    assert not re.search(r"\s", uri)

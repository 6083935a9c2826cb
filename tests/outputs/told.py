"""What the HTML of a page tells search engines."""

import json

from bs4 import BeautifulSoup

JSON_LD = "application/ld+json"


def soup_of(client, page, **parameters):
    """The HTML of a page as a reader gets it."""
    answer = client.get(page.url, parameters)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def graph_of(client, page):
    """All that the page tells, in the one script that it has."""
    [script] = soup_of(client, page).select(f'script[type="{JSON_LD}"]')
    told = json.loads(script.string)
    assert told["@context"] == "https://schema.org"
    return told["@graph"]


def told(client, page, what):
    """The things of a type that a page tells of."""
    return [thing for thing in graph_of(client, page) if thing["@type"] == what]


def values_in(thing):
    """Every value in a description, and every name of one."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield name
            yield from values_in(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from values_in(value)
    else:
        yield thing

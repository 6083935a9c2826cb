"""Every page of the example site, as ``make demo`` starts it, through every door."""

from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pytest
import wagtail
from bs4 import BeautifulSoup

pytestmark = pytest.mark.browser

#: The first part of the paths of forms.
FORMS = ("pamelding", "tilbakemelding")
#: The first part of a path, and the banner that every page below it has.
BANNERS = {"finnmark": "notice", "velferdsteknologi": "archived", "digitale-tjenester": None, "klimaomstilling": None}


@pytest.fixture(scope="module")
def answers(site, chromium):
    """Every address that can be reached from the front page by following links, with its answer."""
    context = chromium.new_context()
    found, waiting = {}, ["/"]
    while waiting:
        path = waiting.pop()
        response = context.request.get(site.address + path)
        found[path] = (response.status, response.headers.get("content-type", ""), response.body())
        if "html" in found[path][1]:
            waiting += [link for link in _links(path, found[path][2], site.address) if link not in {*found, *waiting}]
    context.close()
    return found


def _links(path, body, address):
    """Yield the addresses on the site that a page leads to; of those that narrow a list down, one step of each."""
    soup = BeautifulSoup(body, "html.parser")
    targets = [tag.get("href") or tag.get("src") for tag in soup.select("a[href], link[href], img[src], script[src]")]
    targets += [part.split()[0] for tag in soup.select("[srcset]") for part in tag["srcset"].split(",")]
    for target in targets:
        parts = urlsplit(urljoin(address + path, target))
        is_narrower = parts.query and urlsplit(path).query and parts.path == urlsplit(path).path
        if f"{parts.scheme}://{parts.netloc}" == address and not parts.path.startswith("/admin/") and not is_narrower:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture(scope="module")
def documents(answers):
    """All that is HTML among them."""
    return {
        path: BeautifulSoup(body, "html.parser")
        for path, (_status, kind, body) in answers.items()
        if "text/html" in kind
    }


@pytest.fixture(scope="module")
def pages(documents):
    """Those of them that an editor has written, and no forms about them."""
    return {path: soup for path, soup in documents.items() if path.split("/")[1] not in FORMS}


def test_everything_that_is_linked_to_is_there(answers):
    assert {path: status for path, (status, _kind, _body) in answers.items() if status != 200} == {}
    assert len([path for path, (_status, kind, _body) in answers.items() if kind == "application/pdf"]) >= 8


def test_the_content_is_as_rich_as_the_example_promises(pages):
    assert len([path for path in pages if path.startswith("/finnmark/samlinger/")]) >= 1 + 6
    assert len([path for path in pages if path.startswith("/finnmark/aktuelt/")]) >= 1 + 5
    assert len([path for path in pages if path.startswith("/finnmark/erfaringsbase/")]) >= 1 + 12
    for path, soup in pages.items():
        is_article = path.startswith("/finnmark/erfaringsbase/") and not urlsplit(path).query
        if is_article and path != "/finnmark/erfaringsbase/":
            assert len(soup.main.get_text(" ").split()) >= 250, path


def test_every_page_has_the_banner_of_its_network_and_only_that(pages):
    for path, soup in pages.items():
        expected = BANNERS.get(path.split("/")[1])
        found = [tag["data-network-banner"] for tag in soup.select("[data-network-banner]")]
        assert found == ([expected] if expected else []), path


def test_every_page_is_one_that_a_screen_reader_can_follow(documents):
    for path, soup in documents.items():
        assert soup.html["lang"] == "nb", path
        assert len(soup.select("h1")) == 1, path
        assert len(soup.select("main")) == 1, path
        assert soup.select_one("a.skip-link[href='#main']"), path
        assert soup.title.get_text(strip=True), path
        assert all(image.has_attr("alt") for image in soup.select("img")), path
        ids = [tag["id"] for tag in soup.select("[id]")]
        assert len(ids) == len(set(ids)), path
        levels = [int(tag.name[1]) for tag in soup.main.select("h1, h2, h3, h4, h5, h6")]
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), (path, levels)
        assert not soup.select("[style], script:not([src][defer], [type='application/ld+json']), [onclick]"), path


def test_every_page_is_in_the_apis_with_the_same_banner(site, chromium, pages):
    context = chromium.new_context()
    for version in ("v2", "v3") if wagtail.VERSION >= (8, 0) else ("v2",):
        base, offset, seen = f"{site.address}/api/{version}/pages/", 0, 0
        while True:
            listing = context.request.get(f"{base}?limit=20&offset={offset}").json()
            if not listing["items"]:
                break
            for item in listing["items"]:
                page = context.request.get(f"{base}{item['id']}/").json()
                path = urlsplit(page["meta"]["html_url"]).path
                expected = BANNERS.get(path.split("/")[1])
                assert (page["network_banner"] or {}).get("kind") == expected, path
                assert path in pages, path
                seen += 1
            offset += 20
        assert seen == len([path for path in pages if "?" not in path])
    context.close()


#: Puts a word that is longer than a phone is wide into every piece of text.
LENGTHEN = """() => {
  for (const element of document.querySelectorAll(".prosjektnett *, .network-banner *"))
    if (!element.children.length && element.textContent.trim() && element.tagName !== "TITLE")
      element.textContent += " Menneskerettighetsorganisasjonsmedlemskapsordningsutvalgslederen";
}"""


def test_a_phone_needs_no_sideways_scrolling_not_even_with_very_long_words(site, chromium, documents):
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    tab = context.new_page()
    for path in documents:
        tab.goto(site.address + path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
        tab.evaluate(LENGTHEN)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
    context.close()


def test_the_pages_work_under_a_strict_content_security_policy(site, chromium, pages):
    context = chromium.new_context()
    tab = context.new_page()
    problems = []
    tab.on("console", lambda message: problems.append((tab.url, message.text)) if message.type == "error" else None)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    )

    def add_policy(route):
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, "content-security-policy": policy})

    tab.route("**/*", add_policy)
    for path in pages:
        tab.goto(site.address + path)
    tab.unroute_all(behavior="wait")
    assert [problem for problem in problems if "favicon" not in problem[1]] == []
    context.close()

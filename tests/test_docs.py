"""The documentation lists what the code has, no more and no less."""

import re
from pathlib import Path

import pytest
import yaml
from django.template.loader import get_template
from django.utils.translation import override

from wagtail_prosjektnett import conf
from wagtail_prosjektnett.domain.errors import Rule
from wagtail_prosjektnett.pages.types import PageRole, page_model
from wagtail_prosjektnett.templatetags.prosjektnett_tags import register
from wagtail_prosjektnett.wording.rules import MESSAGES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "reference"


def rows(name):
    """The rows of the tables in a document, as lists of cells."""
    lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("|")]
    return [row for row in cells if not set(row[0]) <= {"-"}]


def test_every_setting_is_documented_with_its_default():
    documented = {row[0].strip("`"): row[1].strip("`") for row in rows("settings.md")[1:]}
    assert documented.keys() == {conf.PREFIX + name for name in conf.SETTINGS}
    for name in ("BASE_TEMPLATE", "TIME_ZONE", "PAGE_SIZE", "IMAGE_RENDITIONS"):
        assert yaml.safe_load(documented[conf.PREFIX + name]) == conf.SETTINGS[name].default


def test_every_check_is_documented():
    documented = {row[0].strip("`") for row in rows("checks.md")[1:]}
    source = (ROOT / "wagtail_prosjektnett" / "checks.py").read_text(encoding="utf-8")
    assert documented == {f"wagtail_prosjektnett.{number}" for number in re.findall(r'_id\("(\w+)"\)', source)}


def test_every_rule_is_documented_with_its_message_and_its_test():
    documented = {row[0].strip("`"): row for row in rows("validation.md")[1:]}
    assert documented.keys() == {rule.value for rule in Rule}
    for rule in Rule:
        _name, _field, message, _draft, test = documented[rule.value]
        with override("en"):
            assert message == str(MESSAGES[rule])
        file, function = test.strip("`").split("::")
        assert f"def {function}(" in (ROOT / "tests" / file).read_text(encoding="utf-8")


def test_every_tag_and_filter_is_documented():
    text = (DOCS / "templates.md").read_text(encoding="utf-8")
    for name in register.tags:
        assert f"{{% {name}" in text
    for name in register.filters:
        assert f"|{name}" in text.replace("\\|", "|")


@pytest.mark.parametrize("role", list(PageRole))
def test_every_reference_template_is_documented_and_there(role):
    name = f"wagtail_prosjektnett/{page_model(role).reference_template}"
    assert f"`{name}`" in (DOCS / "templates.md").read_text(encoding="utf-8")
    get_template(name)


@pytest.mark.parametrize("block", ["title", "extra_css", "body_class", "content"])
def test_the_documented_blocks_are_in_the_reference_base_template(block):
    source = (ROOT / "wagtail_prosjektnett/templates/wagtail_prosjektnett/base.html").read_text(encoding="utf-8")
    assert f"{{% block {block} %}}" in source
    page = (ROOT / "wagtail_prosjektnett/templates/wagtail_prosjektnett/page.html").read_text(encoding="utf-8")
    assert f"{{% block {block} %}}" in page


def test_every_field_of_the_apis_is_documented():
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    for role in PageRole:
        for field in page_model(role).api_fields:
            words = f"`{field.name}` *w*" if getattr(field, "writable", False) else f"`{field.name}`"
            assert words in text, (role, field)


def test_the_guide_to_an_own_base_page_has_the_code_of_the_example_site():
    guide = (ROOT / "docs/how-to/own-page-base.md").read_text(encoding="utf-8")
    shown = dict(re.findall(r"<!-- (\S+) -->\n```python\n(.*?)```", guide, re.DOTALL))
    assert len(shown) == 3
    for path, code in shown.items():
        assert code == (ROOT / path).read_text(encoding="utf-8"), path
    model = re.search(r'WAGTAIL_PAGE_MODEL = ".*"', guide).group()
    assert model in (ROOT / "example_site/config/settings_own_page.py").read_text(encoding="utf-8")


def test_every_fact_is_documented():
    text = (ROOT / "docs" / "explanation" / "facts.md").read_text(encoding="utf-8")
    for role in PageRole:
        facts = page_model(role).facts
        assert not facts or ", ".join(f"`{name}`" for name in facts) in text, role


def test_every_page_of_the_documentation_is_in_its_contents():
    listed = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)
    files = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(listed) == sorted(files)

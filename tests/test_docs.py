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


def read(name):
    return (DOCS / name).read_text(encoding="utf-8")


def rows(name):
    """The rows of the tables in a document, as lists of cells."""
    return table_rows(read(name))


def table_rows(text):
    lines = text.splitlines()
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("|")]
    return [row for row in cells if not set(row[0]) <= {"-"}]


def test_every_setting_is_documented_with_its_default():
    documented = {row[0].strip("`"): row[1].strip("`") for row in rows("settings.md")[1:]}
    assert documented.keys() == {conf.PREFIX + name for name in conf.SETTINGS}
    for name in ("BASE_TEMPLATE", "TIME_ZONE", "PAGE_SIZE", "IMAGE_RENDITIONS"):
        assert yaml.safe_load(documented[conf.PREFIX + name]) == conf.SETTINGS[name].default


def test_every_check_is_documented():
    documented = {row[0].strip("`") for row in rows("checks.md")[1:]}
    files = (ROOT / "wagtail_prosjektnett").glob("*checks.py")
    source = "".join(file.read_text(encoding="utf-8") for file in files)
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


#: The kinds of documentation in the order of the contents: the folder, and how the front page begins its heading.
KINDS = {"tutorial": "Tutorial", "how-to": "How-to", "reference": "Reference", "explanation": "Explanation"}


def test_every_page_of_the_documentation_is_in_its_contents_and_on_its_front_page_by_kind():
    contents = re.findall(r": (\S+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), flags=re.MULTILINE)
    files = [path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")]
    assert sorted(contents) == sorted(files)

    _title, *parts = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").split("\n## ")
    assert [part.partition(":")[0] for part in parts] == list(KINDS.values())
    listed = []
    for folder, part in zip(KINDS, parts, strict=True):
        pages = re.findall(r"^- \[.+\]\((\S+\.md)\)$", part, flags=re.MULTILINE)
        assert all(page.startswith(f"{folder}/") for page in pages), folder
        listed += pages
    assert listed == contents[1:]

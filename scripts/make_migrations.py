#!/usr/bin/env python
"""Make migrations for both apps, and let them follow a site's own image, document and page models.

Run it in an environment with the oldest supported Wagtail: migrations made on a later one name
migrations that the oldest does not have. Django writes the models of the site it runs in into a
migration; a site with its own image model would then see a pending migration for ever. What is
replaced here is found in every migration, so that it can be run again.
"""

import os
import re
import sys
from pathlib import Path

import django
import wagtail
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "wagtail_prosjektnett"
OLDEST = (7, 4)

#: What Django writes, what it must be, and the import that this needs.
REPLACEMENTS = [
    (r"to='wagtailimages\.image'", "to=get_image_model_string()", "from wagtail.images import get_image_model_string"),
    (
        r"to='wagtaildocs\.document'",
        "to=get_document_model_string()",
        "from wagtail.documents import get_document_model_string",
    ),
    (
        r"(?<!serialize=False, )to='wagtailcore\.page'",
        "to=swapper.get_model_name('wagtailcore', 'Page')",
        "import swapper",
    ),
    (
        r"\('wagtailimages', '[^']+'\)",
        "migrations.swappable_dependency(get_image_model_string())",
        "from wagtail.images import get_image_model_string",
    ),
    (
        r"\('wagtaildocs', '[^']+'\)",
        "migrations.swappable_dependency(get_document_model_string())",
        "from wagtail.documents import get_document_model_string",
    ),
]


def make_swappable(path: Path) -> None:
    """Rewrite one migration in place."""
    text = path.read_text(encoding="utf-8")
    imports = set()
    for pattern, replacement, needed in REPLACEMENTS:
        text, count = re.subn(pattern, replacement, text)
        if count and needed not in text:
            imports.add(needed)
    if imports:
        text = text.replace("\nfrom django.db import", "\n" + "\n".join(sorted(imports)) + "\nfrom django.db import", 1)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Make the migrations of the main app first, so that those of the pages can follow them."""
    if wagtail.VERSION[:2] != OLDEST:
        sys.exit(f"Run this with Wagtail {OLDEST[0]}.{OLDEST[1]}, not {wagtail.__version__}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.path.insert(0, str(ROOT))
    django.setup()
    for label in ("wagtail_prosjektnett", "prosjektnett_pages"):
        call_command("makemigrations", label)
    for path in [*PACKAGE.glob("migrations/0*.py"), *PACKAGE.glob("pages/migrations/0*.py")]:
        make_swappable(path)


if __name__ == "__main__":
    main()

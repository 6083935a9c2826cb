"""What is asked of a site when the package has been taken out as docs/how-to/uninstall.md says."""

import json

from tests.guide import HostSite

#: Fetches the admin as a superuser: every page of the tree, and what lists things of all types.
ADMIN = """
import json
from pathlib import Path
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page
people = get_user_model().objects
known = people.filter(is_superuser=True).first()
user = known or people.create_superuser(username="sjef", password="x", email="sjef@example.org")
client = Client(headers={"host": "localhost"})
client.force_login(user)
addresses = [f"/admin/pages/{pk}/{end}" for pk in Page.objects.values_list("pk", flat=True) for end in ("", "history/")]
for name in ("", "groups/", "users/", "images/", "documents/", "collections/", "redirects/", "pages/search/?q=nettverk",
    "reports/site-history/", "reports/page-types-usage/", "reports/aging-pages/"):
    addresses.append("/admin/" + name)
answers = {address: client.get(address, follow=True).status_code for address in addresses}
Path("admin.json").write_text(json.dumps(answers))
"""

#: Counts the rows of every table, and those that name the package.
ROWS = """
import json
from pathlib import Path
from django.db import connection
rows, ours = {}, []
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        found = [str(row) for row in cursor.fetchall()]
        rows[table] = len(found)
        ours += [f"{table}: {row}" for row in found if "prosjektnett" in table + row]
Path("rows.json").write_text(json.dumps([rows, ours]))
"""

#: Tables with more rows than before: the site keeps its log, and the images and documents that came with a network.
KEPT = {
    "django_session",  # of who fetched the admin
    "wagtailcore_collection",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_referenceindex",  # which collection an image is in
}


def admin_of(site: HostSite) -> dict[str, int]:
    """Return the status of each address of the admin."""
    site.manage("shell", "-c", ADMIN)
    return json.loads(site.read("admin.json"))


def rows_of(site: HostSite) -> tuple[dict[str, int], list[str]]:
    """Return how many rows each table has, and the rows that name the package."""
    site.manage("shell", "-c", ROWS)
    counts, ours = json.loads(site.read("rows.json"))
    return counts, ours


def assert_nothing_is_left(site: HostSite, before: dict[str, int]) -> None:
    """Ask the database, the files and the admin; ``before`` are the rows of a site that never had the package."""
    for name in (site.settings, site.urls, site.base_template):
        assert "prosjektnett" not in site.read(name).lower(), name
    assert set(admin_of(site).values()) == {200}
    counts, ours = rows_of(site)
    assert not ours
    assert counts.keys() == before.keys()
    more = {table for table, count in counts.items() if count != before[table]}
    media = {table for table in more if table.endswith(("image", "rendition", "document"))}
    search = {table for table in more if table.startswith("wagtailsearch_")}
    assert more - media - search <= KEPT, {table: (before[table], counts[table]) for table in more}
    site.manage("migrate", "--check")
    assert "No changes detected" in site.manage("makemigrations", "--check", "--dry-run")
    assert "No problems found" in site.manage("fixtree")

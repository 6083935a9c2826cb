"""How long it takes to load and to write a network, and whether that grows with its size alone.

Run it on an otherwise idle machine: ``python -m benchmarks.load_network``, or with other sizes:
``python -m benchmarks.load_network 100 1000``. It uses the settings of the tests, and SQLite in a folder that is
thrown away unless ``DATABASE_URL`` names another, empty database.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

SIZES = (125, 250, 500, 1000)
#: Pages a second on SQLite, for a network of 1,000 gatherings and 1,000 articles.
GOAL = 100


def main(sizes: list[int]) -> None:
    """Load and write networks of several sizes, and print what it took for each page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'benchmark.sqlite3'}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.MEDIA_ROOT = folder / "media"
        call_command("migrate", verbosity=0)
        print(f"{'pages':>6} {'load s':>8} {'pages/s':>8} {'write s':>8} {'again s':>8}")
        for size in sizes:
            print_row(folder / str(size), size)


def print_row(folder: Path, size: int) -> None:
    """Print a line of the table."""
    from wagtail.models import Page, Site

    from benchmarks.make_network import make_network
    from wagtail_prosjektnett.content.dump import dump_network
    from wagtail_prosjektnett.content.load import load_network

    file, root = make_network(folder / "file", size), Site.objects.get(is_default_site=True).root_page.specific
    load, result = timed(lambda: load_network(file, root))
    pages = result.network.get_descendants(inclusive=True).count()
    write, _result = timed(lambda: dump_network(result.network, folder / "dump"))
    again, unchanged = timed(lambda: load_network(folder / "dump" / "network.yaml", root))
    assert unchanged.changed == 0
    print(f"{pages:>6} {load:>8.1f} {pages / load:>8.0f} {write:>8.1f} {again:>8.1f}", flush=True)
    result.network.delete()
    assert not Page.objects.filter(slug="testnettverket").exists()


def timed(work):
    """Return the seconds that some work took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))

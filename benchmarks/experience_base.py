"""What searching one large experience base costs, in HTML and in our API, among a thousand articles and ten thousand.

``python -m benchmarks.experience_base`` makes a site of each size, with half of the articles having the word that is
searched for, and measures every case on each of them, round by round in a random order. It prints medians, how they
grow from the smallest size to the largest, and numbers of queries. The options are those of ``benchmarks.headless``.
"""

from __future__ import annotations

import random
import sys
from statistics import median
from typing import Any

from benchmarks.headless import Worker
from benchmarks.options import parser, prepare

#: How many times as long a case may take at the largest size.
MOST_GROWTH = 3


class ExperienceBaseCases:
    """The cases by name: each is one request."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.test import Client

        from benchmarks.seed import FEW, HALF
        from wagtail_prosjektnett.models import Topic
        from wagtail_prosjektnett.pages.models import ExperienceIndexPage, ExperiencePage

        settings.PROSJEKTNETT_CACHE = ""
        self.client = Client(HTTP_HOST="localhost")
        index = ExperienceIndexPage.objects.get()
        path, topic = index.get_url_parts()[2], Topic.objects.order_by("pk").first()
        network = index.get_parent().pk
        api = f"/api/prosjektnett/experiences/?network={network}"
        self.addresses = {
            "index": path,
            "index, narrowed down": f"{path}?kind=lesson&topic={topic.pk}",
            "index, most used first": f"{path}?order=most_used",
            "index, half match": f"{path}?q={HALF}",
            "index, half match, newest first": f"{path}?q={HALF}&order=newest",
            "index, half match, most used first": f"{path}?q={HALF}&order=most_used",
            "index, one of a hundred matches": f"{path}?q={FEW}",
            "index, nothing matches": f"{path}?q=finnesikke",
            "suggestions": f"{path}?suggest=art",
            "article": ExperiencePage.objects.order_by("pk")[7].get_url_parts()[2],
            "API, half match": f"{api}&q={HALF}",
        }

    @property
    def names(self) -> list[str]:
        """The names of all cases."""
        return list(self.addresses)

    def before(self, name: str) -> None:
        """Nothing has to be done before a case."""

    def run(self, name: str) -> Any:
        """Return the answer to the request of a case."""
        answer = self.client.get(self.addresses[name])
        assert answer.status_code == 200, (name, answer.status_code)
        return answer


def measure(workers: list[Worker], rounds: int) -> dict[tuple[str, int], dict[str, list[float]]]:
    """Return what every case takes on every database, in milliseconds, one for each round."""
    names = workers[0].ask("names")
    found: dict[tuple[str, int], dict[str, list[float]]] = {
        (worker.vendor, worker.size): {name: [] for name in names} for worker in workers
    }
    for number in range(rounds + 1):
        order = [(worker, name) for worker in workers for name in names]
        random.Random(number).shuffle(order)
        for worker, name in order:
            time = worker.ask("time", name)
            if number:  # the first round warms up
                found[worker.vendor, worker.size][name].append(time)
        print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Make the sites, measure and print."""
    options = parser(__doc__, rounds=15, sizes="1000,10000").parse_args()
    data, vendors, sizes = prepare(options)
    sizes.sort()
    workers = [Worker(data, vendor, n, options.postgresql, "experience_base") for vendor in vendors for n in sizes]
    try:
        queries = {
            worker.vendor: {name: worker.ask("count", name) for name in worker.ask("names")} for worker in workers
        }
        found = measure(workers, options.rounds)
    finally:
        for worker in workers:
            worker.stop()
    for vendor in vendors:
        print(f"\n### {vendor}\n\n| case | queries | {' | '.join(f'ms at {n}' for n in sizes)} | growth | |")
        print(f"|---|---|{'---|' * len(sizes)}---|---|")
        for name, count in queries[vendor].items():
            times = [median(found[vendor, size][name]) for size in sizes]
            growth = times[-1] / times[0]
            met = "met" if growth <= MOST_GROWTH else "**not met**"
            print(f"| {name} | {count} | {' | '.join(f'{ms:.1f}' for ms in times)} | {growth:.1f} | {met} |")


if __name__ == "__main__":
    main()

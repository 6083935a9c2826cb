"""What our headless API costs beside Wagtail's own and beside a hand-written answer, over the same pages.

``python -m benchmarks.headless`` makes a site of each size and measures every case on each of them, round by round in
a random order, so that what else the machine does falls on all alike. It prints medians, ratios and numbers of
queries, and which goals are met. The sites are kept in ``--data`` and used again.

SQLite is always there; ``--postgresql postgres://user:password@127.0.0.1:5432`` adds a server on which databases named
``prosjektnett_benchmark_<size>`` are made. It fails for a wrong answer, never for a slow one.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.options import ROOT, parser, prepare

#: A case that takes as many milliseconds is measured three times only.
SLOW = 2000


class Worker:
    """A process that measures one kind of site on one database, which it makes first if it is not there."""

    def __init__(self, data: Path, vendor: str, size: int, server: str, site: str = "networks") -> None:
        name = f"prosjektnett_benchmark_{size}" if site == "networks" else f"prosjektnett_{site}_{size}"
        self.vendor, self.size = vendor, size
        seeded = data / (f"{vendor}-{size}.seeded" if site == "networks" else f"{site}-{vendor}-{size}.seeded")
        url = f"sqlite:///{data / name}.sqlite3" if vendor == "sqlite" else f"{server.rstrip('/')}/{name}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "BENCHMARK_DATA": str(data),
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        if not seeded.exists():
            make_database(vendor, server, name, data)
            print(f"making a site of size {size} on {vendor}", flush=True)
            subprocess.run([*self._command, "seed", site, str(size)], env=self.environment, check=True, cwd=ROOT)
            seeded.touch()
        self.process = subprocess.Popen(
            [*self._command, "serve", site],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    _command = (sys.executable, "-W", "ignore", "-m", "benchmarks.worker")

    def ask(self, *question: str) -> Any:
        """Return the answer to a question."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"no answer to {question} on {self.vendor} at size {self.size}")
        return json.loads(line)

    def stop(self) -> None:
        """Let the process end."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()


def make_database(vendor: str, server: str, name: str, data: Path) -> None:
    """Make an empty database in place of one that was not finished."""
    if vendor == "sqlite":
        (data / f"{name}.sqlite3").unlink(missing_ok=True)
        return
    import psycopg

    with psycopg.connect(f"{server.rstrip('/')}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")


def measure(workers: list[Worker], rounds: int, only: list[str]) -> dict[str, Any]:
    """Return what every case takes on every database; with ``only``, those cases and what they are compared with."""
    from benchmarks.goals import Results
    from benchmarks.names import FLOOR, V2_STOCK

    names = [name for name in workers[0].ask("names") if not only or name in {*only, FLOOR, V2_STOCK}]
    for worker in workers:
        if not worker.ask("equal"):
            sys.exit(f"the hand-written answer differs on {worker.vendor} with {worker.size} gatherings")
    found = {worker.vendor: Results({}, {}) for worker in workers}
    for worker in workers:
        found[worker.vendor].times[worker.size] = {name: [] for name in names}
        found[worker.vendor].queries = {name: worker.ask("count", name) for name in names}
    for number in range(rounds):
        order = [(worker, name) for worker in workers for name in names]
        random.Random(number).shuffle(order)
        for worker, name in order:
            times = found[worker.vendor].times[worker.size][name]
            if len(times) < 3 or times[0] < SLOW:
                times.append(worker.ask("time", name))
        print(f"round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return found


def print_results(vendor: str, results: Any) -> None:
    """Print two tables: what was measured, and what it should be."""
    from benchmarks.goals import goals
    from benchmarks.names import FLOOR, V2_STOCK

    sizes = results.sizes
    print(f"\n### {vendor}\n")
    print(f"| case | queries | {' | '.join(f'ms at {size}' for size in sizes)} | growth | / floor | faster than v2 |")
    print(f"|---|---|{'---|' * len(sizes)}---|---|---|")
    for name in results.queries:
        times = " | ".join(f"{results.milliseconds(name, size):.1f}" for size in sizes)
        faster = 1 / results.ratio(name, V2_STOCK)
        print(
            f"| {name} | {results.queries[name]} | {times} | {results.growth(name, 0, -1):.1f} "
            f"| {results.ratio(name, FLOOR):.2f} | {faster:.1f} |"
        )
    print("\n| goal | at most or least | measured | |\n|---|---|---|---|")
    for goal in goals(vendor):
        if not goal.cases <= results.queries.keys() or goal.sizes > len(sizes):
            continue
        bound = f"≤ {goal.most:g}" if goal.most is not None else f"≥ {goal.least:g}"
        met = "met" if goal.is_met(results) else "**not met**"
        print(f"| {goal.text} | {bound} | {goal.value(results):.2f} | {met} |")


def main() -> None:
    """Make the sites, measure and print."""
    asked = parser(__doc__, rounds=25, sizes="100,1000,10000")
    asked.add_argument("--cases", default="", help="some cases, by their names in the table")
    options = asked.parse_args()
    data, vendors, sizes = prepare(options)
    workers = [Worker(data, vendor, size, options.postgresql) for vendor in vendors for size in sizes]
    try:
        found = measure(workers, options.rounds, [name for name in options.cases.split(",") if name])
    finally:
        for worker in workers:
            worker.stop()
    print(f"Medians of {options.rounds} rounds; ratios at {found[vendors[0]].middle} gatherings.")
    for vendor in vendors:
        print_results(vendor, found[vendor])


if __name__ == "__main__":
    main()

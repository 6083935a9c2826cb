"""What both benchmarks of many sites can be asked for, and where they keep the sites."""

import argparse
import os
from pathlib import Path

ROOT = Path(__file__).parent.parent


def parser(description: str, *, rounds: int, sizes: str) -> argparse.ArgumentParser:
    """Return the options that both have, with as many rounds and such sizes if nobody says otherwise."""
    found = argparse.ArgumentParser(description=description.split("\n")[0])
    found.add_argument("--rounds", type=int, default=rounds)
    found.add_argument("--sizes", default=sizes)
    found.add_argument("--postgresql", default="", help="a server on which databases may be made")
    found.add_argument("--data", type=Path, default=ROOT / "build" / "benchmarks")
    return found


def prepare(options: argparse.Namespace) -> tuple[Path, list[str], list[int]]:
    """Make the folder of the sites, and return it with the kinds of databases and the sizes."""
    data = options.data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ.update(BENCHMARK_DATA=str(data), DJANGO_SETTINGS_MODULE="benchmarks.settings")
    vendors = ["sqlite", "postgresql"] if options.postgresql else ["sqlite"]
    return data, vendors, [int(size) for size in options.sizes.split(",")]

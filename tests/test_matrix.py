"""What the README claims to run on is what tox.ini and the workflow run, and the oldest versions those of setup.cfg."""

import configparser
import re
from itertools import product
from pathlib import Path

import yaml

from tests.conftest import SHORT_RUN

ROOT = Path(__file__).parent.parent
AXES = ("python", "django", "wagtail")


def read(name):
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / name, encoding="utf-8")
    return parser


def environments():
    """The combinations of tox.ini as (Python, Django, Wagtail), with the braces written out."""
    found = set()
    for line in read("tox.ini")["tox"]["env_list"].split():
        pieces = re.split(r"\{([^}]+)\}", line)
        for chosen in product(*[piece.split(",") if number % 2 else [piece] for number, piece in enumerate(pieces)]):
            if match := re.fullmatch(r"py3(\d+)-django(\d)(\d)-wagtail(\d)(\d)", "".join(chosen)):
                python, *rest = match.groups()
                found.add((f"3.{python}", ".".join(rest[:2]), ".".join(rest[2:])))
    return found


def test_the_readme_claims_what_tox_runs():
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## What it runs on")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]
    claimed = set()
    for python, django, wagtail in rows[2:]:
        claimed |= set(product(python.split(", "), django.split(", "), wagtail.split(", ")))
    assert claimed == environments()


def test_the_classifiers_are_what_tox_runs():
    classifiers = read("setup.cfg")["metadata"]["classifiers"]
    assert set(re.findall(r"Python :: (3\.\d+)", classifiers)) == {python for python, _, _ in environments()}
    assert set(re.findall(r"Django :: (\d\.\d)", classifiers)) == {django for _, django, _ in environments()}


def test_the_oldest_versions_are_the_lower_bounds():
    required = read("setup.cfg")["options"]["install_requires"].split()
    lines = (ROOT / ".ci" / "oldest.txt").read_text(encoding="utf-8").splitlines()
    assert [line.replace("==", ">=") for line in lines if not line.startswith("#")] == required


def test_the_short_run_is_there():
    assert not [name for name in SHORT_RUN if not (ROOT / "tests" / name).is_file()]


def workflow():
    """The workflow, where YAML 1.1 takes the word "on" for a truth."""
    return yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))


def test_the_workflow_runs_what_tox_has():
    matrix = workflow()["jobs"]["matrix"]["strategy"]["matrix"]
    named = [dict(zip(AXES, chosen, strict=True)) for chosen in product(*(matrix[key] for key in AXES))]
    kept = [job for job in named if not any(rule.items() <= job.items() for rule in matrix["exclude"])]
    run = {(f"3.{job['python']}", *(".".join(job[key]) for key in AXES[1:])) for job in kept}
    assert run == environments()
    assert matrix["include"] == [{"python": "11", "django": "lowest", "wagtail": "lowest"}]
    assert "lowest" in read("tox.ini")["tox"]["env_list"].split()


def test_the_workflow_calls_our_scripts_and_may_only_read():
    jobs = workflow()["jobs"].values()
    commands = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert ".ci/run" in commands
    assert 'make matrix ENVIRONMENTS="$ENVIRONMENT"' in commands
    assert workflow()["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in jobs)
    assert "secrets." not in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")

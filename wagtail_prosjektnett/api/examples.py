"""One answer of each operation, for the OpenAPI document: what the example site really answered."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")


@cache
def examples() -> dict[str, Any]:
    """Return the answers, by the name of the operation or by the status of a refusal.

    ``scripts/write_examples.py`` writes them.
    """
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def example(name: str) -> dict[str, Any]:
    """Return an answer as a media type of the document has it; nothing for an operation that is not in the file yet."""
    found = examples().get(name)
    return {} if found is None else {"example": found}

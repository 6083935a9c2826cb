"""What readers are told of the time and place of an occurrence: when it is another one, that is news."""

from __future__ import annotations

from typing import Any


def time_and_place(row: Any) -> dict[str, Any]:
    """Return when and where an occurrence takes place, and whether it does, as it can be compared and kept."""
    span = row.facts.span
    return {
        "starts_at": span.start.isoformat(),
        "ends_at": span.end.isoformat(),
        "precision": row.precision,
        "has_time": row.start_time is not None,
        "decision": row.decision,
        "place": row.place,
        "address": row.address,
        "municipality": row.municipality_id,
    }

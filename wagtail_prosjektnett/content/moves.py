"""Putting pages below a parent in an order, with as few moves as that takes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import swapper


def put_below(parent: Any, wanted: Sequence[Any]) -> list[Any]:
    """Make pages the children of a parent, in an order, and return those that were moved for it.

    All are given by their primary keys. Children that are not mentioned stay where they are.
    """
    model = swapper.load_model("wagtailcore", "Page")
    known = set(wanted)
    children = model.objects.get(pk=parent).get_children().values_list("pk", flat=True)
    stay = in_order([pk for pk in children if pk in known], wanted)
    moved, before = [], None
    for pk in wanted:
        if pk not in stay:
            target, position = (parent, "first-child") if before is None else (before, "right")
            model.objects.get(pk=pk).move(model.objects.get(pk=target), pos=position)
            moved.append(pk)
        before = pk
    return moved


def in_order(stands: Sequence[Any], wanted: Sequence[Any]) -> set[Any]:
    """Return as many items as possible that stand in the order that is wanted: the longest increasing subsequence."""
    place = {item: index for index, item in enumerate(wanted)}
    ends: list[int] = []
    chains: list[tuple[Any, Any]] = []
    for item in stands:
        length = bisect_left(ends, place[item])
        chain = (item, chains[length - 1] if length else None)
        ends[length : length + 1], chains[length : length + 1] = [place[item]], [chain]
    found, link = set(), chains[-1] if chains else None
    while link is not None:
        found.add(link[0])
        link = link[1]
    return found

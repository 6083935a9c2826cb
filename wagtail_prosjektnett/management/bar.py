"""What a command shows while something takes long, where a person is watching."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """Yield what shows how many of how many items are done; nothing is shown before a second has gone."""
    with tqdm(unit="", disable=None, leave=False, delay=1) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress

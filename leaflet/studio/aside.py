"""Do long work beside the calls of a page, and hear how far it is.

Here a thread does it; in a browser, which has none, the work is done in its place (`leaflet.studio.in_browser`).
"""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

Word: TypeAlias = dict[str, Any]
Work: TypeAlias = Callable[[Callable[[Word], None]], Word]
"""Is given a function that says how far it is; returns its last word."""
Aside: TypeAlias = Callable[[Work], Iterator[Word]]
"""Has work done, and yields its words as they come, the last one at the end; raises what the work raises."""


def in_a_thread(work: Work) -> Iterator[Word]:
    """Begin work in a thread of its own, and return an iterator of its words."""
    said: SimpleQueue[tuple[Word | BaseException, bool]] = SimpleQueue()

    def run() -> None:
        try:
            last: Word | BaseException = work(lambda word: said.put((word, False)))
        except BaseException as error:
            last = error
        said.put((last, True))

    Thread(target=run, daemon=True).start()
    return _follow(said)


def _follow(said: "SimpleQueue[tuple[Word | BaseException, bool]]") -> Iterator[Word]:
    is_last = False
    while not is_last:
        word, is_last = said.get()
        if isinstance(word, BaseException):
            raise word
        yield word

"""Who looks at what, and the look-out for changes: a view is made anew for those who look at it, and for no other."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event, Lock

from leaflet.preview.shown import Shown, View
from leaflet.preview.workshop import Workshop

PAUSE = 0.1  # seconds between two looks at the files
_SETTLING = 0.03  # seconds; an editor that empties a file before it fills it is not looked at half-way
_LOOKS = 30  # at files that do not settle, before they are taken as they are


class Gallery:
    """The views of a workshop for several viewers at once."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._making = Lock()
        self._changed = Condition()
        self._viewers: Counter[View] = Counter()
        self._closed = False

    @property
    def campaign(self) -> str:
        """The name of the campaign file."""
        return self._workshop.options.campaign.name

    def show(self, view: View) -> Shown:
        """A view as it is now; those who wait for it are told if it is new."""
        with self._making:
            shown = self._workshop.show(view)
        with self._changed:
            self._changed.notify_all()
        return shown

    def is_current(self, view: View) -> bool:
        """Whether a view is made from what is there now."""
        with self._making:
            return self._workshop.is_current(view)

    def settle(self, view: View, pause: Callable[[], object]) -> None:
        """Wait until what a view is made from is the same twice."""
        for _ in range(_LOOKS):
            with self._making:
                before = self._workshop.mark(view)
            pause()
            with self._making:
                if self._workshop.mark(view) == before:
                    return

    def picture(self, key: str) -> bytes | None:
        """A picture on show."""
        with self._making:
            return self._workshop.picture(key)

    @contextmanager
    def viewing(self, view: View) -> Iterator[None]:
        """Somebody looks at a view as long as this lasts."""
        with self._changed:
            self._viewers[view] += 1
        try:
            yield
        finally:
            with self._changed:
                self._viewers[view] -= 1
                self._viewers += Counter()  # without those nobody looks at

    def views(self) -> tuple[View, ...]:
        """What is looked at now."""
        with self._changed:
            return tuple(self._viewers)

    def wait(self, view: View, known: int, patience: float) -> int | None:
        """The number of a view once it is another than `known`; None after `patience` seconds, or at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._workshop.number(view) != known, timeout=patience)
            number = self._workshop.number(view)
        return None if self._closed or number == known else number

    @property
    def is_closed(self) -> bool:
        return self._closed

    def close(self) -> None:
        """Let all who wait go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def watch(
    gallery: Gallery,
    first: View,
    told: Callable[[Shown], None],
    is_over: Callable[[], bool],
) -> None:
    """Look at the files again and again, until it `is_over`; `told` is told of every view made anew."""
    clock = Event()  # never set: it only waits
    told(gallery.show(first))
    while not is_over():
        look(gallery, first, told, lambda: clock.wait(_SETTLING))
        clock.wait(PAUSE)


def look(gallery: Gallery, first: View, told: Callable[[Shown], None], pause: Callable[[], object]) -> None:
    """Make anew what is looked at and has changed; `first` is what is looked at while nobody has a page open."""
    for view in gallery.views() or (first,):
        if not gallery.is_current(view):
            gallery.settle(view, pause)
            told(gallery.show(view))

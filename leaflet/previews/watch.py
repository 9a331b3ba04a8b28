"""Watch for changes of files, and render again the views that somebody has open."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Event, Lock

from leaflet.previews.view_cache import ViewCache
from leaflet.previews.views import RenderedView, View

POLL_SECONDS = 0.1  # between two looks at the files
_STABLE_SECONDS = 0.03  # an editor may empty a file before it fills it
_MAX_CHECKS = 30  # of files that keep changing, before they are read as they are


class SharedViews:
    """The views of a cache for several viewers in several threads.

    Args:
        cache: renders the views.
    """

    def __init__(self, cache: ViewCache) -> None:
        self._cache = cache
        self._rendering = Lock()
        self._changed = Condition()
        self._viewers: Counter[View] = Counter()
        self._closed = False

    @property
    def campaign(self) -> str:
        """The name of the campaign file."""
        return self._cache.options.campaign.name

    def render(self, view: View) -> RenderedView:
        """Return a view as it is now, and wake those who wait for a new one."""
        with self._rendering:
            rendered = self._cache.render(view)
        with self._changed:
            self._changed.notify_all()
        return rendered

    def is_current(self, view: View) -> bool:
        """Check whether a view was rendered from the files as they are now."""
        with self._rendering:
            return self._cache.is_current(view)

    def wait_until_stable(self, view: View, pause: Callable[[], object]) -> None:
        """Wait until the files of a view have the same content before and after a pause."""
        for _ in range(_MAX_CHECKS):
            with self._rendering:
                before = self._cache.fingerprint(view)
            pause()
            with self._rendering:
                if self._cache.fingerprint(view) == before:
                    return

    def find_picture(self, key: str) -> bytes | None:
        """Return a picture of a cached view by its key; None if there is none."""
        with self._rendering:
            return self._cache.find_picture(key)

    @contextmanager
    def viewing(self, view: View) -> Iterator[None]:
        """Count a view as open as long as the context lasts."""
        with self._changed:
            self._viewers[view] += 1
        try:
            yield
        finally:
            with self._changed:
                self._viewers[view] -= 1
                self._viewers += Counter()  # removes views that nobody has open

    def open_views(self) -> tuple[View, ...]:
        """Return the views that somebody has open."""
        with self._changed:
            return tuple(self._viewers)

    def wait_for_change(self, view: View, known: int, timeout: float) -> int | None:
        """Wait until a view has another number than `known`.

        Args:
            view: the view.
            known: the number that the viewer has.
            timeout: seconds to wait.

        Returns:
            The new number; None after `timeout` or when the preview ends.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._cache.number(view) != known, timeout=timeout)
            number = self._cache.number(view)
        return None if self._closed or number == known else number

    @property
    def is_closed(self) -> bool:
        """Tell whether the preview has ended."""
        return self._closed

    def close(self) -> None:
        """End the preview: wake all who wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def watch(
    views: SharedViews,
    first: View,
    on_render: Callable[[RenderedView], None],
    is_over: Callable[[], bool],
) -> None:
    """Render the first view, then poll the files and render what has changed, until `is_over`.

    Args:
        views: the views.
        first: the view that is rendered while nobody has a page open.
        on_render: called with every view rendered.
        is_over: checked before every poll.
    """
    timer = Event()  # is never set, and only waits
    on_render(views.render(first))
    while not is_over():
        render_changed(views, first, on_render, lambda: timer.wait(_STABLE_SECONDS))
        timer.wait(POLL_SECONDS)


def render_changed(
    views: SharedViews, first: View, on_render: Callable[[RenderedView], None], pause: Callable[[], object]
) -> None:
    """Render the open views that have changed, or the first one while nobody has a page open; see `watch`."""
    for view in views.open_views() or (first,):
        if not views.is_current(view):
            views.wait_until_stable(view, pause)
            on_render(views.render(view))

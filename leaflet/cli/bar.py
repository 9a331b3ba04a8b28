"""A bar that shows on a terminal how far a run is, and goes when it is over."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn


class Bar:
    """One bar on standard error, a count and a name behind it."""

    def __init__(self) -> None:
        self._progress = Progress(
            BarColumn(),
            TextColumn("{task.fields[count]}", markup=False),
            TextColumn("{task.fields[name]}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, count="", name="")

    def start(self) -> None:
        """Show it."""
        self._progress.start()

    def stop(self) -> None:
        """Take it away."""
        self._progress.stop()

    def count(self, done: int, total: int, count: str, name: str) -> None:
        """So much is done, as `count` says."""
        self._progress.update(self._task, completed=done, total=total, count=count, name=name)

    def name(self, name: str) -> None:
        """What is under way, with nothing to count."""
        self._progress.update(self._task, name=name)


def is_terminal() -> bool:
    """Whether standard error is a terminal; variables such as ``FORCE_COLOR`` may say so."""
    return Console(stderr=True).is_terminal

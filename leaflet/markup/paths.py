"""The ways a template was gone before, so that the next record need not go through the template again.

All that records have in common and the way through the template decide what a record's markup is like: its `Form`,
a text with gaps. What stands in the gaps is worked out by the steps written down when the way was first gone.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from msgspec import Struct, field

from leaflet.markup.standin import Decision, StandIn, Step, Test, Trace

_WAYS = 64  # ways through one template for one set of shared values; more of them are gone in the ordinary manner


class Form(Struct, frozen=True, eq=False):
    """A text with gaps, one between each two of its texts; compared by identity."""

    texts: tuple[str, ...]

    def fill(self, gaps: Iterable[str]) -> str:
        """The whole text."""
        return "".join(chain.from_iterable(zip_longest(self.texts, gaps, fillvalue="")))


class Rendered(NamedTuple):
    """A record's markup: the form it shares with others, and what it has in the gaps."""

    form: Form
    gaps: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.form.fill(self.gaps)


class _Stretch(Struct):
    """A part of a way: steps, then a test that decides how it goes on, or the form at its end."""

    steps: tuple[Step, ...] = ()
    test: Test | None = None
    at: int = 0
    branches: dict[Hashable, "_Stretch"] = field(default_factory=dict)
    form: Form | None = None
    gaps: tuple[int, ...] = ()


class Ways:
    """All ways gone so far through one template with the same shared values."""

    def __init__(self) -> None:
        self._start = _Stretch()
        self._count = 0

    def follow(self, own: Iterable[object]) -> Rendered | None:
        """The markup of a record that goes a known way; None for others, and for those with a fault."""
        values: list[Any] = [*own]
        stretch: _Stretch | None = self._start
        try:
            while stretch is not None:
                for function, at, rest in stretch.steps:
                    values.append(function(values[at], *rest) if at >= 0 else function(values))
                if stretch.form is not None:
                    return Rendered(stretch.form, tuple([values[gap] for gap in stretch.gaps]))
                if stretch.test is None:
                    return None
                stretch = stretch.branches.get(stretch.test(values[stretch.at]))
        except Exception:  # whatever a filter raises: the template itself tells where
            return None
        return None

    def explore(self, own: Iterable[object], run: Callable[[list[StandIn]], list[Any]]) -> Rendered | None:
        """Go a new way and remember it; None if that cannot be, or there are too many.

        Args:
            run: the texts and stand-ins that the template writes for stand-ins of a record's own values.
        """
        if self._count == _WAYS:
            return None
        trace = Trace()
        try:
            written = run([trace.stand_for(value) for value in own])
            form, gaps = _form(written)
            rendered = Rendered(form, tuple([str(gap._value) for gap in gaps]))
        except Exception:  # as above; or a stand-in was used as no stand-in can be
            return None
        if trace.failed:
            return None
        self._remember(trace, form, tuple(gap._at for gap in gaps))
        return rendered

    def _remember(self, trace: Trace, form: Form, gaps: tuple[int, ...]) -> None:
        stretch = self._start
        steps: list[Step] = []
        for event in trace.events:
            if isinstance(event, Decision):
                if stretch.test is None:
                    stretch.steps, stretch.test, stretch.at = tuple(steps), event.test, event.at
                stretch, steps = stretch.branches.setdefault(event.outcome, _Stretch()), []
            else:
                steps.append(event)
        stretch.steps, stretch.form, stretch.gaps = tuple(steps), form, gaps
        self._count += 1


def _form(written: Iterable[Any]) -> tuple[Form, list[StandIn]]:
    """Neighbouring texts joined, with a gap for each stand-in.

    Raises:
        TypeError: something else was written.
    """
    texts: list[list[str]] = [[]]
    gaps: list[StandIn] = []
    for part in _flat(written):
        if type(part) is StandIn:
            if not (part._is_text or isinstance(part, str)):
                raise TypeError("a template writes texts")  # as Jinja does
            gaps.append(part)
            texts.append([])
        else:
            texts[-1].append(part)
    return Form(tuple("".join(text) for text in texts)), gaps


def _flat(written: Iterable[Any]) -> Iterator[Any]:
    """Texts that were put together, taken apart again."""
    for part in written:
        if type(part) is StandIn and part._parts:
            yield from _flat(part._parts)
        else:
            yield part

"""Values that write down what a template does with them.

A template runs once with a traced value in the place of each variable value. Each computation with one is a *step* of
the `Trace`. Each decision that depends on one (a condition, a length, a look at the value by code that knows nothing
of traced values) is a *test* with its *outcome*. Another record whose values give the same outcomes takes the same
steps and needs no template (``traced_template``). Nothing analyses templates: loops, macros, includes and conditions
simply run.

A traced value is no text and no number: code written in C that is handed one raises `TypeError`, and Python code can
only ask it what is written down. So what is not traced is never taken for equal.
"""

import operator
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from jinja2.nodes import EvalContext
from markupsafe import Markup

Test = Callable[[Any], Hashable]
_F = TypeVar("_F", bound=Callable[..., Any])


class TracedStep(NamedTuple):
    """A computation: the next value is ``function(values[at], *rest)``; ``function(values)`` if `at` is negative."""

    function: Callable[..., Any]
    at: int
    rest: tuple[Any, ...] = ()


class BranchOutcome(NamedTuple):
    """The outcome of ``test(values[at])``, on which the template went on."""

    test: Test
    at: int
    outcome: Hashable


class _At(NamedTuple):
    """The number of a value among the arguments of a step."""

    number: int


class Trace:
    """A record of what a template did with traced values: steps and outcomes in their order."""

    def __init__(self) -> None:
        self.events: list[TracedStep | BranchOutcome] = []
        self.failed = False  # something went wrong on the way, even if the template went on
        self._count = 0
        self._known: dict[Hashable, TracedValue] = {}
        self._decided: dict[tuple[Test, int], Hashable] = {}

    def trace_value(self, value: object) -> "TracedValue":
        """Return a traced value that stands for the next value."""
        self._count += 1
        return TracedValue(self, self._count - 1, value)

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> "TracedValue":
        """Call a function without side effects, some of whose arguments are traced, and write the step down."""
        args = tuple(map(_settled, args))
        kwargs = {name: _settled(value) for name, value in kwargs.items()}
        step = _step(function, args, kwargs)
        key = _key(step)
        if key is not None and key in self._known:
            return self._known[key]
        with self._watch():
            value = function(*map(_value, args), **{name: _value(kwarg) for name, kwarg in kwargs.items()})
        made = self.trace_value(value)
        self.events.append(step)
        if key is not None and not hasattr(type(value), "__next__"):  # an iterator can be read once only
            self._known[key] = made
        return made

    def decide(self, test: Test, traced_value: "TracedValue") -> Any:
        """Return the outcome of a test, and write down that the rest of the template depends on it."""
        at = traced_value._at
        if (test, at) not in self._decided:
            with self._watch():
                outcome = self._decided[test, at] = test(traced_value._value)
            self.events.append(BranchOutcome(test, at, outcome))
        return self._decided[test, at]

    @contextmanager
    def _watch(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.failed = True
            raise


class TracedValue:
    """A value in the hands of a template: compared, called or printed it adds to its trace.

    A text that was put together from others knows them as its `_parts`; what printing makes of a value `_is_text`,
    whatever the value.
    """

    __slots__ = ("_at", "_is_text", "_parts", "_trace", "_value")

    def __init__(self, trace: Trace, at: int, value: object) -> None:
        self._trace, self._at, self._value = trace, at, value
        self._parts: tuple[Any, ...] = ()
        self._is_text = False

    def _settle(self) -> Any:
        """Return the value itself; from here on the trace holds only for records with an equal value."""
        self._trace.decide(exact, self)
        return self._value

    @property  # type: ignore[misc]  # Python's own can be written, too
    def __class__(self) -> Any:
        return self._trace.decide(type, self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._settle(), name)

    def __getitem__(self, key: object) -> "TracedValue":
        return self._trace.call(operator.getitem, self, key)

    def __iter__(self) -> Iterator[Any]:
        if self._trace.decide(type, self) not in (list, tuple):
            return iter(self._settle())
        return iter([self[index] for index in range(len(self))])

    def __len__(self) -> int:
        return cast(int, self._trace.decide(len, self))

    def __bool__(self) -> bool:
        return cast(bool, self._trace.decide(bool, self))

    def __contains__(self, item: object) -> bool:
        return bool(self._trace.call(operator.contains, self, item))


def _operation(function: Callable[..., Any], *, is_reflected: bool = False) -> Callable[..., TracedValue]:
    if is_reflected:
        return lambda self, other: self._trace.call(function, other, self)
    return lambda self, *others: self._trace.call(function, self, *others)


def _look(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, *args: function(self._settle(), *args)


for _function in (hash, str, repr, format, int, float, operator.index):
    setattr(TracedValue, f"__{_function.__name__}__", _look(_function))
for _name in ("eq", "ne", "lt", "le", "gt", "ge", "neg", "pos"):
    setattr(TracedValue, f"__{_name}__", _operation(getattr(operator, _name)))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(TracedValue, f"__{_name}__", _operation(getattr(operator, _name)))
    setattr(TracedValue, f"__r{_name}__", _operation(getattr(operator, _name), is_reflected=True))


def traced(function: _F) -> _F:
    """Wrap a function without side effects, so that it becomes a step when it is handed a traced value."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        trace = trace_of(*args, *kwargs.values()) if kwargs else trace_of(*args)
        return function(*args, **kwargs) if trace is None else trace.call(function, *args, **kwargs)

    return cast(_F, call)


def trace_of(*values: object) -> Trace | None:
    """Return the trace of the first traced value among values, or in a list of them; None if there is none."""
    for value in values:
        if type(value) is TracedValue:
            return value._trace
        if type(value) in _HOLDERS and (found := trace_of(*_held(value))):
            return found
    return None


_HOLDERS = frozenset({list, tuple, dict, set, slice})


def _held(holder: Any) -> Any:
    if type(holder) is dict:
        return (*holder.keys(), *holder.values())
    return (holder.start, holder.stop, holder.step) if type(holder) is slice else holder


def settled(value: Any) -> Any:
    """Replace each traced value, in containers too, by what it stands for."""
    return value._settle() if type(value) is TracedValue else _settled(value)


def _settled(value: Any) -> Any:
    """Replace traced values inside containers; keep a top-level traced value; copy an `EvalContext` as it is now."""
    kind = type(value)
    if kind is EvalContext:
        return copy(value)
    if kind not in _HOLDERS or trace_of(value) is None:
        return value
    if kind is dict:
        return {settled(key): settled(inner) for key, inner in value.items()}
    return slice(*map(settled, _held(value))) if kind is slice else kind(map(settled, value))


def _value(arg: Any) -> Any:
    return arg._value if type(arg) is TracedValue else arg


def _step(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> TracedStep:
    first, *rest = args or (None,)
    if type(first) is TracedValue and not kwargs and not any(type(arg) is TracedValue for arg in rest):
        return TracedStep(function, first._at, tuple(rest))
    places = tuple(map(_place, args))
    named = {name: _place(value) for name, value in kwargs.items()}

    def call(values: list[Any]) -> Any:
        given = [values[arg.number] if type(arg) is _At else arg for arg in places]
        return function(*given, **{n: values[arg.number] if type(arg) is _At else arg for n, arg in named.items()})

    return TracedStep(call, -1)


def _place(arg: Any) -> Any:
    return _At(arg._at) if type(arg) is TracedValue else arg


def _key(step: TracedStep) -> Hashable | None:
    """Return what tells steps apart that need not be taken twice; None for all others."""
    if step.at < 0 or not all(type(value) in (str, int) for value in step.rest):
        return None
    return step, tuple(map(type, step.rest))


def exact(value: Any) -> Hashable:
    """Return a key that is equal only for values which no template can tell apart."""
    kind = type(value)
    if kind in (list, tuple):
        return kind, tuple(map(exact, value))
    if kind is dict:
        return kind, tuple((exact(key), exact(inner)) for key, inner in value.items())
    if kind is float:
        return kind, repr(value)
    return (kind, value) if kind in _PLAIN else _Same(value)


_PLAIN = frozenset({str, Markup, int, bool, bytes, date, type(None)})


class _Same:
    """A key by identity. It keeps its value alive, so that no other value gets the same identity."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __hash__(self) -> int:
        return id(self._value)

    def __eq__(self, other: object) -> bool:
        return type(other) is _Same and other._value is self._value

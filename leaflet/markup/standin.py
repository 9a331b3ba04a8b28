"""Stand-ins: values that differ from record to record, while what a template does with them is written down.

A template is run once with stand-ins for a record's own values. Whatever it computes from them is a step of a
`Trace`; whatever decides how it goes on (a condition, a length, a value looked at by code that knows nothing of
stand-ins) is a test with its outcome. Another record that passes the same tests takes the same steps, and needs
no template (``paths``). Nothing looks into templates: loops, macros, includes and conditions simply run.

A stand-in is no text and no number: code written in C that is handed one raises `TypeError`, and Python code can
only ask it things that are written down. So what is not traced is never taken for the same.
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


class Step(NamedTuple):
    """The next value is ``function(values[at], *rest)``; a negative `at` stands for all values so far."""

    function: Callable[..., Any]
    at: int
    rest: tuple[Any, ...] = ()


class Decision(NamedTuple):
    """``test(values[at])`` was `outcome`, and the template went on accordingly."""

    test: Test
    at: int
    outcome: Hashable


class _At(NamedTuple):
    """In the arguments of a step: the value of this number."""

    number: int


class Trace:
    """What one run of a template did: steps and decisions in their order.

    Attributes:
        failed: something went wrong on the way, even if the template went on.
    """

    def __init__(self) -> None:
        self.events: list[Step | Decision] = []
        self.failed = False
        self._count = 0
        self._known: dict[Hashable, StandIn] = {}
        self._decided: dict[tuple[Test, int], Hashable] = {}

    def stand_for(self, value: object) -> "StandIn":
        """A stand-in for the next value."""
        self._count += 1
        return StandIn(self, self._count - 1, value)

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> "StandIn":
        """What a function without side effects makes of arguments some of which are stand-ins."""
        args = tuple(map(_settled, args))
        kwargs = {name: _settled(value) for name, value in kwargs.items()}
        step = _step(function, args, kwargs)
        key = _key(step)
        if key is not None and key in self._known:
            return self._known[key]
        with self._watch():
            value = function(*map(_value, args), **{name: _value(kwarg) for name, kwarg in kwargs.items()})
        made = self.stand_for(value)
        self.events.append(step)
        if key is not None and not hasattr(type(value), "__next__"):  # an iterator can be read once only
            self._known[key] = made
        return made

    def decide(self, test: Test, stand_in: "StandIn") -> Any:
        """The outcome of a test, on which the rest of the run depends."""
        at = stand_in._at
        if (test, at) not in self._decided:
            with self._watch():
                outcome = self._decided[test, at] = test(stand_in._value)
            self.events.append(Decision(test, at, outcome))
        return self._decided[test, at]

    @contextmanager
    def _watch(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.failed = True
            raise


class StandIn:
    """Stands for one value during a run; compared, called, printed it adds to its trace.

    A text that was put together from others knows them as its `_parts`; what printing makes of a value `_is_text`,
    whatever the value.
    """

    __slots__ = ("_at", "_is_text", "_parts", "_trace", "_value")

    def __init__(self, trace: Trace, at: int, value: object) -> None:
        self._trace, self._at, self._value = trace, at, value
        self._parts: tuple[Any, ...] = ()
        self._is_text = False

    def _settle(self) -> Any:
        """The value itself; only records that have the very same go on alike."""
        self._trace.decide(exact, self)
        return self._value

    @property  # type: ignore[misc]  # Python's own can be written, too
    def __class__(self) -> Any:
        return self._trace.decide(type, self)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._settle(), name)

    def __getitem__(self, key: object) -> "StandIn":
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

    def __hash__(self) -> int:
        return hash(self._settle())

    def __str__(self) -> str:
        return str(self._settle())

    def __repr__(self) -> str:
        return repr(self._settle())

    def __format__(self, spec: str) -> str:
        return format(self._settle(), spec)

    def __int__(self) -> int:
        return int(self._settle())

    def __float__(self) -> float:
        return float(self._settle())

    def __index__(self) -> int:
        return operator.index(self._settle())


def _operation(function: Callable[[Any, Any], Any]) -> Callable[[StandIn, object], StandIn]:
    return lambda self, other: self._trace.call(function, self, other)


def _reflected(function: Callable[[Any, Any], Any]) -> Callable[[StandIn, object], StandIn]:
    return lambda self, other: self._trace.call(function, other, self)


def _sign(function: Callable[[Any], Any]) -> Callable[[StandIn], StandIn]:
    return lambda self: self._trace.call(function, self)


for _name in ("eq", "ne", "lt", "le", "gt", "ge"):
    setattr(StandIn, f"__{_name}__", _operation(getattr(operator, _name)))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow"):
    setattr(StandIn, f"__{_name}__", _operation(getattr(operator, _name)))
    setattr(StandIn, f"__r{_name}__", _reflected(getattr(operator, _name)))
for _name in ("neg", "pos"):
    setattr(StandIn, f"__{_name}__", _sign(getattr(operator, _name)))


def traced(function: _F) -> _F:
    """A function without side effects that becomes a step when it is handed a stand-in."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        trace = trace_of(*args, *kwargs.values()) if kwargs else trace_of(*args)
        return function(*args, **kwargs) if trace is None else trace.call(function, *args, **kwargs)

    return cast(_F, call)


def trace_of(*values: object) -> Trace | None:
    """The trace of the first stand-in among values, or in a list of them."""
    for value in values:
        if type(value) is StandIn:
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
    """A value without stand-ins: each is replaced by what it stands for."""
    if type(value) is StandIn:
        return value._settle()
    return _settled(value)


def _settled(value: Any) -> Any:
    """The same, but a stand-in itself stays; so do contexts of evaluation as they are now."""
    kind = type(value)
    if kind is EvalContext:
        return copy(value)
    if kind not in _HOLDERS or trace_of(value) is None:
        return value
    if kind is dict:
        return {settled(key): settled(inner) for key, inner in value.items()}
    return slice(*map(settled, _held(value))) if kind is slice else kind(map(settled, value))


def _value(arg: Any) -> Any:
    return arg._value if type(arg) is StandIn else arg


def _step(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Step:
    first, *rest = args or (None,)
    if type(first) is StandIn and not kwargs and not any(type(arg) is StandIn for arg in rest):
        return Step(function, first._at, tuple(rest))
    places = tuple(map(_place, args))
    named = {name: _place(value) for name, value in kwargs.items()}

    def call(values: list[Any]) -> Any:
        given = [values[arg.number] if type(arg) is _At else arg for arg in places]
        return function(*given, **{n: values[arg.number] if type(arg) is _At else arg for n, arg in named.items()})

    return Step(call, -1)


def _place(arg: Any) -> Any:
    return _At(arg._at) if type(arg) is StandIn else arg


def _key(step: Step) -> Hashable | None:
    """What tells steps apart that need not be taken twice; None for all others."""
    if step.at < 0 or not all(type(value) in (str, int) for value in step.rest):
        return None
    return step, tuple(map(type, step.rest))


def exact(value: Any) -> Hashable:
    """What only values have in common that no template can tell apart."""
    kind = type(value)
    if kind in (list, tuple):
        return kind, tuple(map(exact, value))
    if kind is dict:
        return kind, tuple((exact(key), exact(inner)) for key, inner in value.items())
    if kind is float:
        return kind, repr(value)
    if kind in _PLAIN:
        return kind, value
    return _Same(value)


_PLAIN = frozenset({str, Markup, int, bool, bytes, date, type(None)})


class _Same:
    """Equal to itself alone; keeps its value alive, so that its identity stays its own."""

    def __init__(self, value: object) -> None:
        self._value = value

    def __hash__(self) -> int:
        return id(self._value)

    def __eq__(self, other: object) -> bool:
        return type(other) is _Same and other._value is self._value

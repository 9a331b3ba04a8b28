"""A template that is traced once for each way records take through it, then replayed.

What records share and the outcomes of the template's tests decide a record's markup up to its holes. What stands in
the holes is computed by the steps of the trace.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, partial, wraps
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from jinja2 import Template, runtime
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape
from msgspec import Struct

from leaflet.files.bounded_cache import BoundedCache
from leaflet.markup.blanks import BlankField
from leaflet.markup.render import Context, Renderer
from leaflet.markup.sandbox import Sandbox, join_plain_values, join_values, print_value
from leaflet.reuse.decisions import DecisionTree
from leaflet.reuse.trace import BranchOutcome, Test, Trace, TracedStep, TracedValue, exact, settled, trace_of, traced

_TRACES = 64  # traces of one template for one set of shared values; records beyond them go the plain way
_AREAS = 256  # sets of shared values whose traces are kept: the schools of an académie follow each other
_STENCILS = 1024  # texts of templates that are kept, so that equal ones are one


class TextStencil(Struct, frozen=True, eq=False):
    """A text with holes, one between each two of its texts; compared by identity."""

    texts: tuple[str, ...]

    def fill(self, values: Iterable[str]) -> str:
        """Return the whole text."""
        return "".join(chain.from_iterable(zip_longest(self.texts, values, fillvalue="")))


class FilledText(NamedTuple):
    """A record's markup: the stencil it shares with others, and what stands in its holes."""

    stencil: TextStencil
    values: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole markup."""
        return self.stencil.fill(self.values)


class _TemplateQuestion(NamedTuple):
    """A test of the template, and the steps that come before it."""

    steps: tuple[TracedStep, ...]
    test: Test
    at: int


class _Replay(NamedTuple):
    """The end of a trace: the last steps, the stencil, and the numbers of the values in its holes."""

    steps: tuple[TracedStep, ...]
    stencil: TextStencil
    holes: tuple[int, ...]


class TraceCache:
    """The traces of one template for records that share all but their variable values."""

    def __init__(self, stencils: BoundedCache[tuple[str, ...], TextStencil]) -> None:
        self._tree: DecisionTree[_TemplateQuestion, _Replay] = DecisionTree(_TRACES)
        self._stencils = stencils

    def replay(self, variables: Iterable[object]) -> FilledText | None:
        """Return the markup of a record by a known trace; None if there is none, or if something is wrong with it."""
        values: list[Any] = [*variables]

        def answer(question: _TemplateQuestion) -> Hashable:
            _compute(question.steps, values)
            return question.test(values[question.at])

        try:
            replay = self._tree.find(answer)
            if replay is None:
                return None
            _compute(replay.steps, values)
            return FilledText(replay.stencil, tuple([values[number] for number in replay.holes]))
        except Exception:  # whatever a filter raises: the template itself says where
            return None

    def record(
        self, variables: Iterable[object], render: Callable[[list[TracedValue]], list[Any]]
    ) -> FilledText | None:
        """Trace the template for a record and keep the trace; None if it cannot be traced, or there is no room.

        `render` returns the texts and traced values that the template writes for traced values.
        """
        if not self._tree.has_room:
            return None
        trace = Trace()
        try:
            texts, holes = _cut(render([trace.trace_value(value) for value in variables]))
            stencil = self._stencils.get_or_make(texts, lambda: TextStencil(texts))
            filled = FilledText(stencil, tuple([str(hole._value) for hole in holes]))
        except Exception:  # as above; or a traced value was used as none can be
            return None
        if trace.failed:
            return None
        questions, steps = _questions(trace)
        self._tree.learn(questions, _Replay(steps, stencil, tuple(hole._at for hole in holes)))
        return filled


class TracedTemplate:
    """A compiled template, of a `TracedSandbox`, that renders each record by replaying a trace where it can.

    Areas that differ only in what the template does not read have the same traces.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer, self._source = renderer, "\n".join(renderer.files.values())
        self._traces: BoundedCache[Hashable, tuple[Context, TraceCache]] = BoundedCache(_AREAS)
        self._equal: BoundedCache[Hashable, TraceCache] = BoundedCache(_AREAS)
        self._stencils: BoundedCache[tuple[str, ...], TextStencil] = BoundedCache(_STENCILS)
        self._attributes = cache(self._find_attributes)

    def render(self, shared: Context, variables: Context) -> FilledText:
        """Return the markup of one record, as `Renderer.render` gives it for both together.

        What many records share is the very same object for all of them, which never changes.
        """
        key = id(shared), *variables
        known = self._traces.get(key)
        if known is None:  # with what is shared beside it: kept alive, no other gets its identity
            read = tuple([(name, self._what_is_read(name, value)) for name, value in shared.items()])
            traces = self._equal.get_or_make((read, *variables), lambda: TraceCache(self._stencils))
            known = self._traces[key] = shared, traces
        traces = known[1]

        def render(values: list[TracedValue]) -> list[Any]:
            return self._renderer.write({**shared, **dict(zip(variables, values, strict=True))})

        return (
            traces.replay(variables.values())
            or traces.record(variables.values(), render)
            or FilledText(TextStencil((self._renderer.render({**shared, **variables}),)))
        )

    def _what_is_read(self, name: str, value: object) -> Hashable:
        """Return a key of what the template can tell of a shared value; equal ones need not be the same object."""
        read = self._attributes(name)
        if type(value) is dict and read is not None:
            value = {key: inner for key, inner in value.items() if key in read}
        return _shared_key(value)

    def _find_attributes(self, name: str) -> frozenset[str] | None:
        """Return the attributes of a name, or of one that ends like it, that the template reads; None for all."""
        found = re.findall(rf"{name}\b(?:\.(\w+))?", self._source)
        return frozenset(found) if all(found) else None


def _shared_key(value: Any) -> Hashable:
    """Return what `exact` does, but one key for all blanks: whatever a template prints of them is an error."""
    if type(value) is dict:
        return tuple((key, _shared_key(inner)) for key, inner in value.items())
    return BlankField if isinstance(value, BlankField) else exact(value)


def _compute(steps: Iterable[TracedStep], values: list[Any]) -> None:
    """Take steps, each of which appends a value."""
    for function, at, rest in steps:
        values.append(function(values[at], *rest) if at >= 0 else function(values))


def _questions(trace: Trace) -> tuple[list[tuple[_TemplateQuestion, Hashable]], tuple[TracedStep, ...]]:
    """Return the tests of a trace with the steps before each and their outcomes, and the steps after the last."""
    questions: list[tuple[_TemplateQuestion, Hashable]] = []
    steps: list[TracedStep] = []
    for event in trace.events:
        if isinstance(event, BranchOutcome):
            questions.append((_TemplateQuestion(tuple(steps), event.test, event.at), event.outcome))
            steps = []
        else:
            steps.append(event)
    return questions, tuple(steps)


def _cut(written: Iterable[Any]) -> tuple[tuple[str, ...], list[TracedValue]]:
    """Join neighbouring texts, with a hole for each traced value between two of them."""
    texts: list[list[str]] = [[]]
    holes: list[TracedValue] = []
    for part in _flat(written):
        if type(part) is TracedValue:
            if not (part._is_text or isinstance(part, str)):
                raise TypeError("a template writes texts")  # as Jinja does
            holes.append(part)
            texts.append([])
        else:
            texts[-1].append(part)
    return tuple("".join(text) for text in texts), holes


def _flat(written: Iterable[Any]) -> Iterator[Any]:
    """Take texts apart that were put together from others."""
    for part in written:
        if type(part) is TracedValue and part._parts:
            yield from _flat(part._parts)
        else:
            yield part


class _Macro(runtime.Macro):
    """A macro whose text may have traced values in it."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> Any:
        text = self._func(*arguments)
        return _markup(text) if autoescape else text


def _shown(value: Any) -> Any:
    """Do the first half of printing a value; `_escape` or `_plain` does the second, and all of it if it is traced."""
    return value if type(value) is TracedValue else print_value(value)


def _escape(value: Any) -> Any:
    if type(value) is not TracedValue:
        return escape(value)
    return value if value._parts else _printed(_print_escaped, value)


def _printed(function: Callable[[object], str], value: TracedValue) -> TracedValue:
    made = value._trace.call(function, value)
    made._is_text = True
    return made


def _print_escaped(value: object) -> str:
    return escape(print_value(value))


def _plain(value: Any) -> Any:
    return _printed(_print_plain, value) if type(value) is TracedValue else str(value)


def _print_plain(value: object) -> str:
    return str(print_value(value))


def _markup(text: Any) -> Any:
    if type(text) is not TracedValue:
        return Markup(text)
    made = text._trace.call(Markup, text)
    made._parts = text._parts
    return made


def _join(*parts: str) -> str:
    return "".join(parts)


def _joined_by(join: Callable[[Iterable[Any]], str]) -> Callable[[tuple[Any, ...]], Any]:
    """Jinja's way of joining a tuple of values, as a function of the values."""

    def apart(*values: Any) -> str:
        return join(values)

    joined = traced(apart)
    return lambda values: joined(*values)


_USED_BY_TEMPLATES = {
    "Macro": _Macro,
    "Markup": _markup,
    "escape": _escape,
    "markup_join": _joined_by(join_values),
    "str": _plain,
    "str_join": _joined_by(join_plain_values),
}


class _TracedSource(Template):
    """A compiled template that uses our functions where others use Jinja's."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> Template:
        template = super().from_code(*args, **kwargs)
        template.root_render_func.__globals__.update(_USED_BY_TEMPLATES)
        return template


class TracedSandbox(Sandbox):
    """The sandbox of templates whose values may be traced."""

    template_class = _TracedSource

    def __init__(
        self, files: Mapping[str, str], filters: Mapping[str, Callable[..., object]], **options: Any
    ) -> None:
        super().__init__(files, filters, **options)
        self.finalize = _shown
        tests: Mapping[str, Any] = self.tests
        self.tests = {name: traced(test) for name, test in tests.items()}

    # The budget of a template is checked when it is traced. Steps are replayed without: they are as many again.

    def plain(self, value: Any) -> Any:
        """Return the value that a value stands for; a look that no trace remembers."""
        return value._value if type(value) is TracedValue else value

    def bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that refuses to make something endless; a step where it is handed a traced value."""
        plainly, as_step = super().bounded(name, function), traced(function)

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            if trace_of(*args, *kwargs.values()) is None:
                return plainly(*args, **kwargs)
            self.check_arguments(name, args, kwargs)
            return self.budget.measure(as_step(*args, **kwargs))

        return call

    def concat(self, parts: Iterable[Any]) -> Any:
        """Join the texts that a template writes; where one of them is traced, a traced value that knows its parts."""
        parts = (*parts,)
        self.budget.check_markup(parts)
        if (trace := trace_of(*parts)) is None:
            return "".join(parts)
        made = trace.call(_join, *parts)
        made._parts = parts
        return made

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator; a step where a value is traced."""
        if (trace := trace_of(left, right)) is None:
            return super().call_binop(context, operator, left, right)
        self.check_operands(operator, left, right)
        return self.budget.measure(trace.call(self.binop_table[operator], left, right))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``; a step where the object is traced."""
        if type(obj) is TracedValue:
            return obj._trace.call(super().getattr, obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return ``obj[argument]``; a step where one of them is traced."""
        if (trace := trace_of(obj, argument)) is not None:
            return trace.call(super().getitem, obj, argument)
        return super().getitem(obj, argument)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """Call what a template calls; what is no part of the template gets the values themselves."""
        if type(__obj) is TracedValue:
            __self.check_call(__obj, args, kwargs)
            call = partial(ImmutableSandboxedEnvironment.call, __self)
            return __self.budget.measure(__obj._trace.call(call, __context, __obj, *args, **kwargs))
        if trace_of(*args, *kwargs.values()) and not isinstance(getattr(__obj, "__self__", __obj), _PARTS):
            args = tuple(map(settled, args))
            kwargs = {name: settled(value) for name, value in kwargs.items()}
        return super().call(__context, __obj, *args, **kwargs)


_PARTS = (runtime.Macro, runtime.LoopContext)
"""The parts of a template that are called with traced values: they only pass them on."""

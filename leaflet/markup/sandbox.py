"""The sandbox templates run in: what they may do, which files they may read, how values are printed.

Everything that a template can do with a value goes through the functions of this module, so that it can run with
stand-ins for values too (``standin``).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Template, runtime
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from leaflet.markup.parse import LINE_ATTRIBUTE
from leaflet.markup.standin import StandIn, settled, trace_of, traced
from leaflet.markup.typography import french_spacing

_JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
_SOURCE = re.compile(rf"({_JINJA}|<!--.*?-->)|<([a-zA-Z][\w-]*)", re.DOTALL)


class _SourceMarks(Extension):
    """Writes ``at="file:line"`` into every start tag, drops comments and applies French spacing, before compiling."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        out: list[str] = []
        position, line = 0, 1
        for match in _SOURCE.finditer(source):
            text = source[position : match.start()]
            out.append(french_spacing(text))
            line += text.count("\n")
            if match[1] is not None:
                out.append("\n" * match[0].count("\n") if match[0].startswith("<!--") else match[0])
                line += match[0].count("\n")
            else:
                out.append(f'{match[0]} {LINE_ATTRIBUTE}="{name}:{line}"')
            position = match.end()
        out.append(french_spacing(source[position:]))
        return "".join(out)


_PRINTABLE = (str, int, StrictUndefined)  # an undefined value raises by itself, with its name


def _finalize(value: object) -> object:
    """A value as printed: text, numbers; never a silent None or a Python object's name."""
    if isinstance(value, _PRINTABLE) and value is not True and value is not False:
        return value
    raise ValueError(f"{type(value).__name__} is not text: format it with a filter")


class _Macro(runtime.Macro):
    """A macro whose text may have stand-ins in it."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> Any:
        text = self._func(*arguments)
        return _markup(text) if autoescape else text


def _shown(value: Any) -> Any:
    """The first half of printing a value; `_escape` or `_plain` is the second, which for stand-ins does it all."""
    return value if type(value) is StandIn else _finalize(value)


def _escape(value: Any) -> Any:
    if type(value) is not StandIn:
        return escape(value)
    return value if value._parts else _printed(_print_escaped, value)


def _printed(function: Callable[[object], str], value: StandIn) -> StandIn:
    made = value._trace.call(function, value)
    made._is_text = True
    return made


def _print_escaped(value: object) -> str:
    return escape(_finalize(value))


def _plain(value: Any) -> Any:
    return _printed(_print_plain, value) if type(value) is StandIn else str(value)


def _print_plain(value: object) -> str:
    return str(_finalize(value))


def _markup(text: Any) -> Any:
    if type(text) is not StandIn:
        return Markup(text)
    made = text._trace.call(Markup, text)
    made._parts = text._parts
    return made


def _concat(parts: Iterable[Any]) -> Any:
    """Texts joined; with stand-ins among them a stand-in that knows its parts."""
    parts = tuple(parts)
    trace = trace_of(*parts)
    if trace is None:
        return "".join(parts)
    made = trace.call(_join, *parts)
    made._parts = parts
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
    "markup_join": _joined_by(runtime.markup_join),
    "str": _plain,
    "str_join": _joined_by(runtime.str_join),
}


class _Template(Template):
    """A compiled template that uses our functions where others use Jinja's."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> Template:
        template = super().from_code(*args, **kwargs)
        template.root_render_func.__globals__.update(_USED_BY_TEMPLATES)
        return template


class Sandbox(ImmutableSandboxedEnvironment):
    """In a template ``a.b`` of a dictionary is its key ``b``, and only then anything else the sandbox allows.

    Products and powers could make texts and numbers of any size: only numbers are multiplied, nothing is
    raised to a power. Nothing random is at hand.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    template_class = _Template
    concat = staticmethod(_concat)

    def __init__(
        self, files: Mapping[str, str], filters: Mapping[str, Callable[..., object]], **options: Any
    ) -> None:
        super().__init__(
            loader=_Files(files),
            undefined=StrictUndefined,
            autoescape=True,
            extensions=[_SourceMarks],
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown,
            auto_reload=False,
            optimized=False,  # what can be known when compiling is computed when printed, where faults have a line
            **options,
        )
        for unwanted in ("lipsum", "cycler", "joiner"):
            self.globals.pop(unwanted, None)
        self.filters.pop("random", None)
        self.filters.update(filters)
        self.filters = {name: traced(function) for name, function in self.filters.items()}
        tests: Mapping[str, Any] = self.tests
        self.tests = {name: traced(test) for name, test in tests.items()}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if (trace := trace_of(left, right)) is not None:
            return trace.call(self.call_binop, None, operator, left, right)
        if operator == "**" or (operator == "*" and not (isinstance(left, int) and isinstance(right, int))):
            raise SecurityError(f"{operator} is only for numbers of everyday size")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if type(obj) is StandIn:
            return obj._trace.call(self.getattr, obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if (trace := trace_of(obj, argument)) is not None:
            return trace.call(self.getitem, obj, argument)
        return super().getitem(obj, argument)

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """Call what a template calls; what is no part of the template gets the values themselves."""
        if type(__obj) is StandIn:
            return __obj._trace.call(super().call, __context, __obj, *args, **kwargs)
        if trace_of(*args, *kwargs.values()) and not isinstance(getattr(__obj, "__self__", __obj), _PARTS):
            args = tuple(map(settled, args))
            kwargs = {name: settled(value) for name, value in kwargs.items()}
        return super().call(__context, __obj, *args, **kwargs)


_PARTS = (runtime.Macro, runtime.LoopContext)
"""What of a template is called with stand-ins: it only passes them on."""


class _Files(BaseLoader):
    """Files that have been read already, named ``template/leaflet.xml`` as messages do; there is nothing else."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        if template not in self._files:
            raise TemplateNotFound(template)
        return self._files[template], template, None

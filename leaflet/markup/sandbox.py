"""The sandbox templates run in: what they may do, which files they may read, how values are printed.

What a template may use up for one record is bounded: steps, size of a value, size of the markup. What goes beyond it
raises `BudgetError`; a value that is neither a text nor a number, where it is printed or joined, `ValueError`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial, wraps
from typing import Any, NoReturn

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, nodes, runtime
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.ext import Extension
from jinja2.filters import make_attrgetter
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from leaflet.markup.parse import LINE_ATTRIBUTE
from leaflet.text import campaign_spacing, french_spacing

MOST_STEPS = 60_000  # a packing list of the program takes 13,000
MOST_MARKUP = 200_000  # characters; a packing list has 75,000
MOST_TEXT = 10_000  # characters of one value that is computed with; a text of a campaign has at most 2,000
MOST_HELD = 100_000  # characters of a list or table, all together
MOST_ITEMS = 2_500  # of a list
MOST_NUMBER = 3_000  # as an argument: years are the largest ones
_MOST_BITS = 64
_CHARACTERS_OF_A_STEP = 16
_WIDE_FORMAT = re.compile(r"%(?:\([^)]*\))?[^a-zA-Z%]*(?:\d{4,}|\*)|\{[^{}]*(?:\d{4,}|\{)")

# Filters that no template can name, because a hyphen is a minus; the first one spaces words that are not French.
SPACING = "word-spacing"
NO_TEXT = "no_text"
ENTER, COUNT, MEASURE = "budget-enter", "budget-count", "budget-measure"
LAZY = ("batch", "items", "map", "reject", "rejectattr", "select", "selectattr", "slice", "unique")


class BudgetError(Exception):
    """A template wants more than it may use up: the code of the fault, and what is allowed."""

    def __init__(self, code: str, allowed: int) -> None:
        super().__init__(code)
        self.code, self.allowed = code, allowed


class Budget:
    """The rest of what a record may use up; `plain` returns the value that a value stands for."""

    def __init__(self, plain: Callable[[Any], Any]) -> None:
        self._plain, self._left = plain, MOST_STEPS
        self.at = ""  # ``file:line`` of the loop, macro, block or file that was entered last

    def refill(self) -> None:
        """Begin with another record."""
        self._left = MOST_STEPS

    def enter(self, steps: int, at: str) -> None:
        """Enter a loop, macro, block or file of so many steps."""
        self.at = at
        self.spend(steps)

    def spend(self, steps: int) -> None:
        """Take some steps."""
        self._left -= steps
        if self._left < 0:
            raise BudgetError("M408", MOST_STEPS)

    def count(self, items: Any) -> Any:
        """Take a step for each item of what a loop goes through; return it as it is."""
        value = self._plain(items)
        self.spend(len(value) if hasattr(type(value), "__len__") else 1)
        return items

    def measure(self, value: Any) -> Any:
        """Check the size of a value, with all that is in it; return it as it is."""
        items = characters = 0
        waiting = [value]
        while waiting:
            one = self._plain(waiting.pop())
            if isinstance(one, str):
                characters += len(one)
                if len(one) > MOST_TEXT:
                    raise BudgetError("M409", MOST_TEXT)
            elif isinstance(one, dict | list | tuple | set | range):
                items += len(one)
                if len(one) > MOST_ITEMS or items > 4 * MOST_ITEMS:
                    raise BudgetError("M411", MOST_ITEMS)
                waiting += [] if isinstance(one, range) else [*one.values()] if isinstance(one, dict) else one
            elif isinstance(one, int) and one.bit_length() > _MOST_BITS:
                raise BudgetError("M412", MOST_NUMBER)
        if characters > MOST_HELD:
            raise BudgetError("M409", MOST_HELD)
        self.spend(items + characters // _CHARACTERS_OF_A_STEP)
        return value

    def check_numbers(self, values: Iterable[Any]) -> None:
        """Check that no argument is a number that could be the length of an endless text."""
        for value in map(self._plain, values):
            if isinstance(value, int) and abs(value) > MOST_NUMBER:
                raise BudgetError("M412", MOST_NUMBER)

    def check_format(self, text: Any) -> None:
        """Check that a format asks for no width of four digits, nor takes one from elsewhere."""
        value = self._plain(text)
        if isinstance(value, str) and _WIDE_FORMAT.search(value):
            raise BudgetError("M412", MOST_NUMBER)

    def check_markup(self, parts: Iterable[Any]) -> None:
        """Check the size of texts that are to be joined."""
        size = sum(len(self._plain(part)) for part in parts)
        if size > MOST_MARKUP:
            raise BudgetError("M410", MOST_MARKUP)
        self.spend(size // _CHARACTERS_OF_A_STEP)


class _Counter(NodeTransformer):
    """Counts the steps of a template, and measures what it puts together; `file` is its name."""

    def __init__(self, file: str) -> None:
        self._file = file

    def visit_Template(self, node: Any) -> Any:  # noqa: N802 - jinja's names
        steps = sum(1 for _ in node.find_all(nodes.Node)) + 1
        self.generic_visit(node)
        line = node.lineno or 1
        counter = nodes.ExprStmt(_filtered(nodes.Const(steps), ENTER, nodes.Const(f"{self._file}:{line}")))
        node.body.insert(0, counter.set_lineno(line))
        return node

    visit_Block = visit_Macro = visit_CallBlock = visit_Template  # noqa: N815

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.visit_Template(node)
        node.iter = _filtered(node.iter, COUNT)
        return node

    def visit_List(self, node: nodes.Expr) -> nodes.Node:  # noqa: N802
        return _filtered(self.generic_visit(node), MEASURE)

    visit_Dict = visit_Concat = visit_List  # noqa: N815

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, MEASURE) if node.ctx == "load" else node


def _filtered(node: nodes.Node, name: str, *args: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [*args], [], None, None, lineno=node.lineno)


_JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
_SOURCE = re.compile(rf"({_JINJA}|<!--.*?-->|<\?.*?\?>)|<([a-zA-Z][\w-]*)", re.DOTALL)


class _SourceMarks(Extension):
    """A preprocessor: writes ``at="file:line"`` into start tags, drops what is not printed, applies French spacing.

    Comments are dropped, and what speaks to editors of XML: ``<?xml-model href="…"?>``.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is compiled."""
        out: list[str] = []
        position, line = 0, 1
        spaced = self.environment.filters.get(SPACING, french_spacing)
        for match in _SOURCE.finditer(source):
            text = source[position : match.start()]
            out.append(spaced(text))
            line += text.count("\n")
            if match[1] is not None:
                out.append("\n" * match[0].count("\n") if match[0].startswith(("<!--", "<?")) else match[0])
                line += match[0].count("\n")
            else:
                out.append(f'{match[0]} {LINE_ATTRIBUTE}="{name}:{line}"')
            position = match.end()
        out.append(spaced(source[position:]))
        return "".join(out)


class _Parser(Parser):
    """A parser that names the tag that is not closed, at its line, where a template ends or closes an outer one."""

    def __init__(self, *source: Any) -> None:
        super().__init__(*source)
        self._lines: list[int] = []  # of the tags that are open

    def parse_statement(self) -> nodes.Node | list[nodes.Node]:
        """Parse a tag up to the one that closes it."""
        self._lines[len(self._tag_stack) :] = [self.stream.current.lineno]
        return super().parse_statement()

    def _fail_ut_eof(self, name: str | None, end_token_stack: list[tuple[str, ...]], lineno: int | None) -> NoReturn:
        if (tags := self._tag_stack) and (name is None or any(f"name:{name}" in ends for ends in end_token_stack)):
            self.fail(f"{{% {tags[-1]} %}} is not closed", self._lines[len(tags) - 1])
        super()._fail_ut_eof(name, end_token_stack, lineno)


class NoTextError(Exception):
    """A template says a text that there is not: its name, the language, the known name that is nearest."""

    def __init__(self, value: str, lang: str, proposal: str) -> None:
        super().__init__(value)
        self.values = {"value": value, "lang": lang, "proposal": proposal}


class _NoText(Extension):
    """A tag that stands in the place of a text that there is not; it is an error where a record comes to it."""

    tags = {NO_TEXT}  # noqa: RUF012 - as in Jinja

    def parse(self, parser: Parser) -> nodes.Node:
        """Return a call of `Sandbox.lack` with what the tag says."""
        line = next(parser.stream).lineno
        said: list[nodes.Node] = [nodes.Const(parser.stream.expect("string").value) for _ in range(3)]
        called = nodes.Call(nodes.EnvironmentAttribute("lack"), said, [], None, None, lineno=line)
        return nodes.ExprStmt(called, lineno=line)


class _TextSpacing(Extension):
    """A preprocessor of plain text: applies French spacing to what is not Jinja's; addresses stay as typed."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is compiled."""
        parts = re.split(rf"({_JINJA})", source, flags=re.DOTALL)
        return "".join(part if number % 2 else campaign_spacing(part) for number, part in enumerate(parts))


_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}", "<!--": "-->", "<?": "?>"}
_OPENING = re.compile("|".join(map(re.escape, _CLOSING)))
_STRAY = re.compile(r"[}%#]}")  # the end of what was not begun, which would be printed


def find_unclosed(source: str) -> tuple[str, int] | None:
    """Return the first of Jinja's marks, or comment, that is not closed, or not opened, with its line (from 1).

    Patterns that look for the end of each would otherwise look through the whole rest again and again.
    """
    position = 0
    while True:
        match = _OPENING.search(source, position)
        lone = _STRAY.search(source, position, match.start() if match else len(source))
        if lone is None and match is not None:
            end = source.find(_CLOSING[match[0]], match.end())
            position = end + len(_CLOSING[match[0]])
            lone = match if end < 0 else None
        if lone is not None:
            return lone[0], source.count("\n", 0, lone.start()) + 1
        if match is None:
            return None


_PRINTABLE = (str, int, StrictUndefined)  # an undefined value raises by itself, with its name


def print_value(value: object) -> object:
    """Return a value as it is printed: a text or a number, never a silent None or the name of a Python object."""
    if isinstance(value, _PRINTABLE) and value is not True and value is not False:
        return value
    raise ValueError(f"{type(value).__name__} is not text: format it with a filter")


def print_plain_value(value: object) -> object:
    """Return a value as it is printed in plain text."""
    if isinstance(value, Markup):
        raise ValueError("a link is not plain text: use the filter typed")
    return print_value(value)


def join_values(values: Iterable[object]) -> str:
    """Return values joined by ``~``, escaped if one of them is markup."""
    return runtime.markup_join([print_value(value) for value in values])


def join_plain_values(values: Iterable[object]) -> str:
    """Return values joined by ``~`` where nothing is escaped."""
    return runtime.str_join([print_value(value) for value in values])


def _format_by_percent(text: Any, values: Any) -> Any:
    """Return ``text % values``; of numbers, the rest of their division."""
    if isinstance(text, str):
        is_named = isinstance(values, dict) and "%(" in text
        _check_formatted(text, values.values() if is_named else values if isinstance(values, tuple) else (values,))
    return text % values


def _check_formatted(text: str, values: Iterable[object]) -> None:
    """Check that what is put into a format is a text or a number, and is not asked for as Python writes it."""
    if _AS_PYTHON.search(text):
        raise ValueError("%r, %a, !r and !a are not for leaflets: use %s")
    for value in values:
        if not isinstance(value, float):
            print_value(value)


class _CodeGenerator(CodeGenerator):
    """A compiler that leaves constants to `print_value`, like all other values."""

    def _make_finalize(self) -> Any:
        return super()._make_finalize()._replace(const=None)


class _Template(Template):
    """A compiled template that joins only what may be printed."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> Template:
        template = super().from_code(*args, **kwargs)
        template.root_render_func.__globals__.update(markup_join=join_values, str_join=join_plain_values)
        return template


class MissingValueError(UndefinedError):
    """An error that a table of values, by name, has none of the `name` that was asked for."""

    def __init__(self, table: Mapping[str, object], name: str, message: str | None = None) -> None:
        super().__init__(message)
        self.table, self.name = table, name


class _Undefined(StrictUndefined):
    """A value that is not there, and whose use says which there are beside it."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = UndefinedError
    ) -> None:
        if exc is UndefinedError and type(obj) is dict and isinstance(name, str):
            exc = partial(MissingValueError, obj, name)
        super().__init__(hint, obj, name, exc)


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which ``a.b`` of a dictionary is its key ``b``, and only then anything else that is allowed.

    Products and powers could make texts and numbers of any size: only numbers are multiplied, nothing is
    raised to a power. Nothing random is at hand. What a template uses up for a record is bounded by its `budget`.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)
    is_markup = True
    template_class = _Template
    code_generator_class = _CodeGenerator

    def __init__(
        self, files: Mapping[str, str], filters: Mapping[str, Callable[..., object]], **options: Any
    ) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: (files[name], name, None) if name in files else None),
            undefined=_Undefined,
            autoescape=self.is_markup,
            extensions=[_SourceMarks if self.is_markup else _TextSpacing, _NoText],
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=print_value if self.is_markup else print_plain_value,
            auto_reload=False,
            optimized=False,  # what can be known when compiling is computed when printed, where faults have a line
            **options,
        )
        self.budget = Budget(self.plain)
        self.lacking: list[str] | None = None  # names of texts that there are not, while they are gathered
        for unwanted in ("lipsum", "cycler", "joiner"):
            self.globals.pop(unwanted, None)
        for unwanted in ("pprint", "random", "safe", "striptags", "tojson", "urlize", "xmlattr"):
            self.filters.pop(unwanted, None)
        self.filters.update(filters)
        for name in LAZY:
            self.filters[name] = _as_list(self.filters[name])
        for name in _OF_TEXT:
            self.filters[name] = _of_text(name, self.filters[name])
        self.binop_table["%"] = _format_by_percent
        self.filters = {name: self.bounded(name, function) for name, function in self.filters.items()}
        self.filters |= {ENTER: self.budget.enter, COUNT: self.budget.count, MEASURE: self.budget.measure}

    def plain(self, value: Any) -> Any:
        """Return the value that a value stands for: itself, unless it is traced."""
        return value

    def bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a filter that refuses to make something endless."""

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            self.check_arguments(name, args, kwargs)
            return self.budget.measure(function(*args, **kwargs))

        return call

    def check_arguments(self, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Check what a filter is given: the sizes of all values, and the numbers besides the value itself."""
        given = [arg for arg in args if type(arg) not in _PASSED and not isinstance(arg, Environment)]
        for value in (*given, *kwargs.values()):
            self.budget.measure(value)
        self.budget.check_numbers((*given[1:], *kwargs.values()))
        if name == "format":
            self.budget.check_format(given[0])

    def check_call(self, function: Any, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Check what a method of a text, or ``range``, is given; macros, tables and loops make nothing themselves."""
        method = self.plain(function)
        method = getattr(method, "__wrapped__", method)  # the sandbox has a wrapper of its own around str.format
        owner = self.plain(getattr(method, "__self__", None))
        for value in (owner, *args, *kwargs.values()) if isinstance(owner, str) else ():
            self.budget.measure(value)
        if isinstance(owner, str) or function is self.globals["range"]:
            self.budget.check_numbers((*args, *kwargs.values()))
        if isinstance(owner, str) and method.__name__.startswith("format"):
            self.budget.check_format(owner)
            given = [*args, *kwargs.values()] if method.__name__ == "format" else self.plain(args[0]).values()
            _check_formatted(owner, map(self.plain, given))

    def check_operands(self, operator: str, left: Any, right: Any) -> None:
        """Check what an operator is given."""
        numbers = isinstance(self.plain(left), int) and isinstance(self.plain(right), int)
        if operator == "**" or (operator == "*" and not numbers):
            raise SecurityError(f"{operator} is only for numbers of everyday size")
        for value in (left, right):
            self.budget.measure(value)
        if operator == "%":
            self.budget.check_format(left)

    def lack(self, *said: str) -> None:
        """Raise the error of a text that there is not, or add its name where they are gathered."""
        if self.lacking is None:
            raise NoTextError(*said)
        self.lacking.append(said[0])

    def concat(self, parts: Iterable[str]) -> str:
        """Join the texts that a template writes."""
        parts = [*parts]
        self.budget.check_markup(parts)
        return "".join(parts)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        counted: nodes.Template = _Counter(name or "").visit(_Parser(self, source, name, filename).parse())
        return counted

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator, within bounds."""
        self.check_operands(operator, left, right)
        return self.budget.measure(super().call_binop(context, operator, left, right))

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja
        """Call what a template calls, within bounds."""
        __self.check_call(__obj, args, kwargs)
        made = super().call(__context, __obj, *args, **kwargs)
        return made if isinstance(__obj, _PARTS) else __self.budget.measure(made)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``: a dictionary's key first."""
        return obj[attribute] if type(obj) is dict and attribute in obj else super().getattr(obj, attribute)


class PlainTextSandbox(Sandbox):
    """A sandbox of templates that write plain text, such as e-mails: nothing is escaped, no line is marked."""

    is_markup = False


_PASSED = frozenset({runtime.Context, nodes.EvalContext})  # what some filters get besides their values
_PARTS = (runtime.Macro, runtime.LoopContext, runtime.BlockReference)  # parts of a template, which count their steps


# Jinja's filters that make a text of whatever they are given.
_OF_TEXT = (
    *("capitalize", "center", "e", "escape", "forceescape", "format", "indent", "join", "lower", "replace", "string"),
    *("title", "trim", "truncate", "upper", "urlencode", "wordcount", "wordwrap"),
)
_AS_PYTHON = re.compile(r"%(?:\([^)]*\))?[-+ #.*0-9]*[hlL]?[ra]|\{[^{}]*![ra]")


def _of_text(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses what is no text: Python would write a table or a list as programs have it."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        passed = [arg for arg in args if type(arg) in _PASSED or isinstance(arg, Environment)]
        value, *rest = args[len(passed) :]
        if name == "format":
            _check_formatted(value, (*rest, *kwargs.values()))
        elif name == "join" and not isinstance(value, StrictUndefined):
            value = [*value]
            attribute = kwargs.get("attribute", rest[1] if len(rest) > 1 else None)
            of_one = make_attrgetter(passed[0].environment, attribute)  # of None the value itself
            for one in value if attribute is None else map(of_one, value):
                print_value(one)
        else:
            print_value(value)
        return function(*passed, value, *rest, **kwargs)

    return call


def _as_list(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that makes a list where Jinja’s makes values one by one, of nobody knows how many."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> list[Any]:
        return [*function(*args, **kwargs)]

    return call

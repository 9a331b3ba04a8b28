"""The sandbox templates run in: what they may do, which files they may read, how values are printed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BaseLoader, StrictUndefined
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflet.markup.parse import LINE_ATTRIBUTE
from leaflet.typography import french_spacing

_JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
_SOURCE = re.compile(rf"({_JINJA}|<!--.*?-->)|<([a-zA-Z][\w-]*)", re.DOTALL)


class _SourceMarks(Extension):
    """A preprocessor: writes ``at="file:line"`` into start tags, drops comments, applies French spacing."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source as it is compiled."""
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


def print_value(value: object) -> object:
    """Return a value as it is printed: a text or a number, never a silent None or the name of a Python object.

    Raises:
        ValueError: it is neither.
    """
    if isinstance(value, _PRINTABLE) and value is not True and value is not False:
        return value
    raise ValueError(f"{type(value).__name__} is not text: format it with a filter")


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which ``a.b`` of a dictionary is its key ``b``, and only then anything else that is allowed.

    Products and powers could make texts and numbers of any size: only numbers are multiplied, nothing is
    raised to a power. Nothing random is at hand.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

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
            finalize=print_value,
            auto_reload=False,
            optimized=False,  # what can be known when compiling is computed when printed, where faults have a line
            **options,
        )
        for unwanted in ("lipsum", "cycler", "joiner"):
            self.globals.pop(unwanted, None)
        self.filters.pop("random", None)
        self.filters.update(filters)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Apply an operator, within bounds.

        Raises:
            SecurityError: the result could be of any size.
        """
        if operator == "**" or (operator == "*" and not (isinstance(left, int) and isinstance(right, int))):
            raise SecurityError(f"{operator} is only for numbers of everyday size")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute``: a dictionary's key first."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Files(BaseLoader):
    """A loader of files that have been read already, named ``template/leaflet.xml`` as messages do."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        """Return the source of a template."""
        if template not in self._files:
            raise TemplateNotFound(template)
        return self._files[template], template, None

"""Bounds what a template may use up for one record: steps, size of a value, size of the markup.

Anybody may write a template. One that counts without end, or makes a text of a gigabyte, is a fault with its line,
and no program that hangs. Steps are counted where a template can do something again and again (`count_steps` puts a
counter into each loop, macro and block); all else it does once for each time that one of these is entered. No clock
is asked, so that the same template is refused on every machine.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

MOST_STEPS = 60_000  # a packing list of the program takes 13,000
MOST_MARKUP = 200_000  # characters; a packing list has 75,000
MOST_TEXT = 10_000  # characters of one value that is computed with; a text of a campaign has at most 2,000
MOST_HELD = 100_000  # characters of a list or table, all together
MOST_ITEMS = 2_500  # of a list
MOST_NUMBER = 3_000  # as an argument: years are the largest ones
_MOST_BITS = 64
_CHARACTERS_OF_A_STEP = 16
_WIDE_FORMAT = re.compile(r"%(?:\([^)]*\))?[^a-zA-Z%]*(?:\d{4,}|\*)|\{[^{}]*(?:\d{4,}|\{)")

# Filters that no template can name, because a hyphen is a minus.
ENTER, COUNT, MEASURE = "budget-enter", "budget-count", "budget-measure"
LAZY = ("batch", "items", "map", "reject", "rejectattr", "select", "selectattr", "slice", "unique")


class BudgetError(Exception):
    """A template wants more than it may use up.

    Args:
        code: of the fault.
        allowed: what it may use up.
    """

    def __init__(self, code: str, allowed: int) -> None:
        super().__init__(code)
        self.code, self.allowed = code, allowed


class Budget:
    """The rest of what a record may use up.

    Args:
        plain: returns the value that a value stands for.

    Attributes:
        at: ``file:line`` of the loop, macro, block or file that was entered last.
    """

    def __init__(self, plain: Callable[[Any], Any]) -> None:
        self._plain, self._left = plain, MOST_STEPS
        self.at = ""

    def refill(self) -> None:
        """Begin with another record."""
        self._left = MOST_STEPS

    def enter(self, steps: int, at: str) -> None:
        """Enter a loop, macro, block or file of so many steps."""
        self.at = at
        self.spend(steps)

    def spend(self, steps: int) -> None:
        """Take some steps.

        Raises:
            BudgetError: there are not so many left.
        """
        self._left -= steps
        if self._left < 0:
            raise BudgetError("M408", MOST_STEPS)

    def count(self, items: Any) -> Any:
        """Take a step for each item of what a loop goes through; return it as it is."""
        value = self._plain(items)
        self.spend(len(value) if hasattr(type(value), "__len__") else 1)
        return items

    def measure(self, value: Any) -> Any:
        """Check the size of a value, with all that is in it; return it as it is.

        Raises:
            BudgetError: it is too large.
        """
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
        """Check that no argument is a number that could be the length of an endless text.

        Raises:
            BudgetError: one is.
        """
        for value in map(self._plain, values):
            if isinstance(value, int) and abs(value) > MOST_NUMBER:
                raise BudgetError("M412", MOST_NUMBER)

    def check_format(self, text: Any) -> None:
        """Check that a format asks for no width of four digits, nor takes one from elsewhere.

        Raises:
            BudgetError: it does.
        """
        value = self._plain(text)
        if isinstance(value, str) and _WIDE_FORMAT.search(value):
            raise BudgetError("M412", MOST_NUMBER)

    def check_markup(self, parts: Iterable[Any]) -> None:
        """Check the size of texts that are to be joined.

        Raises:
            BudgetError: together they are too long.
        """
        size = sum(len(self._plain(part)) for part in parts)
        if size > MOST_MARKUP:
            raise BudgetError("M410", MOST_MARKUP)
        self.spend(size // _CHARACTERS_OF_A_STEP)


def count_steps(tree: nodes.Template, file: str) -> nodes.Template:
    """Return a template that counts its steps, and measures what it puts together; `file` is its name."""
    counted: nodes.Template = _Counter(file).visit(tree)
    return counted


class _Counter(NodeTransformer):
    """Puts a counter into everything that a template may do again and again."""

    def __init__(self, file: str) -> None:
        self._file = file

    def visit_Template(self, node: Any) -> Any:  # noqa: N802 - jinja's names
        return self._with_counter(node)

    visit_Block = visit_Macro = visit_CallBlock = visit_Template  # noqa: N815

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self._with_counter(node)
        node.iter = _filtered(node.iter, COUNT)
        return node

    def visit_List(self, node: nodes.Expr) -> nodes.Node:  # noqa: N802
        return _filtered(self.generic_visit(node), MEASURE)

    visit_Dict = visit_Concat = visit_List  # noqa: N815

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, MEASURE) if node.ctx == "load" else node

    def _with_counter(self, node: Any) -> Any:
        steps = sum(1 for _ in node.find_all(nodes.Node)) + 1
        self.generic_visit(node)
        line = node.lineno or 1
        counter = nodes.ExprStmt(_filtered(nodes.Const(steps), ENTER, nodes.Const(f"{self._file}:{line}")))
        node.body.insert(0, counter.set_lineno(line))
        return node


def _filtered(node: nodes.Node, name: str, *args: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [*args], [], None, None, lineno=node.lineno)

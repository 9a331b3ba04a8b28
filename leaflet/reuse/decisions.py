"""The decision tree that every layer looks its stencils up in."""

from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeVar

from msgspec import Struct, field

Q = TypeVar("Q")
L = TypeVar("L")


class _Decision(Struct, Generic[Q, L]):
    """A node of the tree: the next question with a branch for each answer, or a leaf."""

    question: Q | None = None
    branches: "dict[Hashable, _Decision[Q, L]]" = field(default_factory=dict)
    leaf: L | None = None


class DecisionTree(Generic[Q, L]):
    """At most so many leaves, found by the answers to questions; the next question depends on the answers before."""

    def __init__(self, most: int) -> None:
        self._root: _Decision[Q, L] = _Decision()
        self._room = most

    @property
    def has_room(self) -> bool:
        """Tell whether another leaf can be learnt."""
        return self._room > 0

    def find(self, ask: Callable[[Q], Hashable]) -> L | None:
        """Return the leaf that the answers lead to, None if nobody gave these answers before."""
        node: _Decision[Q, L] | None = self._root
        while node is not None and node.question is not None:
            node = node.branches.get(ask(node.question))
        return None if node is None else node.leaf

    def learn(self, answered: Iterable[tuple[Q, Hashable]], leaf: L) -> None:
        """Keep a leaf under the questions that led to it, with their answers.

        The same answers always lead to the same next question, for the questions are those of a program that runs.
        """
        node = self._root
        for question, answer in answered:
            if node.question is None:
                node.question = question
            node = node.branches.setdefault(answer, _Decision())
        node.leaf = leaf
        self._room -= 1

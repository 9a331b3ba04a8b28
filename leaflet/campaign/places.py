"""Know the places of values in a campaign file, by the keys that lead to them."""

from collections.abc import Mapping

from leaflet.faults import Place

TreePath = tuple[str | int, ...]
Lines = Mapping[TreePath, int]
"""The line (from 1) of each key, by its path in the file."""


def find_place(file: str, lines: Lines, path: TreePath) -> Place:
    """Return the place of the value at `path`, with the line of the nearest key that has one."""
    known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in lines), None)
    return Place(file=file, line=lines[known] if known else None, field=dotted(path) or None)


def dotted(path: TreePath) -> str:
    """Return ``document[2].name`` for ``("document", 1, "name")``: lists are counted from 1."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")

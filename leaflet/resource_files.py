"""Read the files of resources, which anybody may have written: inside their folder, small, UTF-8, TOML."""

import re
import tomllib
from pathlib import Path
from typing import Any

from leaflet.faults import Place, fail
from leaflet.plain_files import read_plain_file
from leaflet.resources import PROGRAM, Resource

MAX_BYTES = 100_000  # the largest template of the program has 10 kB
MAX_LINE = 5_000  # characters: patterns look for secrets line by line
_SYNTAX_LINE = re.compile(r"at line (\d+)")


def read_resource(file: Resource, name: str) -> str:
    """Return the text of a file.

    Args:
        file: where it is.
        name: as messages have it.

    Raises:
        TemplateError: it leads out of its folder, is too large, or is not UTF-8.
    """
    path, place = file.path, Place(file=name)
    if file.folder.origin != PROGRAM and not _is_inside(path, file.folder.path):
        raise fail("M401", place)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise fail("M402", place, size=path.stat().st_size, allowed=MAX_BYTES)
        text = read_plain_file(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fail("M004", place, position=error.start) from None
    except OSError as error:
        raise fail("M403", place, problem=error.strerror or str(error)) from None
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise fail("M404", Place(file=name, line=number), length=len(line), allowed=MAX_LINE)
    return text


def read_resource_toml(file: Resource, name: str, code: str) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Args:
        file: where it is.
        name: as messages have it.
        code: the fault, which names a `problem`, of a file that is not TOML.

    Raises:
        TemplateError: as `read_resource`, or it is not TOML, with its line.
    """
    return parse_resource_toml(read_resource(file, name), name, code)


def parse_resource_toml(text: str, name: str, code: str) -> dict[str, Any]:
    """Return the tables of a TOML text; `name` and `code` as of `read_resource_toml`.

    Raises:
        TemplateError: it is not TOML, with its line.
    """
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        match, last = _SYNTAX_LINE.search(str(error)), max(1, len(text.splitlines()))
        number = min(int(match[1]), last) if match else last
        raise fail(code, Place(file=name, line=number), problem=str(error)) from None


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError, RuntimeError):  # a loop of links
        return False

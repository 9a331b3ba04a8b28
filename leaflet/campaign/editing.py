"""Write facts into a campaign file; comments and order stay.

A commented line of the starter (``# login = ""   # what it is``) becomes the line of its fact. tomlkit does the rest;
the result is read again and compared with what was meant before anybody sees it.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

from leaflet.campaign.election import merge, nest
from leaflet.faults import Place, fail
from leaflet.text import value_at

TO_COPY = "à recopier de votre notice de vote"
LIKE = "comme en {year}, à vérifier sur votre notice"
_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_.-]+)\s*\]+")
_LINE = re.compile(r"(?:# )?(?P<key>[a-z_]+) = (?P<rest>.*)")
_REMARK = re.compile(rf" — (?:{TO_COPY}|{LIKE.format(year=r'[0-9]+')})$")


def set_values(text: str, values: Mapping[str, object], file: str, code: str = "C186") -> str:
    """Return the text of a campaign with these values in it; that of its own code says that this cannot be."""
    import tomlkit

    def put(document: Any) -> None:
        for name, value in values.items():
            *tables, key = name.split(".")
            here = document
            for table in tables:
                if table not in here:
                    here[table] = tomlkit.table(is_super_table=table != tables[-1])
                here = here[table]
            here[key] = tomlkit.inline_table() if isinstance(value, Mapping) else value
            if isinstance(value, Mapping):
                here[key].update(value)

    end = "\r\n" if "\r\n" in text else "\n"
    opened = _with_lines(text.replace("\r\n", "\n"), values)
    return _changed(opened, put, merge(tomllib.loads(text), nest(values)), file, code).replace("\n", end)


def remove_value(text: str, name: str, file: str) -> str:
    """Return the text of a campaign without one of its values; comments and order stay."""

    def remove(document: Any) -> None:
        *tables, key = name.split(".")
        for table in tables:
            document = document[table]
        del document[key]

    wanted = tomllib.loads(text)
    try:
        remove(wanted)
    except KeyError:
        return text
    return _changed(text, remove, wanted, file)


def set_tables(
    text: str, name: str, tables: Sequence[Mapping[str, object]], file: str, *, inline: bool = False
) -> str:
    """Return the text of a campaign with these parts in the place of all its own of this name: ``[[document]]``.

    If they are `inline`, they become one list at its top, each on a line of its own.
    """
    if not tables:
        return remove_value(text, name, file)
    import tomlkit

    def change(document: Any) -> None:
        parts = tomlkit.array().multiline(True) if inline else tomlkit.aot()
        for settings in tables:
            table = tomlkit.inline_table() if inline else tomlkit.table()
            table.update(settings)
            parts.append(table)
        if inline and isinstance(document.get(name), tomlkit.items.AoT):  # a list of another form, in another place
            del document[name]
        document[name] = parts

    return _changed(text, change, {**tomllib.loads(text), name: [dict(settings) for settings in tables]}, file)


def _changed(
    text: str, change: Callable[[Any], None], wanted: Mapping[str, object], file: str, code: str = "C186"
) -> str:
    """Return a text with a change made by tomlkit, which must hold what is wanted then."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        change(document)
        edited = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError, KeyError):  # it does not know all ways to write a table in parts
        edited = ""
    if not holds(edited, wanted):
        raise fail(code, Place(file=file), problem="TOML")
    return edited


def toml_value(value: object) -> str:
    """Return a value as TOML writes it."""
    import tomlkit  # late: only commands that edit a campaign need it

    if isinstance(value, time):
        return f'"{value.hour}:{value.minute:02}"'
    return tomlkit.item(value if not isinstance(value, tuple) else list(value)).as_string()


def _with_lines(text: str, values: Mapping[str, object]) -> str:
    """Return the text with commented lines of these facts opened, and without remarks that are settled now."""
    table, lines, left, tree = "", [], set(values), tomllib.loads(text)
    given = {name for name in values if value_at(tree, name) is not None}
    for line in text.split("\n"):
        if header := _HEADER.match(line):
            table = header[1]
        elif (
            (found := _LINE.match(line))
            and (name := f"{table}.{found['key']}".removeprefix(".")) in left
            and not (line.startswith("#") and name in given)  # whose value stands elsewhere
        ):
            left.discard(name)
            line = _REMARK.sub("", line)
            if line.startswith("#"):  # it becomes a setting that is still empty, with the comment behind it
                _, mark, comment = found["rest"].partition("# ")
                remark = f"  # {_REMARK.sub('', comment).strip()}" if mark else ""
                line = f'{found["key"]} = ""{remark}'
        lines.append(line)
    return "\n".join(lines)


def holds(text: str, wanted: Mapping[str, object]) -> bool:
    """Check whether a text is TOML with these values; a table without any may be there or not."""
    try:
        return _filled(tomllib.loads(text)) == _filled(wanted)
    except ValueError:
        return False


def _filled(tree: Mapping[str, object]) -> dict[str, object]:
    """Return TOML without its empty tables: what only its parts had written goes with the last of them."""
    found = {key: _filled(value) if isinstance(value, Mapping) else value for key, value in tree.items()}
    return {key: value for key, value in found.items() if value != {}}

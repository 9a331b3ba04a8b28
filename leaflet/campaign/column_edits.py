"""Add columns that somebody accepted to a campaign file, finished or not; every other byte of it stays as it is."""

import os
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from leaflet.campaign.source import read_campaign
from leaflet.faults import Place, Report, fail

_BOM = "\ufeff"


def store_columns(path: Path, name: str, columns: Mapping[str, str]) -> None:
    """Add to ``[columns.<name>]`` of the campaign file; comments and order stay, and so does every other line.

    Raises:
        DataError: the file cannot be read or is not TOML, or cannot be written; it is then as it was.
    """
    before = read_campaign(path, Report()).tree
    data = path.read_bytes().decode("utf-8")
    text = data.removeprefix(_BOM)
    wanted = {**before, "columns": {**before.get("columns", {})}}
    wanted["columns"][name] = {**wanted["columns"].get(name, {}), **columns}
    edited = next((made for made in _edits(text, before, name, columns) if _is(made, wanted)), None)
    if edited is None:
        raise fail("C192", Place(file=str(path), field=f"columns.{name}"), detail="TOML")
    _replace(path, (_BOM * data.startswith(_BOM) + edited).encode("utf-8"))


def columns_toml(name: str, columns: Mapping[str, str]) -> str:
    """The table as it is written: ``[columns.schools]`` and a line for each field."""
    document, outer, inner = tomlkit.document(), tomlkit.table(is_super_table=True), tomlkit.table()
    for key, header in columns.items():
        inner[key] = header
    outer[name] = inner
    document["columns"] = outer
    return tomlkit.dumps(document)


def _edits(text: str, tree: Mapping[str, Any], name: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Ways to write the file anew, the least first: a table at its end, or keys in the table that is there."""
    end = "\r\n" if text.count("\r\n") == text.count("\n") and "\n" in text else "\n"
    appended = f"{text}{'' if not text or text.endswith(end) else end}{end}{_lines(columns_toml(name, columns), end)}"
    edited = _edited(text, name, columns, end)
    return (edited,) if name in tree.get("columns", {}) else (appended, edited)


def _edited(text: str, name: str, columns: Mapping[str, str], end: str) -> str:
    try:
        document = tomlkit.parse(text)
        outer = cast(Table, document.setdefault("columns", tomlkit.table(is_super_table=True)))
        inner = cast(Table, outer.setdefault(name, tomlkit.table()))
        for key, header in columns.items():
            inner[key] = header
        return _lines(tomlkit.dumps(document), end)
    except (TOMLKitError, TypeError, AttributeError):  # it does not know every way to write a table in parts
        return ""


def _lines(text: str, end: str) -> str:
    return text if end == "\n" else text.replace("\r\n", "\n").replace("\n", end)


def _is(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except ValueError:
        return False


def _replace(path: Path, data: bytes) -> None:
    """All of the new file under the name of the old one, or nothing; a link stays one, rights stay as they are."""
    target, folder = path.resolve(), None
    try:
        folder = tempfile.mkdtemp(prefix=".leaflet-partial-", dir=target.parent)
        partial = Path(folder) / target.name
        partial.write_bytes(data)
        shutil.copymode(target, partial)
        os.replace(partial, target)  # noqa: PTH105 - one system call, so the file is the old one or the new one
    except OSError as error:
        raise fail("C192", Place(file=str(path)), detail=error.strerror or str(error)) from None
    finally:
        if folder is not None:
            with suppress(OSError):
                shutil.rmtree(folder)

"""Write schemas as files: beside a campaign, which names its own in its first line, and anywhere else.

Beside a campaign it stands below ``.leaflet``, where an editor needs no network. It is in French, as what
``leaflet init`` writes, and comes from the program that is there: a campaign that is passed on takes none along.
"""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from leaflet.campaign.starter import SCHEMA_FILE
from leaflet.faults import Place, fail
from leaflet.production.own_files import check_replaceable, is_own
from leaflet.schema.campaign import campaign_schema
from leaflet.schema.json_schema import HEAD, schema_text


def schema_beside() -> tuple[str, bytes]:
    """Return where the schema stands below the folder of a campaign, with slashes, and what it holds."""
    return SCHEMA_FILE, schema_text(campaign_schema("fr")).encode()


def names_schema(files: Mapping[str, bytes]) -> bool:
    """Tell whether files of a campaign, by their names, name its schema in their first lines."""
    return any(SCHEMA_FILE.encode() in data.partition(b"\n")[0] for data in files.values())


def write_schema_beside(folder: Path) -> None:
    """Write the schema beside a campaign, in the place of an earlier one.

    Raises:
        DataError: it cannot be written (C181).
    """
    name, data = schema_beside()
    try:
        _write_whole(folder / name, data)
    except OSError as error:
        raise fail("C181", Place(file=str(folder / name)), detail=error.strerror or str(error)) from None


def write_schema(path: Path, data: bytes, *, replace_others: bool = False) -> None:
    """Write a schema as a file, in the place of an earlier one.

    Args:
        path: of the file.
        data: what it holds.
        replace_others: replace what has the name, whoever made it.

    Raises:
        RenderError: something else has the name (W112, W116, W117), or it cannot be written (W101).
    """
    check_replaceable(path, is_ours=replace_others or is_own(path, (HEAD,)))
    try:
        _write_whole(path, data)
    except OSError as error:
        raise fail("W101", Place(file=str(path)), problem=error.strerror or str(error)) from None


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(prefix=".leaflet-partial-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(partial, path)  # noqa: PTH105 - one system call, so the file is the old one or the new one
    except OSError:
        with suppress(OSError):
            os.unlink(partial)  # noqa: PTH108
        raise

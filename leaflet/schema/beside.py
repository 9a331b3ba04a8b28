"""Write schemas as files: beside a campaign, whose files name them in their first line, and anywhere else.

Beside a campaign they stand below ``.leaflet``, where an editor needs no network. They are in French, as what
``leaflet init`` writes, and come from the program that is there: a campaign that is passed on takes none along.
"""

import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from leaflet.campaign.schema_files import SCHEMA_FILES, Named
from leaflet.faults import Lang, Place, fail
from leaflet.production.own_files import check_replaceable, is_own
from leaflet.schema.campaign import campaign_schema
from leaflet.schema.design import election_schema, theme_schema
from leaflet.schema.json_schema import HEAD, schema_text
from leaflet.schema.markup import XSD_HEAD, markup_schema

_LANG: Lang = "fr"
_TEXTS: Mapping[Named, Callable[[], str]] = {
    "campaign": lambda: schema_text(campaign_schema(_LANG)),
    "theme": lambda: schema_text(theme_schema(_LANG)),
    "election": lambda: schema_text(election_schema(_LANG)),
    "template": lambda: markup_schema(_LANG),
}


def schema_beside(kind: Named) -> tuple[str, bytes]:
    """Return where a schema stands below the folder of a campaign, with slashes, and what it holds."""
    return SCHEMA_FILES[kind], _TEXTS[kind]().encode()


def named_schemas(files: Mapping[str, bytes]) -> tuple[Named, ...]:
    """Return the schemas that files of a campaign name in their first lines; `files` by their names."""
    heads = [data.partition(b"\n")[0] for data in files.values()]
    return tuple(kind for kind, path in SCHEMA_FILES.items() if any(path.encode() in head for head in heads))


def write_schema_beside(folder: Path, kind: Named) -> None:
    """Write a schema beside a campaign, in the place of an earlier one.

    Raises:
        DataError: it cannot be written (C181).
    """
    name, data = schema_beside(kind)
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
    check_replaceable(path, is_ours=replace_others or is_own(path, (HEAD, XSD_HEAD)))
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

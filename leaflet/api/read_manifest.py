"""``leaflet.read_manifest``: read the list of a build's files."""

from pathlib import Path

from leaflet.api.keywords import StrPath
from leaflet.production.manifest import Manifest
from leaflet.production.manifest import read_manifest as run


def read_manifest(out: StrPath) -> Manifest | None:
    """Read the list of the files that a build has left in a folder.

    Args:
        out: the folder of the build.

    Returns:
        The list, with an entry for each file: its school, its document, its pages and its hash. None if there is no
        list, or an unreadable one.
    """
    return run(Path(out))

"""Store the files of a build in a folder, in a ZIP archive, or in storage with an address.

``stores`` what all three have in common · ``folder`` a transaction with a journal, so that an interrupted build can
resume · ``archive`` one streamed ZIP archive · ``remote`` objects in storage with an address, which fsspec reaches.
"""

import re
from pathlib import Path

from leaflet.production.storage.archive import SUFFIX, HeldSink, LocalTarget, ZipStore
from leaflet.production.storage.folder import FolderSink, FolderStore
from leaflet.production.storage.stores import BuildIdentity, Store

__all__ = ["BuildIdentity", "FolderStore", "Sink", "Store", "is_address", "open_store"]

Sink = FolderSink | HeldSink
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://(.*)", re.IGNORECASE | re.DOTALL)


def is_address(out: str) -> bool:
    """Check whether ``--out`` names a ZIP archive or storage with an address, not a folder of this disk."""
    return out.lower().endswith(SUFFIX) or _SCHEME.fullmatch(out) is not None


def open_store(
    address: str, identity: BuildIdentity, *, replace_others: bool = False, read_back: bool = True
) -> Store:
    """Return the store that an address means; nothing is written before it is entered.

    ``file://`` is a folder of this disk, ``zip://`` and any address that ends with ``.zip`` an archive. Other schemes
    are those that fsspec knows.
    """
    match = _SCHEME.fullmatch(address)
    scheme, rest = (match[1].lower(), match[2]) if match else ("", address)
    is_zip = scheme == "zip" or address.lower().endswith(SUFFIX)
    if scheme in ("", "file", "zip"):
        if is_zip:
            return ZipStore(LocalTarget(Path(rest), replace_others=replace_others), address, identity)
        return FolderStore(Path(rest), identity, replace_others=replace_others)
    from leaflet.production.storage.remote import RemoteStore, RemoteTarget

    if is_zip:
        return ZipStore(RemoteTarget(address, replace_others=replace_others), address, identity)
    return RemoteStore(address, identity, replace_others=replace_others, read_back=read_back)

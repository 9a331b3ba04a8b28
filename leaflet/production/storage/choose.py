"""What ``--out`` means: a folder, a ZIP archive, or an address."""

import re
from pathlib import Path

from leaflet.production.storage.archive import SUFFIX, LocalTarget, ZipStore
from leaflet.production.storage.base import Head, Store
from leaflet.production.storage.folder import FolderStore

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://(.*)", re.IGNORECASE | re.DOTALL)


def is_address(out: str) -> bool:
    """Whether ``--out`` names a ZIP archive or storage with an address, not a folder of this disk."""
    return out.lower().endswith(SUFFIX) or _SCHEME.fullmatch(out) is not None


def open_store(address: str, head: Head) -> Store:
    """The store that an address means; nothing is written before it is entered.

    ``file://`` is a folder of this disk, ``zip://`` and any address that ends with ``.zip`` an archive.

    Args:
        head: whose earlier list is to be gone on with.

    Raises:
        UsageError: an address that cannot be written to here (U022).
    """
    match = _SCHEME.fullmatch(address)
    scheme, rest = (match[1].lower(), match[2]) if match else ("", address)
    is_zip = scheme == "zip" or address.lower().endswith(SUFFIX)
    if scheme in ("", "file", "zip"):
        return ZipStore(LocalTarget(Path(rest)), address, head) if is_zip else FolderStore(Path(rest), head)
    from leaflet.production.storage.remote import RemoteStore, RemoteTarget, open_url  # needs an optional extra

    open_url(address)
    return ZipStore(RemoteTarget(address), address, head) if is_zip else RemoteStore(address, head)

"""Where the files of a build go: a folder, a ZIP archive, or storage with an address.

``base`` what a build asks of any of them · ``folder`` a transaction that an interrupted build can resume ·
``archive`` one ZIP, streamed · ``remote`` objects of a storage that fsspec knows · ``lock`` one build at a time.
"""

from leaflet.production.storage.base import Head, Sink, Store
from leaflet.production.storage.choose import is_address, open_store
from leaflet.production.storage.folder import FolderStore

__all__ = ["FolderStore", "Head", "Sink", "Store", "is_address", "open_store"]

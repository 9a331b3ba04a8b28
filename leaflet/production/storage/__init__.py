"""Store the files of a build in a folder, in a ZIP archive, or in storage with an address.

``stores`` the protocol of all three · ``folder`` a transaction with a journal, so that an interrupted build can
resume · ``archive`` one streamed ZIP archive · ``remote`` objects in storage with an address, which fsspec reaches ·
``choose`` the store that an address means.
"""

from leaflet.production.storage.choose import is_address, open_store
from leaflet.production.storage.folder import FolderStore
from leaflet.production.storage.stores import BuildIdentity, Sink, Store

__all__ = ["BuildIdentity", "FolderStore", "Sink", "Store", "is_address", "open_store"]

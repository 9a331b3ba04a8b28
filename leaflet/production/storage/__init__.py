"""Store the files of a build in a folder, in a ZIP archive, or in storage with an address.

``base`` the protocol of all three · ``folder`` a transaction with a journal, so that an interrupted build can
resume · ``archive`` one streamed ZIP archive · ``remote`` objects in storage with an address, which fsspec reaches ·
``choose`` the store that an address means.
"""

from leaflet.production.storage.base import BuildIdentity, Sink, Store
from leaflet.production.storage.choose import is_address, open_store
from leaflet.production.storage.folder import FolderStore

__all__ = ["BuildIdentity", "FolderStore", "Sink", "Store", "is_address", "open_store"]

"""Store the files of a build in a folder or in a ZIP archive.

``stores`` what both have in common · ``folder`` a transaction with a journal, so that an interrupted build can
resume · ``archive`` one streamed ZIP archive.
"""

from leaflet.production.storage.archive import HeldSink, ZipStore, is_archive
from leaflet.production.storage.folder import FolderSink, FolderStore
from leaflet.production.storage.stores import BuildIdentity, Store

__all__ = ["BuildIdentity", "FolderStore", "Sink", "Store", "ZipStore", "is_archive"]

Sink = FolderSink | HeldSink

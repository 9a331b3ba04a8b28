"""Store the files of a build in a folder; those of a ZIP archive wait in one until all are made.

``folder`` a transaction with a journal, so that an interrupted build can resume · ``archive`` the ZIP archive.
"""

from leaflet.production.storage.folder import BuildIdentity, FolderSink, FolderStore

__all__ = ["BuildIdentity", "FolderSink", "FolderStore"]

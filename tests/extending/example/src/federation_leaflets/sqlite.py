"""Storage in a database of SQLite: ``sqlite:///folder/leaflets.db``, one row for each file."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from leaflet.extending import Storage


class Database:
    """The files in a database."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._run("CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY, data BLOB NOT NULL)")

    def sizes(self) -> Mapping[str, int]:
        """Return the size of every file."""
        return dict(self._run("SELECT name, length(data) FROM files"))

    def read(self, name: str) -> bytes:
        """Return a file."""
        for (data,) in self._run("SELECT data FROM files WHERE name = ?", name):
            return bytes(data)
        raise FileNotFoundError(name)

    def write(self, name: str, data: bytes) -> None:
        """Write a file as a whole: a statement is a transaction."""
        self._run("INSERT OR REPLACE INTO files VALUES (?, ?)", name, data)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._run("DELETE FROM files WHERE name = ?", name)

    def _run(self, statement: str, *values: object) -> list[Any]:
        with closing(sqlite3.connect(self._path)) as database, database:
            return database.execute(statement, values).fetchall()


def open_database(address: str) -> Database:
    """Open the database of an address, made if there is none."""
    return Database(address.removeprefix("sqlite://"))


SQLITE = Storage(api=1, open=open_database)

"""An engine that does nothing but what the server needs to be seen at work."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

from leaflet.faults import Lang, LeafletError, Place, fail
from leaflet.studio.environment import Environment

PNG = b"\x89PNG picture"


class Engine:
    """A campaign of which one can ask an echo, a fault, a mistake, and something that takes until it is stopped."""

    def __init__(self, folder: Path, lang: Lang, environment: Environment) -> None:
        self.is_broken = lambda: False
        self.folder, self.lang, self.environment = folder, lang, environment
        self.stopped, self.making, self.ended, self.closed = Event(), Event(), Event(), Event()
        self.uploads: list[tuple[str, str, int]] = []

    def call(self, name: str, args: dict[str, Any]) -> dict[str, Any]:
        if name == "echo":
            return {"said": args, "lang": self.lang}
        if name == "fault":
            raise fail("U001", Place(file="campaign.toml"), value="campaign.toml")
        if name == "mistake":
            return {"it": args["Madame Durand"]}
        if name == "stop":
            self.stopped.set()
            return {}
        raise KeyError(name)

    def upload(self, name: str, file_name: str, data: bytes) -> dict[str, Any]:
        if name == "dossier":
            raise KeyError(name)
        self.uploads.append((name, file_name, len(data)))
        return {"name": file_name, "size": len(data), "folder": str(self.folder)}

    def make(self, args: dict[str, Any]) -> Iterator[dict[str, Any]]:
        self.making.set()
        for done in range(args["files"]):
            yield {"progress": {"done": done}}
            if args.get("slow") and self.stopped.wait(20):
                break
        self.ended.set()
        if args.get("wrong"):
            raise ZeroDivisionError("Madame Durand")
        yield {"result": {"stopped": self.stopped.is_set()}}

    def file_path(self, name: str) -> Path | None:
        return self.folder / name  # without a look: the server asks for nothing outside

    def picture_bytes(self, key: str) -> bytes | None:
        return PNG if key == "a1" else None

    def fault_answer(self, error: LeafletError) -> dict[str, Any]:
        return {"fault": {"code": error.faults[0].code, "text": error.faults[0].reason(self.lang)}}

    def renew(self) -> None:
        """Do nothing: nobody else works there."""

    def close(self) -> None:
        self.closed.set()

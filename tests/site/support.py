"""What tests of the browser edition share: a server that notes what is asked of it, and what a browser keeps."""

import shutil
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.previews.chromium import PROGRAM

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ROOT / "out" / "site-parts"

needs_site = pytest.mark.skipif(
    PROGRAM is None or not shutil.which("node") or not shutil.which("npm"),
    reason="chromium, node or npm is missing; .ci/run installs them",
)


class _Handler(SimpleHTTPRequestHandler):
    """Sends files as a plain server does; notes who asks for what."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012
    asked: list[str]

    def send_response(self, code: int, message: str | None = None) -> None:
        self.asked.append(f"{self.command} {self.path} {int(code)}")
        super().send_response(code, message)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


class Served:
    """A folder on a server of this machine; `asked` so far are method, path and status of the answer."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[str] = []
        handler = type("Handler", (_Handler,), {"asked": self.asked})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    server = Served(folder)
    try:
        yield server
    finally:
        server.stop()


def requests_of(context: BrowserContext) -> list[str]:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


def kept_files(page: Page) -> dict[str, bytes]:
    found: dict[str, str] = page.evaluate(_KEPT)
    return {name: b64decode(data) for name, data in found.items()}


def write_kept(page: Page, folder: Path) -> Path:
    """Write them into a folder, for the command line; return the campaign file."""
    for name, data in kept_files(page).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder / "campaign.toml"


def saved(page: Page, name: str, path: Path) -> bytes:
    """What is downloaded by the button of a file."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).first.click()
    download.value.save_as(path)
    return path.read_bytes()


def answers(page: Page, ask: str, argument: Any = None) -> Any:
    return page.evaluate(
        f"""async (given) => {{
        const {{ engine }} = await import("./store.js");
        try {{ return await ({ask})(engine, given); }} catch (refusal) {{ return {{ fault: refusal.fault }}; }}
    }}""",
        argument,
    )


_KEPT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("leaflet");
  asked.onsuccess = () => {
    const store = asked.result.transaction("files").objectStore("files");
    const names = store.getAllKeys(), files = store.getAll();
    files.onsuccess = () => {
      const text = ({ data }) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(""));
      resolve(Object.fromEntries(names.result.map((name, index) => [name, text(files.result[index])])));
      asked.result.close();
    };
  };
})"""

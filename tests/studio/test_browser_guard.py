"""The guard in a real browser: it lets the page itself ask, and no other page of the same machine."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from leaflet.studio import server as server_module
from leaflet.studio.server import StudioServer
from tests.previews.chromium import PROGRAM, Chromium
from tests.studio.fake_engine import Engine
from tests.studio.support import HERE

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; .ci/run installs it")
PAGE = """<!DOCTYPE html><html lang="fr"><title>{{ title }}</title>
<style>body { color: rgb(1, 2, 3) }</style><body onclick="window.clicked = 1"><p>page</p>
<script>window.inline = 1</script><script type="module" src="studio.js"></script></body></html>
"""
ASK = """fetch({url}, {{method: "POST", body: {body}, headers: {{"Content-Type": {kind}}}}})
.then((answer) => answer.text().then((text) => [answer.status, text]), (error) => [0, error.name])"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StudioServer]:
    """A window with a page that tries what its policy forbids."""
    pages = tmp_path / "assets" / "studio"
    pages.mkdir(parents=True)
    (pages / "index.html").write_text(PAGE, "utf-8")
    (pages / "studio.js").write_text("window.loaded = 1", "utf-8")
    (tmp_path / "assets" / "fonts").mkdir()
    monkeypatch.setattr(server_module, "assets", lambda: tmp_path / "assets")
    with StudioServer(lambda: Engine(tmp_path, "fr", HERE), "fr") as server:
        yield server


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with Chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


def ask(browser: Chromium, url: str, body: str = "{}", kind: str = "application/json") -> Any:
    """Status and text of what a script of the open page gets; 0 if the browser or the server kept it away."""
    return browser.run(ASK.format(url=json.dumps(url), body=json.dumps(body), kind=json.dumps(kind)))


def test_the_page_itself(browser: Chromium, server: StudioServer) -> None:
    """It is told apart by what the browser says of it; no script and style inside it runs."""
    browser.open(server.url)
    browser.wait("window.loaded")
    assert ask(browser, "call/echo", '{"a": 1}') == [200, '{"result":{"said":{"a":1},"lang":"fr"}}']
    assert ask(browser, "upload/list?name=a.csv", "uai", "text/csv")[0] == 200
    assert browser.run("fetch('picture/a1.png').then((answer) => answer.status)") == 200
    assert browser.run("window.inline ?? document.body.click() ?? window.clicked ?? null") is None
    assert browser.run("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


class _Other(BaseHTTPRequestHandler):
    """A page of another program of this machine, which may do whatever a browser lets it."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><form method=post enctype=text/plain></form>")

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def test_other_pages(browser: Chromium, server: StudioServer) -> None:
    """Not even one of this machine that knows the address: nothing is read, and nothing is done."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Other) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        browser.open(f"http://127.0.0.1:{other.server_port}/")
        for kind in ("application/json", "text/plain"):
            assert ask(browser, f"{server.url}call/bye", kind=kind)[0] == 0
        address = json.dumps(f"{server.url}call/bye")
        browser.run(f"fetch({address}, {{method: 'POST', mode: 'no-cors'}}).catch(() => 0)")
        browser.run(f"document.forms[0].action = {address}; document.forms[0].submit()")
        assert not server.is_over.wait(1)
        other.shutdown()


def test_a_page_without_a_site(browser: Chromium, server: StudioServer, tmp_path: Path) -> None:
    """A file that somebody opens has the origin null; its form ends nothing."""
    trap = tmp_path / "trap.html"
    trap.write_text(f'<form method="post" action="{server.url}call/bye" enctype="text/plain"></form>', "utf-8")
    browser.open(trap.as_uri())
    assert ask(browser, f"{server.url}call/bye", kind="text/plain")[0] == 0
    browser.run("document.forms[0].submit()")
    assert not server.is_over.wait(1)

"""The server of the window: calls, files in both directions, and nothing for anybody but the page."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest

from leaflet.program import assets
from leaflet.studio import server as server_module
from leaflet.studio.engine import Engine as RealEngine
from leaflet.studio.server import StudioServer
from tests.local_server.asking import Browser
from tests.studio.fake_engine import PNG, Engine
from tests.studio.support import HERE

INDEX = '<!DOCTYPE html><html lang="{{ lang }}"><title>{{ title }}</title>\n'


@pytest.fixture(autouse=True)
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pages = tmp_path / "assets" / "studio"
    (pages / "vendor").mkdir(parents=True)
    (pages / "index.html").write_text(INDEX, "utf-8")
    (pages / "studio.js").write_text("export {}", "utf-8")
    (pages / "words.toml").write_text("", "utf-8")
    (pages / "page-fr.ftl").write_text("see = Voir", "utf-8")
    (pages / "vendor" / "part.js").write_text("1", "utf-8")
    shutil.copytree(assets() / "fonts", tmp_path / "assets" / "fonts")
    monkeypatch.setattr(server_module, "assets", lambda: tmp_path / "assets")
    return pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "campagne"
    (folder / "dépliants").mkdir(parents=True)
    (folder / "dépliants" / "école.pdf").write_bytes(b"%PDF-1.7")
    (folder / "page.html").write_bytes(b"<script>alert(1)</script>")
    (tmp_path / "secret.txt").write_text("x", "utf-8")
    return folder


@pytest.fixture
def engine(folder: Path) -> Engine:
    return Engine(folder, "fr", HERE)


@pytest.fixture
def browser(engine: Engine, folder: Path) -> Iterator[Browser]:
    with StudioServer(lambda: engine, "fr") as server:
        yield Browser(server.url)


def call(browser: Browser, name: str, args: object = None) -> dict[str, Any]:
    status, headers, body = browser.post(f"call/{name}", json.dumps({} if args is None else args).encode())
    assert (status, headers["Content-Type"]) == (200, "application/json")
    return json.loads(body)


def test_the_page(browser: Browser) -> None:
    """The page in its language, and all that it loads, as what it is; no script and style inside it may run."""
    status, headers, body = browser.ask()
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert body.decode() == INDEX.replace("{{ lang }}", "fr").replace("{{ title }}", "leaflet")
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy and "unsafe" not in policy
    kinds = {"studio.js": "text/javascript; charset=utf-8", "vendor/part.js": "text/javascript; charset=utf-8"}
    kinds |= {"page-fr.ftl": "text/plain; charset=utf-8", "font/LeafletText-Bold.ttf": "font/ttf"}
    for name, kind in kinds.items():
        status, headers, body = browser.ask(name)
        assert (status, headers["Content-Type"], headers["Cache-Control"]) == (200, kind, "no-store")
        assert len(body) == int(headers["Content-Length"]) > 0


OTHERS = (
    *("index.html", "words.toml", "font/OFL.txt", "font/", "vendor", "vendor/", "call/echo", "upload/list"),
    *("../secret.txt", "vendor/../../../secret.txt", "%2e%2e/secret.txt", "font/../../../secret.txt"),
    *("font/..%2f..%2fstudio%2fwords.toml", "vendor%2f..%2fwords.toml", "studio.js%00", "STUDIO.JS"),
)


def test_calls_and_files_of_the_program(browser: Browser) -> None:
    """Arguments go in, a result or a fault comes out; names are looked up in a list, never in a folder."""
    assert [name for name in OTHERS if browser.ask(name)[0] not in (404, 405)] == []
    args = {"key": "été", "value": None, "many": [1, 2.5, True]}
    assert call(browser, "echo", args) == {"result": {"said": args, "lang": "fr"}}
    assert call(browser, "fault")["fault"]["code"] == "U001" and browser.post("call/nothing")[0] == 404
    assert browser.post("call/__init__")[0] == 404 and browser.post("call/echo/x")[0] == 405


def test_a_mistake_of_the_program(browser: Browser) -> None:
    """It is a fault as others, without the values it came about with."""
    fault = call(browser, "mistake")["fault"]
    assert isinstance(fault, dict) and fault["code"] == "W120" and "KeyError, fake_engine.py:" in fault["text"]
    assert "Durand" not in fault["text"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'"x"', b"{", b"null", b'{"a":' * 100_000, b"\xff", b'{"a": NaN}', b"{}{}"]
)
def test_what_is_no_call(browser: Browser, body: bytes) -> None:
    """It is refused, and the next one is answered."""
    assert browser.post("call/echo", body)[0] == 400 and "result" in call(browser, "echo")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"]
)
def test_what_a_form_can_send(browser: Browser, kind: str) -> None:
    """A form may be sent without asking (CORS), a call may not."""
    assert browser.post("call/echo", Content_Type=kind)[0] == 415
    assert browser.post("call/echo", Content_Type="Application/JSON; charset=utf-8")[0] == 200


@pytest.mark.parametrize("name", ["call/echo", "call/bye", "call/make", "upload/logo"])
def test_other_pages_call_nothing(browser: Browser, engine: Engine, name: str) -> None:
    """Not to look, not to change, not to end the program."""
    assert browser.post(name, b'{"files": 1}', Origin="http://evil.example")[0] == 403
    assert browser.post(name, b'{"files": 1}', Sec_Fetch_Site="cross-site")[0] == 403
    assert browser.post(name, b'{"files": 1}', Host=f"rebound.example:{browser.port}")[0] == 403
    assert not engine.making.is_set() and not engine.uploads and browser.ask()[0] == 200


# --- files in -------------------------------------------------------------------------------------------------


def test_upload(browser: Browser, engine: Engine) -> None:
    """The bytes arrive; a kind that the engine does not take, or that there is not, is not found."""
    data = os.urandom(3_000_000)
    status, _, body = browser.post("upload/list?name=liste%20d%E2%80%99%C3%A9coles.xlsx", data, Content_Type="")
    assert status == 200 and json.loads(body)["result"]["size"] == 3_000_000
    assert engine.uploads == [("list", "liste d’écoles.xlsx", 3_000_000)]
    assert browser.post("upload/dossier?name=x", b"x")[0] == 404
    assert browser.post("upload/campaign?name=x", b"x")[0] == 404
    assert browser.post("upload/?name=x", b"x")[0] == 405 and len(engine.uploads) == 1


@pytest.mark.parametrize("name", ["C:%5CUsers%5Cx%5Cliste.csv", "%2Fetc%2Fliste.csv", "..%5Cliste.csv", "liste.csv"])
def test_names_of_uploads(browser: Browser, engine: Engine, name: str) -> None:
    """No folder of the machine that it comes from, and no way out of ours."""
    assert browser.post(f"upload/staff?name={name}", b"a;b")[0] == 200
    assert engine.uploads == [("staff", "liste.csv", 3)]


def test_uploads_that_are_not_taken(browser: Browser, engine: Engine) -> None:
    """10 GB are refused before anything has come; what breaks off is forgotten, and the next one is answered."""
    begin = time.monotonic()
    status, headers, _ = browser.ask(
        "upload/list", method="POST", Origin=browser.origin, Content_Length=str(10_000_000_000)
    )
    assert (status, headers["Connection"]) == (413, "close") and time.monotonic() - begin < 5
    assert not engine.uploads
    where = f"Host: 127.0.0.1:{browser.port}\r\nOrigin: {browser.origin}\r\n"
    browser.send(f"POST {browser.path}upload/list HTTP/1.1\r\n{where}Content-Length: 1000\r\n\r\nabc".encode())
    assert browser.ask()[0] == 200 and not engine.uploads


@pytest.mark.parametrize(("name", "limit"), [("upload/logo", 50), ("upload/dossier", 50), ("call/echo", 20)])
def test_an_upload_that_does_not_say_so(browser: Browser, engine: Engine, name: str, limit: int) -> None:
    """It is counted while it comes, and cut."""
    mb = 1_000_000
    part = f"{mb:x}\r\n".encode() + b" " * mb + b"\r\n"
    kinds = {"Origin": browser.origin, "Transfer_Encoding": "chunked", "Content_Type": "application/json"}
    status, _, _ = browser.ask(name, method="POST", body=[*repeat(part, limit + 2), b"0\r\n\r\n"], **kinds)
    assert status == 413 and not engine.uploads


# --- files out ------------------------------------------------------------------------------------------------


def test_finished_files(browser: Browser) -> None:
    """They are to be kept; a PDF may be looked at. A page among them is no page of ours."""
    name = "file/d%C3%A9pliants/%C3%A9cole.pdf"
    status, headers, body = browser.ask(name)
    assert (status, headers["Content-Type"], body) == (200, "application/pdf", b"%PDF-1.7")
    assert headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9cole.pdf"
    assert browser.ask(f"{name}?name=&view")[1]["Content-Disposition"].startswith("inline;")
    assert browser.ask(f"{name}?name=a.pdf")[1]["Content-Disposition"] == 'attachment; filename="a.pdf"'
    for asked in ("file/page.html", "file/page.html?view"):
        _, headers, _ = browser.ask(asked)
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"] == 'attachment; filename="page.html"'


NO_FILES = (
    *("../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "x/../../secret.txt", "x/../page.html"),
    *("/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "..%5csecret.txt", "C:%5csecret.txt", "page.html:x"),
    *("page.html%00.pdf", "page.html%0a", ".", "", "d%C3%A9pliants", "d%C3%A9pliants/", "no.pdf", "./page.html"),
)


def test_no_other_file(browser: Browser) -> None:
    """Nothing beside the folder, even if the engine would give it."""
    assert [path for path in NO_FILES if browser.ask(f"file/{path}")[0] != 404] == []


def test_pictures(browser: Browser) -> None:
    status, headers, body = browser.ask("picture/a1.png")
    assert (status, headers["Content-Type"], body) == (200, "image/png", PNG)
    assert browser.ask("picture/b2.png")[0] == 404 and browser.ask("picture/a1")[0] == 404


# --- long calls -----------------------------------------------------------------------------------------------


@contextmanager
def making(browser: Browser, args: dict[str, object]) -> Iterator[HTTPResponse]:
    """The answer to `make`, of which the first line has come, until the context ends."""
    connection, body = browser.connect(), json.dumps(args).encode()
    headers = {"Origin": browser.origin, "Content-Type": "application/json"}
    connection.request("POST", f"{browser.path}call/make", body, headers)
    answer = connection.getresponse()
    assert json.loads(answer.readline()) == {"progress": {"done": 0}}
    yield answer
    answer.close()
    connection.close()


def test_lines_come_as_they_are_made(browser: Browser) -> None:
    """Progress, then one result or fault; the other calls do not wait; what is stopped ends."""
    with making(browser, {"files": 2, "wrong": True}) as answer:
        lines = [json.loads(line) for line in answer]
    assert lines[0] == {"progress": {"done": 1}} and lines[1]["fault"]["code"] == "W120"
    assert "Durand" not in lines[1]["fault"]["text"] and len(lines) == 2
    with making(browser, {"files": 5, "slow": True}) as answer:
        assert answer.getheader("Content-Type") == "application/x-ndjson" and "result" in call(browser, "echo")
        assert browser.ask("picture/a1.png")[0] == 200 and call(browser, "stop") == {"result": {}}
        assert [json.loads(line) for line in answer] == [{"result": {"stopped": True}}]


def test_a_page_that_is_closed_while_making(browser: Browser, engine: Engine) -> None:
    """Nobody looks any more: it is stopped, and ends in order."""
    with making(browser, {"files": 5, "slow": True}):
        pass
    assert engine.stopped.wait(10) and engine.ended.wait(10) and "result" in call(browser, "echo")


# --- the end --------------------------------------------------------------------------------------------------


def test_the_page_ends_the_program(engine: Engine) -> None:
    """It gets its answer; an open page learns of the end at once; the engine is closed."""
    with StudioServer(lambda: engine, "fr") as server:
        browser = Browser(server.url)
        call(browser, "echo")
        connection = browser.connect()
        connection.request("GET", browser.path + "events")
        events = connection.getresponse()
        assert events.readline() == b":\n" and not server.is_over.is_set()
        assert call(browser, "bye") == {"result": {}} and server.is_over.wait(10)
        events.read()
        connection.close()
        assert not engine.closed.is_set()
    assert engine.closed.is_set()
    with pytest.raises(ConnectionRefusedError):
        browser.ask()


def test_the_end_while_making(engine: Engine) -> None:
    """What is being made is stopped first, and its end is waited for."""
    with StudioServer(lambda: engine, "fr") as server, making(Browser(server.url), {"files": 5, "slow": True}):
        server.__exit__()
    assert engine.ended.is_set() and engine.closed.is_set()


def test_an_open_page_is_seen(engine: Engine) -> None:
    """Not one that asks for nothing, but one that listens."""
    with StudioServer(lambda: engine, "fr") as server:
        browser = Browser(server.url)
        connection = browser.connect()
        connection.request("GET", browser.path + "events")
        events = connection.getresponse()
        events.readline()
        assert [server.look() for _ in range(3)] == [True] * 3
        events.close()
        connection.close()
        deadline = time.monotonic() + 10
        while server.look() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not server.look()


def test_the_engine_is_loaded_while_the_page_opens(engine: Engine) -> None:
    """Once, and after the page was sent."""
    loaded: list[float] = []

    def load() -> Engine:
        time.sleep(0.3)
        loaded.append(time.monotonic())
        return engine

    with StudioServer(load, "fr") as server:
        browser = Browser(server.url)
        assert browser.ask("studio.js")[0] == 200 and not loaded
        browser.ask()
        sent = time.monotonic()
        call(browser, "echo")
    assert len(loaded) == 1 and loaded[0] > sent


def test_the_engine_itself(tmp_path: Path) -> None:
    """A campaign is begun, changed and refused over the wire, and its lock given back."""
    folder = tmp_path / "nouvelle"
    with StudioServer(lambda: RealEngine(folder, "fr", HERE), "fr") as server:
        browser = Browser(server.url)
        assert call(browser, "open")["result"]["campaign"] is None and not folder.exists()
        started = call(browser, "start", {"election": "2018", "kind": "leaflets"})["result"]
        assert started["campaign"]["election"] == "2018"
        assert call(browser, "undo", {})["result"]["campaign"] is None
        assert call(browser, "like", {"revision": -1, "election": "2018"})["fault"]["code"] == "W201"
        assert browser.ask("file/.leaflet/state.json")[0] == 404 and browser.post("call/nothing")[0] == 404
    assert not (folder / ".leaflet" / "lock.json").exists()

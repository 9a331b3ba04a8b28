"""The server gives the page to those who know its address on this machine, and nothing to anybody else."""

import socket
from collections.abc import Iterator
from threading import active_count

import pytest

from leaflet.previews.server import PreviewServer
from leaflet.previews.views import View
from leaflet.previews.watch import SharedViews
from tests.local_server.asking import Browser, headers_of
from tests.previews.conftest import Project, change
from tests.support import fault_of


@pytest.fixture
def views(project: Project) -> SharedViews:
    return SharedViews(project.view_cache())


@pytest.fixture
def browser(views: SharedViews) -> Iterator[Browser]:
    """A browser at a server that is running."""
    with PreviewServer(views) as server:
        yield Browser(server.url)


def test_page_style_script_and_pictures(browser: Browser, views: SharedViews) -> None:
    """All that a page loads is there, as what it is."""
    status, headers, page = browser.ask()
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Lycée Descartes" in page.decode()
    kinds = {"page.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}
    kinds["page.svg"] = "image/svg+xml"
    kinds |= {f"{picture.key}.png": "image/png" for picture in views.render(View()).pictures}
    for name, kind in kinds.items():
        status, headers, data = browser.ask(name)
        assert (status, headers["Content-Type"], int(headers["Content-Length"])) == (200, kind, len(data))
    assert data == views.render(View()).pictures[-1].data


def test_a_view_by_its_address(browser: Browser) -> None:
    """Another document, another record, another size."""
    page = browser.ask("?document=cartes&record=0370036N&zoom=150")[2].decode()
    assert "Lycée Balzac" in page
    assert 'alt="cartes, Lycée Balzac, page 1 sur 2"' in page


@pytest.mark.parametrize("name", ["", "page.css", "page.js", "events", "x", "0" * 24 + ".png"])
def testheaders_of(browser: Browser, name: str) -> None:
    """Nothing from elsewhere, no frame, no cache, no word about the machine; for refusals too."""
    connection = browser.connect()
    connection.request("GET", browser.path + name)
    headers = headers_of(connection.getresponse())
    connection.close()
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert not [key for key in headers if key.startswith("Access-Control")]
    assert headers["Server"].strip() == "leaflet"


def test_without_the_word(browser: Browser) -> None:
    """Who does not know the address gets nothing, whatever else is right."""
    word = browser.path.strip("/")
    assert len(word) >= 24
    for path in ("/", "//", "/x/", f"/{word}", f"/{word[:-1]}/", f"/{word}x/", f"/{word.swapcase()}/", "/page.css"):
        assert browser.ask(path=path)[0] == 404, path


def test_the_word_is_another_each_time(views: SharedViews) -> None:
    """An address of yesterday opens nothing today."""
    words = set()
    for _ in range(2):
        with PreviewServer(views) as server:
            words.add(Browser(server.url).path)
    assert len(words) == 2


@pytest.mark.parametrize("name", ["../ecoles.csv", "%2e%2e/ecoles.csv", "..%2fecoles.csv", "page.css/../../x"])
@pytest.mark.parametrize("head", ["", "x/", "/"])
def test_no_other_file(browser: Browser, name: str, head: str) -> None:
    """Names are looked up in a list, never in a folder."""
    assert browser.ask(head + name)[0] == 404


@pytest.mark.parametrize("name", ["campaign.toml", "page.html", "0.png", "0" * 24 + ".png", "events/", "éà"])
def test_names_that_are_none(browser: Browser, name: str) -> None:
    """What is not on show is not there."""
    assert (
        browser.ask(name.encode().decode("latin-1"), path=None if name.isascii() else browser.path + "%C3%A9")[0]
        == 404
    )


def test_pictures_of_before(browser: Browser, views: SharedViews, project: Project) -> None:
    """A page that is shown no more cannot be fetched any more."""
    key = views.render(View()).pictures[0].key
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    assert browser.ask(f"{key}.png")[0] == 200
    views.render(View())
    assert browser.ask(f"{key}.png")[0] == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("127.0.0.1", 403),
        ("127.0.0.1:1", 403),
        ("rebound.example:{port}", 403),
        ("127.0.0.1.rebound.example:{port}", 403),
        ("[::1]:{port}", 403),
        ("", 400),
    ],
)
def test_names_of_this_machine(browser: Browser, host: str, status: int) -> None:
    """A name that somebody else made to lead here is refused, even with the right word."""
    assert browser.ask(Host=host.format(port=browser.port))[0] == status


def test_two_hosts_are_none(browser: Browser) -> None:
    """Of two names one could be read by each side."""
    good = f"127.0.0.1:{browser.port}"
    answer = browser.send(f"GET {browser.path} HTTP/1.1\r\nHost: {good}\r\nHost: evil.example\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get"])
def test_nothing_but_get(browser: Browser, method: str) -> None:
    """There is nothing to send here, and nobody is told more than that."""
    status, headers, data = browser.ask(method=method)
    assert (status, headers["Allow"]) == (405, "GET")
    assert data == (b"" if method == "HEAD" else b"405 Method Not Allowed\n")


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"\x16\x03\x01\x02",
        b"GET /" + b"a" * 70_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request(browser: Browser, data: bytes) -> None:
    """It is refused without repeating it, and the next one is answered."""
    answer = browser.send(data)
    assert b"200 OK" not in answer
    assert b"aaaa" not in answer
    assert browser.ask()[0] == 200


def test_an_address_that_cannot_be_read(browser: Browser) -> None:
    """Said as such."""
    assert browser.ask("?record=%ff")[0] == 400
    assert browser.ask("events?" + "&".join("a=1" for _ in range(99)))[0] == 400


def test_events(browser: Browser, views: SharedViews, project: Project) -> None:
    """An open page is told the number of its view, again when it is another, and the stream ends with the preview."""
    first = views.render(View())
    connection = browser.connect()
    connection.request("GET", browser.path + "events")
    stream = connection.getresponse()
    assert stream.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert [stream.readline() for _ in range(4)] == [b"retry: 1000\n", b"\n", b"data: %d\n" % first.number, b"\n"]
    assert views.open_views() == (View(),)
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    views.render(View())
    assert [stream.readline() for _ in range(2)] == [b"data: %d\n" % (first.number + 1), b"\n"]
    views.close()
    stream.read()
    connection.close()


def test_a_page_that_was_closed(browser: Browser, views: SharedViews, project: Project) -> None:
    """Its stream ends, and its view is made for nobody any more."""
    views.render(View())
    connection = browser.connect()
    connection.request("GET", browser.path + "events")
    stream = connection.getresponse()
    stream.readline()
    stream.close()
    connection.close()
    for number in range(50):
        change(project.list, "Lycée", "Lycée" + " x"[number % 2])
        views.render(View())
        if not views.open_views():
            break
    assert views.open_views() == ()


def test_the_end(views: SharedViews) -> None:
    """Nothing listens any more, and no thread is left."""
    before = active_count()
    with PreviewServer(views) as server:
        browser = Browser(server.url)
        assert browser.ask()[0] == 200
    with pytest.raises(ConnectionRefusedError):
        browser.ask()
    assert active_count() <= before + 1


def test_a_port_that_is_taken(views: SharedViews) -> None:
    """The message names it."""
    with PreviewServer(views) as server:
        port = Browser(server.url).port
        fault = fault_of(lambda: PreviewServer(views, port))
    assert (fault.code, fault.values["port"]) == ("U051", port)


def test_it_listens_on_one_address_only(browser: Browser) -> None:
    """Not even another address of the same machine answers."""
    with pytest.raises(OSError, match=r"refused|unreachable|timed out|assign"):
        socket.create_connection(("127.0.0.2", browser.port), timeout=5)

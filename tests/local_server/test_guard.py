"""The guard lets the page itself ask, in a browser of this machine, and nobody else."""

import gc
import socket
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from threading import active_count

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from leaflet.studio.server import HOST, LocalServer
from tests.local_server.asking import Browser


def _page(_request: Request) -> Response:
    return PlainTextResponse("page")


async def _change(request: Request) -> Response:
    return PlainTextResponse(await request.body())


def _mistake(_request: Request) -> Response:
    raise ZeroDivisionError("école de Madame Durand")


def _long_answer(_request: Request) -> Response:
    return PlainTextResponse("x" * 10_000_000)


ROUTES = (Route("/", _page), Route("/change", _change, methods=["POST"]), Route("/mistake", _mistake))


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A browser at a server that is running, with a page and something that changes."""
    with LocalServer(ROUTES, ("GET", "POST")) as server:
        yield Browser(server.url)


def test_the_page_may_ask(browser: Browser) -> None:
    """Opened by hand or by itself; what it sends arrives."""
    assert (browser.ask()[::2], browser.ask(Sec_Fetch_Site="none")[0]) == ((200, b"page"), 200)
    assert browser.ask(Sec_Fetch_Site="same-origin", Origin=browser.origin)[0] == 200
    assert browser.post("change", b"[1]", Sec_Fetch_Site="same-origin")[::2] == (200, b"[1]")


def test_who_is_lost_is_told_how_to_come_back() -> None:
    """By a page with its own style, where nothing else may run; what a page asks for by itself is refused."""
    lost = "<style>h1 { color: red }</style><h1>Perdu</h1>"
    with LocalServer(ROUTES, ("GET", "POST"), lost=lambda: lost) as server:
        browser = Browser(server.url)
        for path in ("/", "/old-token/", browser.path.rstrip("/"), f"{browser.path}elsewhere"):
            status, headers, body = browser.ask(path=path, Accept="text/html,application/xhtml+xml")
            assert (status, body.decode()) == (404, lost), path
            assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
            assert browser.ask(path=path, Accept="image/png")[::2] == (404, b"404 Not Found\n")
        assert browser.ask(Accept="text/html", Host="evil.com")[::2] == (403, b"403 Forbidden\n")


def test_under_its_other_name(browser: Browser) -> None:
    """The page may be opened as localhost; it is then of another origin than 127.0.0.1."""
    other = f"localhost:{browser.port}"
    assert browser.post("change", Host=other, Origin=f"http://{other}")[0] == 200
    assert browser.post("change", Host=other)[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
def test_pages_of_other_sites_read_nothing(browser: Browser, site: str) -> None:
    """Not even with the token; same-site is another port of this machine."""
    assert browser.ask(Sec_Fetch_Site=site)[0] == 403


ORIGINS = (
    *("http://evil.example", "https://127.0.0.1:{port}", "http://127.0.0.1", "http://127.0.0.1:1", "null"),
    *("http://127.0.0.1:{port}.evil.example", "http://localhost:{port}", "file://"),
)


@pytest.mark.parametrize("origin", ORIGINS)
def test_other_origins_do_nothing(browser: Browser, origin: str) -> None:
    """A form or a script of another page changes nothing and reads nothing."""
    origin = origin.format(port=browser.port)
    assert (browser.post("change", Origin=origin)[0], browser.ask(Origin=origin)[0]) == (403, 403)


def test_a_change_names_its_origin(browser: Browser) -> None:
    """Without one nobody knows where it comes from; two are none."""
    assert browser.post("change", Origin="")[0] == 403
    assert browser.post("change", Sec_Fetch_Site="none")[0] == 403
    origins = f"Origin: {browser.origin}\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n"
    head = f"POST {browser.path}change HTTP/1.1\r\nHost: {HOST}:{browser.port}\r\n"
    assert browser.send(f"{head}{origins}".encode()).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("host", ["rebound.example:{port}", "127.0.0.1", "[::1]:{port}", "127.0.0.1:{port}."])
def test_other_hosts(browser: Browser, host: str) -> None:
    """A name that leads here (DNS rebinding) is refused although its origin is the same as its host."""
    host = host.format(port=browser.port)
    assert browser.post("change", Host=host, Origin=f"http://{host}")[0] == 403
    assert browser.ask(Host=host)[0] == 403


def test_without_the_token(browser: Browser) -> None:
    """Nothing, and always the same words, whatever else is right."""
    token = browser.path.strip("/")
    near = (f"/{token[:-1]}/", f"/x{browser.path}", f"//{token}/", f"/{token}")
    for path in ("/", "/change", *near, "/%C3%A9/", "/x/"):
        assert browser.ask(path=path)[::2] == (404, b"404 Not Found\n"), path


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "HEAD"])
def test_other_methods(browser: Browser, method: str) -> None:
    """A browser that asks whether it may (CORS) learns nothing."""
    status, headers, _ = browser.ask("change", method=method, Origin="http://evil.example")
    assert (status, headers["Allow"]) == (405, "GET, POST")
    assert not [name for name in headers if name.startswith("Access-Control")]


def test_wrong_ways_in(browser: Browser) -> None:
    """What only changes is not read, what is only read is not changed; no slash is put right."""
    assert (browser.ask("change")[0], browser.post("")[0], browser.ask("change/")[0]) == (405, 405, 404)


def test_two_hosts_are_none(browser: Browser) -> None:
    """Of two names one could be read by each side."""
    good = f"{HOST}:{browser.port}"
    answer = browser.send(f"GET {browser.path} HTTP/1.1\r\nHost: {good}\r\nHost: evil.example\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("line", [b"", b"GET", b"GET / HTTP/9", b"\x16\x03\x01\x02", b"GET /" + b"a" * 70_000])
def test_what_is_no_request(browser: Browser, line: bytes) -> None:
    """It is refused without repeating it, and the next one is answered."""
    answer = browser.send(line + b"\r\n\r\n")
    assert b"200 OK" not in answer and b"aaaa" not in answer
    assert browser.ask()[0] == 200


def test_it_listens_on_one_address_only(browser: Browser) -> None:
    """Not even another address of the same machine answers."""
    with pytest.raises(OSError, match=r"refused|unreachable|timed out|assign"):
        socket.create_connection(("127.0.0.2", browser.port), timeout=5)


def test_a_mistake_says_nothing(browser: Browser, capfd: pytest.CaptureFixture[str]) -> None:
    """A traceback would show values, which may be names; not in the terminal either."""
    status, headers, body = browser.ask("mistake")
    assert status == 500
    assert b"Durand" not in body and b"Traceback" not in body
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert capfd.readouterr() == ("", "")


def test_looks() -> None:
    """Whether somebody has asked is known, and for how long nobody has; refusals do not count."""
    with LocalServer(ROUTES, ("GET",)) as server:
        browser = Browser(server.url)
        assert not server.look()
        browser.ask()
        assert server.look()
        while server.look():  # an answer has come a moment before it is over
            pass
        browser.ask(path="/")
        assert not server.look()


def test_the_end() -> None:
    """Nothing listens any more, no thread is left, and the next token is another one."""
    before, urls = active_count(), set()
    for _ in range(2):
        with LocalServer(ROUTES, ("GET",)) as server:
            urls.add(server.url.rsplit("/", 2)[1])
            browser = Browser(server.url)
            assert browser.ask()[0] == 200
        with pytest.raises(ConnectionRefusedError):
            browser.ask()
    assert len(urls) == 2
    assert active_count() <= before + 1


def test_no_connection_stays_open_at_the_end() -> None:
    """Neither one whose answer is not read, nor one that was made at the last moment."""
    gc.collect()
    with LocalServer((Route("/", _long_answer),), ("GET",)) as server, ExitStack() as stack:
        browser = Browser(server.url)
        reading = stack.enter_context(socket.create_connection((HOST, browser.port)))
        path = server.url.partition(str(browser.port))[2]
        reading.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{browser.port}\r\n\r\n".encode())
        reading.recv(1)
        stack.enter_context(socket.create_connection((HOST, browser.port)))
        server.__exit__()
        with pytest.warns() as told:
            gc.collect()
            warnings.warn("collected", stacklevel=1)
    assert [str(warning.message) for warning in told] == ["collected"]

"""Serve the preview to a browser of this machine: the page, its style and script, and the current pictures.

The server listens on 127.0.0.1 and answers GET requests only. The address must contain a random token and name this
machine as its host, so that other machines, pages of other sites and names that point here (DNS rebinding) get
nothing. The browser may cache nothing, load nothing from elsewhere, and frame nothing.

Not here: the content of the page (``page``), and when it changes (``watch``).
"""

import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from typing import Any

from leaflet.faults import Lang, Place, fail
from leaflet.page_words import Words, load_words
from leaflet.preview.page import PageRequest, parse_query, render_page
from leaflet.preview.watch import SharedViews
from leaflet.resources import assets

HOST = "127.0.0.1"
_FOLDER = "preview"  # of the page below ``assets``
_NAMES = (HOST, "localhost")  # names of this machine that an address may have
_PATH = re.compile(r"/([\w-]{1,64})/([\w.-]{0,64})(?:\?(.{0,2000}))?", re.ASCII)
_PICTURE = re.compile(r"([0-9a-f]{24})\.png")
_FILES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "page.svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TIMEOUT = 10.0  # seconds for a request to arrive, and between two keep-alive lines to a page
_POLL = 0.1  # seconds in which the server sees that it is to stop


class PreviewServer:
    """A server of views with threads of its own; a context manager.

    Args:
        views: the views to serve.
        port: the port to listen on; 0 for a free one.
        lang: the language of the page.

    Attributes:
        url: the address of the page, known before the server starts.

    Raises:
        UsageError: the port is not available.
    """

    def __init__(self, views: SharedViews, port: int = 0, lang: Lang = "fr") -> None:
        self._views = views
        try:
            self._server = _Server(views, port, load_words(_FOLDER, lang))
        except OSError as error:
            raise fail("U051", Place(field="--port"), port=port, problem=error.strerror or str(error)) from None
        self.url = f"http://{HOST}:{self._server.server_port}/{self._server.token}/"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": _POLL}, daemon=True)

    def __enter__(self) -> "PreviewServer":
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._views.close()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    """A server whose threads end with the program, and that looks up no names."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, views: SharedViews, port: int, words: Words) -> None:
        self.views, self.words = views, words
        self.token = secrets.token_urlsafe(18)
        self.files = {name: (assets() / _FOLDER / name).read_bytes() for name in _FILES}
        super().__init__((HOST, port), _Handler)
        self.hosts = {f"{name}:{self.server_port}" for name in _NAMES}

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer.server_bind looks up the machine's name, perhaps in the network
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing: a browser may close a connection, and nobody reads a traceback."""


class _Handler(BaseHTTPRequestHandler):
    """The answer to one request."""

    server: _Server
    timeout = _TIMEOUT
    server_version, sys_version = "leaflet", ""

    def do_GET(self) -> None:
        match = _PATH.fullmatch(self.path)
        if not self._is_local():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif match is None or not secrets.compare_digest(match[1], self.server.token):
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            with suppress(ConnectionError, TimeoutError):
                self._answer(match[2], match[3] or "")

    def _is_local(self) -> bool:
        hosts = self.headers.get_all("Host") or []
        return len(hosts) == 1 and hosts[0].lower() in self.server.hosts

    def _answer(self, name: str, query: str) -> None:
        if name in _FILES:
            self._send(self.server.files[name], _FILES[name])
        elif picture := _PICTURE.fullmatch(name):
            self._send_picture(picture[1])
        elif name in ("", "events"):
            try:
                request = parse_query(query)
            except ValueError:
                self.send_error(HTTPStatus.BAD_REQUEST)
                return
            if name:
                self._send_events(request)
            else:
                self._send_page(request)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send_page(self, request: PageRequest) -> None:
        views = self.server.views
        page = render_page(request, views.render(request.view), views.campaign, self.server.words)
        self._send(page.encode("utf-8", "replace"), "text/html; charset=utf-8")

    def _send_picture(self, key: str) -> None:
        data = self.server.views.find_picture(key)
        if data is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._send(data, "image/png")

    def _send_events(self, request: PageRequest) -> None:
        """Send the number of a view whenever it changes, as server-sent events, for as long as the page is open."""
        views, known = self.server.views, -1
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream; charset=utf-8"})
        self.wfile.write(b"retry: 1000\n\n")
        with views.viewing(request.view):
            while not views.is_closed:
                number = views.wait_for_change(request.view, known, _TIMEOUT)
                if number is None:
                    self.wfile.write(b":\n\n")  # fails if the page was closed
                else:
                    self.wfile.write(b"data: %d\n\n" % number)
                    known = number

    def _send(self, data: bytes, kind: str) -> None:
        self._begin(HTTPStatus.OK, {"Content-Type": kind, "Content-Length": str(len(data))})
        self.wfile.write(data)

    def _begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse a request, in words that repeat nothing of it; http.server calls this, too."""
        refused = bool(self.command) and self.command != "GET"
        status = HTTPStatus.METHOD_NOT_ALLOWED if refused else HTTPStatus(code)
        data = f"{status.value} {status.phrase}\n".encode()
        headers = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(data))}
        with suppress(ConnectionError, TimeoutError):
            self._begin(status, {**headers, **({"Allow": "GET"} if refused else {})})
            if self.command != "HEAD":
                self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in http.server
        """Print nothing, because the address contains the token."""

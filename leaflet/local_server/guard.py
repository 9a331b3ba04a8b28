"""Guard an application: only its own page, in a browser of this machine, may ask it.

A request must name this machine as its host, so that names that point here (DNS rebinding) get nothing; its path must
begin with a token that nobody can guess; it must not come from a page of another site, and what changes something
must say that it comes from the page itself. A browser may keep nothing of the answers, load nothing from elsewhere,
and show them in no frame.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Collection
from http import HTTPStatus
from typing import TypeAlias

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Lost: TypeAlias = Callable[[], str]
HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")  # names of this machine that an address may have
_POLICY = (
    "default-src 'none'; img-src 'self' blob:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_POLICY_HEADER = "Content-Security-Policy"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer, Chromium says « Origin: null » even to the page's own site
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Server": "leaflet",
}


class Guard:
    """An application that hands on to another one what may be asked, without the token, and refuses the rest.

    Args:
        app: the application.
        port: of the server.
        methods: what may be done; all but GET changes something.

        lost: returns the page for somebody whose address is old or mistyped.

    Attributes:
        token: the first part of every path.
    """

    def __init__(self, app: ASGIApp, port: int, methods: Collection[str], lost: Lost | None = None) -> None:
        self.token = secrets.token_urlsafe(18)
        self._app, self._methods, self._lost = app, methods, lost
        self._hosts = {f"{name}:{port}" for name in _NAMES}
        self._open, self._was_asked = 0, False

    def look(self) -> bool:
        """Return whether anything was asked since the last look, or an answer goes on, as the events of a page do."""
        was_asked, self._was_asked = self._was_asked, False
        return was_asked or self._open > 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault(_POLICY_HEADER, _POLICY)
                headers.update(_HEADERS)
            await send(message)

        refusal = self._refuse(scope)
        if refusal is not None:
            await self.told(scope, refusal)(scope, receive, send_guarded)
            return
        self._open, self._was_asked = self._open + 1, True
        try:
            path = scope["path"].removeprefix(f"/{self.token}")
            await self._app({**scope, "path": path, "root_path": ""}, receive, send_guarded)
        finally:
            self._open -= 1

    def told(self, scope: Scope, refusal: Response) -> Response:
        """Return the page for who is lost, in the place of a refusal that somebody would read."""
        is_visit = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
        if refusal.status_code != HTTPStatus.NOT_FOUND or self._lost is None or not is_visit:
            return refusal
        page = self._lost()
        return HTMLResponse(page, HTTPStatus.NOT_FOUND, {_POLICY_HEADER: _policy_of(page)})

    def _refuse(self, scope: Scope) -> Response | None:
        """Return the refusal of a request; None if it may be answered."""
        headers, method = Headers(scope=scope), scope["method"]
        first, token, *rest = scope["path"].split("/", 2)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts:
            return refuse(HTTPStatus.FORBIDDEN)
        if any(character < " " for character in scope["path"]):  # a pattern for lines may pass over the last one
            return refuse(HTTPStatus.NOT_FOUND)
        if first or not rest or not secrets.compare_digest(token.encode(), self.token.encode()):
            return refuse(HTTPStatus.NOT_FOUND)
        if method not in self._methods:
            return refuse(HTTPStatus.METHOD_NOT_ALLOWED, Allow=", ".join(self._methods))
        if not _is_own(headers, f"http://{hosts[0].lower()}", is_reading=method == "GET"):
            return refuse(HTTPStatus.FORBIDDEN)
        return None


def _policy_of(page: str) -> str:
    """Return what a page by itself may do: have the style that stands in it."""
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"


def _is_own(headers: Headers, origin: str, *, is_reading: bool) -> bool:
    """Check that a request comes from a page of this origin; to read, it may also come from no page."""
    origins, sites = headers.getlist("origin"), set(headers.getlist("sec-fetch-site"))
    if is_reading:
        return set(origins) <= {origin} and sites <= {"same-origin", "none"}
    return origins == [origin] and sites <= {"same-origin"}


def refuse(status: int, **headers: str) -> Response:
    """Return a refusal, in words that repeat nothing of the request."""
    return PlainTextResponse(f"{status:d} {HTTPStatus(status).phrase}\n", status, headers)


def refuse_for(_request: Request, error: Exception) -> Response:
    """Return the refusal that an exception of an application stands for."""
    assert isinstance(error, HTTPException), "it is registered for these"
    return refuse(error.status_code, **(error.headers or {}))

"""Serve an application to browsers of this machine, in a thread; only its own page may ask it."""

import asyncio
import base64
import hashlib
import logging
import secrets
import socket
from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus
from threading import Thread
from typing import Self, TypeAlias

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leaflet.faults import Place
from leaflet.files.plain_files import disk_faults
from leaflet.studio.rpc import UnknownError

Lost: TypeAlias = Callable[[], str]
HOST = "127.0.0.1"
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

    All `methods` but GET change something; `lost` returns the page for somebody whose address is old or mistyped.
    """

    def __init__(self, app: ASGIApp, port: int, methods: Collection[str], lost: Lost | None = None) -> None:
        self.token = secrets.token_urlsafe(18)  # the first part of every path
        self._app, self._methods, self._lost = app, methods, lost
        self._hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
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
        """Return the page « not found » in place of a refusal, if a person asked with a browser."""
        is_visit = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
        if refusal.status_code != HTTPStatus.NOT_FOUND or self._lost is None or not is_visit:
            return refusal
        page = self._lost()
        style = page.partition("<style>")[2].partition("</style>")[0]  # the page may have it, and nothing else
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"
        return HTMLResponse(page, HTTPStatus.NOT_FOUND, {_POLICY_HEADER: policy})

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


def _is_own(headers: Headers, origin: str, *, is_reading: bool) -> bool:
    """Check that a request comes from a page of this origin; to read, it may also come from no page."""
    origins, sites = headers.getlist("origin"), set(headers.getlist("sec-fetch-site"))
    if is_reading:
        return set(origins) <= {origin} and sites <= {"same-origin", "none"}
    return origins == [origin] and sites <= {"same-origin"}


def refuse(status: int, **headers: str) -> Response:
    """Return a refusal, in words that repeat nothing of the request."""
    return PlainTextResponse(f"{status:d} {HTTPStatus(status).phrase}\n", status, headers)


_PATIENCE = 1  # seconds that answers have to end when the server does
_TURNS = 5  # of the loop: a connection is accepted, begins and is closed in turns of their own


class _Server(uvicorn.Server):
    """A server that leaves no connection open at its end: none that is not read, none accepted at the last moment."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close everything."""
        await super().shutdown(sockets)
        for _ in range(_TURNS):
            await asyncio.sleep(0)
            for connection in [*self.server_state.connections]:
                connection.transport.abort()


class LocalServer:
    """A guarded server of routes below the token, with a thread of its own, as a context; port 0 is a free one."""

    def __init__(
        self, routes: Iterable[BaseRoute], methods: Collection[str], port: int = 0, lost: Lost | None = None
    ) -> None:
        with disk_faults(Place(field="--port"), "U051", port=port):
            self._socket = socket.create_server((HOST, port))

        def refuse_for(request: Request, error: Exception) -> Response:
            found = error if isinstance(error, HTTPException) else HTTPException(HTTPStatus.NOT_FOUND)
            return self._guard.told(request.scope, refuse(found.status_code, **(found.headers or {})))

        refused = {HTTPException: refuse_for, UnknownError: refuse_for}
        app = Starlette(routes=list(routes), exception_handlers=refused)
        app.router.redirect_slashes = False  # it would go to an address without the token
        port = int(self._socket.getsockname()[1])
        self._guard = Guard(app, port, methods, lost)
        self.look = self._guard.look
        self.url = f"http://{HOST}:{port}/{self._guard.token}/"  # known before the server starts
        config = uvicorn.Config(
            self._guard,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            access_log=False,  # the address has the token
            log_config=None,
            log_level=logging.CRITICAL,
            timeout_graceful_shutdown=_PATIENCE,
        )
        self._server = _Server(config)
        self._thread = Thread(target=self._server.run, args=([self._socket],), name="server")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()

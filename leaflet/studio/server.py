"""Serve the window to a browser of this machine: the page, its calls to the engine, files in both directions.

Only the page itself may ask. Each call has a thread of its own, so that a short one does not wait for a long one;
which of them may not go on together is the engine's to say.
"""

import asyncio
import base64
import hashlib
import logging
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from http import HTTPStatus
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import uvicorn
from msgspec import DecodeError
from msgspec.json import Decoder, encode
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leaflet.faults import Lang, Place
from leaflet.files.plain_files import disk_faults
from leaflet.files.words import load_words
from leaflet.markup.html_page import render_html
from leaflet.program import assets
from leaflet.studio import rpc
from leaflet.studio.rpc import MAX_UPLOADS, UnknownError, Values

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


if TYPE_CHECKING:
    from leaflet.studio.engine import Engine

_TYPES = {
    ".css": "text/css",
    ".ftl": "text/plain",
    ".js": "text/javascript",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_MAX_CALL = 20_000_000  # bytes: the arguments of a call may be a pasted list
_BEAT = 0.2  # seconds in which an open page learns that the program ends
_RENEWAL = 150  # beats between two words that somebody works on the folder
_decode_values = Decoder(dict[str, Any]).decode


class StudioServer:
    """A server of the window of one campaign; a context manager, which loads its engine late, and closes it."""

    def __init__(self, load_engine: Callable[[], "Engine"], lang: Lang, port: int = 0) -> None:
        self._load, self._lang = load_engine, lang
        self._engine: Engine | None = None
        self._loading = Lock()
        self._pages = assets() / "studio"
        self._files: dict[str, Path] = {}  # those that a page may load, by their names in its address
        for folder, below in ((self._pages, ""), (assets() / "fonts", "font/")):
            found = (path for path in folder.rglob("*") if path.suffix in _TYPES and path.is_file())
            self._files |= {below + path.relative_to(folder).as_posix(): path for path in found}
        routes = (
            Route("/", self._send_page),
            Route("/events", self._send_events),
            Route("/call/{name}", self._answer_call, methods=["POST"]),
            Route("/upload/{name}", self._answer_upload, methods=["POST"]),
            Route("/file/{path:path}", self._send_file),
            Route("/picture/{key}.png", self._send_picture),
            Route("/{path:path}", self._send_asset),
        )
        self._server = LocalServer(routes, ("GET", "POST"), port, self._lost)
        self.url, self.look = self._server.url, self._server.look
        self.is_over = Event()  # set when the page says that the program is to end

    @property
    def engine(self) -> "Engine":
        """The engine, loaded if it is not yet."""
        with self._loading:
            if self._engine is None:
                self._engine = self._load()
            return self._engine

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        if self._engine is not None:
            self._engine.call("stop", {})
        self._server.__exit__()  # waits for the calls that go on
        if self._engine is not None:
            self._engine.close()

    # --- the page ---------------------------------------------------------------------------------------------

    def _lost(self) -> str:
        """Return the page for somebody whose address is old or mistyped: how to come back."""
        words = load_words("studio", self._lang)
        said = {"title": words.say("lost_title"), "text": words.say("lost_text"), "ways": words.texts["lost_ways"]}
        return render_html(self._pages / "lost.html", {}, {"lang": self._lang, **said})

    def _send_page(self, _request: Request) -> Response:
        said = {"lang": self._lang, "title": "leaflet", "policy": ""}  # until the page has a campaign to name
        page = render_html(self._pages / "index.html", {}, said)
        return HTMLResponse(page, background=BackgroundTask(lambda: self.engine))  # for the first call, which follows

    def _send_asset(self, request: Request) -> Response:
        """Send a file of the page by its name in a list, never by its place in a folder."""
        if (path := self._files.get(request.path_params["path"])) is None:
            raise UnknownError
        return FileResponse(path, media_type=_TYPES[path.suffix])

    def _send_events(self, _request: Request) -> Response:
        """Send nothing for as long as the page is open, so that it is known to be, and learns of the end."""
        return StreamingResponse(self._silence(), media_type="text/event-stream")

    async def _silence(self) -> AsyncIterator[bytes]:
        yield b":\n\n"
        beats = 0
        while not self.is_over.is_set():
            if not beats % _RENEWAL:
                await run_in_threadpool(self.engine.renew)
            beats += 1
            await asyncio.sleep(_BEAT)

    # --- calls ------------------------------------------------------------------------------------------------

    async def _answer_call(self, request: Request) -> Response:
        name, args = request.path_params["name"], await _read_values(request)
        if name == "make":
            return StreamingResponse(self._make(args), media_type="application/x-ndjson")
        if name == "bye":
            return _json({"result": {}}, BackgroundTask(self.is_over.set))
        return _json(await run_in_threadpool(lambda: rpc.answer_call(self.engine, name, args)))

    async def _make(self, args: Values) -> AsyncIterator[bytes]:
        """Yield the lines of `make` as they come; if the page is closed before the end, it is stopped."""
        loop, lines = asyncio.get_running_loop(), asyncio.Queue[Values | None]()

        def put(line: Values | None) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, line)

        def make() -> None:
            try:
                for line in rpc.answer_make(self.engine, args):
                    put(line)
            finally:
                put(None)

        making = loop.run_in_executor(None, make)
        try:
            while (line := await lines.get()) is not None:
                yield encode(line) + b"\n"
        finally:
            if not making.done():
                self.engine.call("stop", {})

    # --- files ------------------------------------------------------------------------------------------------

    async def _answer_upload(self, request: Request) -> Response:
        name, file_name = request.path_params["name"], request.query_params.get("name", "")
        if name not in MAX_UPLOADS:
            raise UnknownError
        data = await _read_body(request, MAX_UPLOADS[name])
        return _json(await run_in_threadpool(lambda: rpc.answer_upload(self.engine, name, file_name, data)))

    def _send_file(self, request: Request) -> Response:
        """Send a file of the campaign's folder: to be kept, or a PDF to be looked at if the address asks for that."""
        path = rpc.find_file(self.engine, request.path_params["path"])
        is_pdf = path.suffix == ".pdf"
        way = "inline" if is_pdf and "view" in request.query_params else "attachment"
        kind = _TYPES[".pdf"] if is_pdf else "application/octet-stream"
        name = request.query_params.get("name") or path.name
        return FileResponse(path, media_type=kind, filename=name, content_disposition_type=way)

    def _send_picture(self, request: Request) -> Response:
        if (data := self.engine.picture_bytes(request.path_params["key"])) is None:
            raise UnknownError
        return Response(data, media_type=_TYPES[".png"])


def _json(answer: Values, then: BackgroundTask | None = None) -> Response:
    return Response(encode(answer), media_type="application/json", background=then)


async def _read_values(request: Request) -> Values:
    """Return the arguments of a call, a JSON object. A form, which any page may send, is not of this type."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = await _read_body(request, _MAX_CALL)
    try:
        return _decode_values(body)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None


async def _read_body(request: Request, limit: int) -> bytes:
    """Return what a request brings; it is refused as soon as it is known to be too large."""
    too_large = HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, headers={"Connection": "close"})
    if int(request.headers.get("content-length", "0")) > limit:
        raise too_large
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > limit:
                raise too_large
    except ClientDisconnect:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None
    return bytes(body)

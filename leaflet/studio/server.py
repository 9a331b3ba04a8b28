"""Serve the window to a browser of this machine: the page, its calls to the engine, files in both directions.

Each call has a thread of its own, so that a short one does not wait for a long one; which of them may not go on
together is the engine's to say.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING, Any, Self

from msgspec import DecodeError
from msgspec.json import Decoder, encode
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from leaflet.faults import Lang
from leaflet.files.words import load_words
from leaflet.markup.html_page import render_html
from leaflet.program import assets
from leaflet.studio import rpc
from leaflet.studio.local_server import LocalServer
from leaflet.studio.rpc import MAX_UPLOADS, UnknownError, Values

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

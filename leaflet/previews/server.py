"""Serve the preview to a browser of this machine: the page, its style and script, and the current pictures.

Not here: who may ask (``leaflet.local_server``), the content of the page (``page``), and when it changes (``watch``).
"""

from collections.abc import AsyncIterator
from http import HTTPStatus
from types import TracebackType

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from leaflet.faults import Lang
from leaflet.local_server.serve import LocalServer
from leaflet.page_words import load_words
from leaflet.previews.page import PageRequest, parse_query, render_page
from leaflet.previews.watch import SharedViews
from leaflet.resources import assets

_FOLDER = "preview"  # of the page below ``assets``
_FILES = {"page.css": "text/css", "page.js": "text/javascript", "page.svg": "image/svg+xml"}
_TIMEOUT = 10.0  # seconds between two keep-alive lines to a page


class PreviewServer:
    """A server of views; a context manager.

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
        self._views, self._words = views, load_words(_FOLDER, lang)
        routes = (
            Route("/", self._send_page),
            Route("/events", self._send_events),
            Route("/{key}.png", self._send_picture),
            Route("/{name}", self._send_file),
        )
        self._server = LocalServer(routes, ("GET",), port)
        self.url = self._server.url

    def __enter__(self) -> "PreviewServer":
        self._server.__enter__()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._views.close()
        self._server.__exit__()

    def _send_page(self, request: Request) -> Response:
        views, asked = self._views, _parse(request)
        page = render_page(asked, views.render(asked.view), views.campaign, self._words)
        return HTMLResponse(page.encode("utf-8", "replace"))

    def _send_picture(self, request: Request) -> Response:
        data = self._views.find_picture(request.path_params["key"])
        if data is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(data, media_type="image/png")

    def _send_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _FILES:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response((assets() / _FOLDER / name).read_bytes(), media_type=_FILES[name])

    def _send_events(self, request: Request) -> Response:
        return StreamingResponse(self._events(_parse(request)), media_type="text/event-stream")

    async def _events(self, request: PageRequest) -> AsyncIterator[bytes]:
        """Yield the number of a view whenever it changes, as server-sent events, for as long as the page is open."""
        views, known = self._views, -1
        yield b"retry: 1000\n\n"
        with views.viewing(request.view):
            while not views.is_closed:
                number = await run_in_threadpool(views.wait_for_change, request.view, known, _TIMEOUT)
                if number is None:
                    yield b":\n\n"  # a page that was closed is noticed
                else:
                    yield b"data: %d\n\n" % number
                    known = number


def _parse(request: Request) -> PageRequest:
    try:
        return parse_query(request.scope["query_string"].decode("ascii"))
    except ValueError:
        raise HTTPException(HTTPStatus.BAD_REQUEST) from None

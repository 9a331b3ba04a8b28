"""Serve an application to browsers of this machine, in a thread, until the context ends."""

import asyncio
import logging
import socket
from collections.abc import Collection, Iterable
from threading import Thread
from types import TracebackType
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from leaflet.faults import Place, fail
from leaflet.local_server.guard import HOST, Guard, Lost, refuse_for

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
    """A guarded server with a thread of its own; a context manager.

    Args:
        routes: what is served, by path below the token.
        methods: what may be done; all but GET changes something.
        port: the port to listen on; 0 for a free one.
        lost: returns the page for somebody whose address is old or mistyped.

    Attributes:
        url: the address of the page, known before the server starts.

    Raises:
        UsageError: the port is not available (U051).
    """

    def __init__(
        self, routes: Iterable[BaseRoute], methods: Collection[str], port: int = 0, lost: Lost | None = None
    ) -> None:
        try:
            self._socket = socket.create_server((HOST, port))
        except OSError as error:
            raise fail("U051", Place(field="--port"), port=port, problem=error.strerror or str(error)) from None

        def refuse(request: Request, error: Exception) -> Response:
            return self._guard.told(request.scope, refuse_for(request, error))

        app = Starlette(routes=list(routes), exception_handlers={HTTPException: refuse})
        app.router.redirect_slashes = False  # it would go to an address without the token
        port = int(self._socket.getsockname()[1])
        self._guard = Guard(app, port, methods, lost)
        self.url = f"http://{HOST}:{port}/{self._guard.token}/"
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

    def look(self) -> bool:
        """Return whether anything was asked since the last look, or an answer goes on, as the events of a page do."""
        return self._guard.look()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join()

"""Asks a local server for things, as anybody could who reaches this machine."""

import http.client
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

Answer = tuple[int, dict[str, str], bytes]


def _read(answer: http.client.HTTPResponse) -> bytes:
    """Return the content of an answer, as far as it came: a server that has had enough may cut it off."""
    try:
        return answer.read()
    except http.client.IncompleteRead as cut:
        return cut.partial


class Browser:
    """Asks a server, as a browser or as anybody else; its address is that of the page, with its token."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.port, self.path = parts.port or 0, parts.path
        self.origin = f"http://{parts.netloc}"

    def ask(
        self,
        name: str = "",
        *,
        method: str = "GET",
        path: str | None = None,
        body: Iterable[bytes] = (),
        **headers: str,
    ) -> Answer:
        """The answer to a request; `path` instead of the address with its token; ``_`` in headers is a hyphen."""
        connection = self.connect()
        try:
            connection.putrequest(method, self.path + name if path is None else path, skip_host="Host" in headers)
            for key, value in headers.items():
                if value:
                    connection.putheader(key.replace("_", "-"), value)
            connection.endheaders()
            try:
                for part in body:
                    connection.send(part)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the server had enough
            answer = connection.getresponse()
            return answer.status, {name.title(): value for name, value in answer.getheaders()}, _read(answer)
        finally:
            connection.close()

    def post(self, name: str, body: bytes = b"{}", **headers: str) -> Answer:
        usual = {"Origin": self.origin, "Content_Type": "application/json", "Content_Length": str(len(body))}
        return self.ask(name, method="POST", body=[body], **{**usual, **headers})

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, data: bytes) -> bytes:
        """What comes back for bytes that need not be a request."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer

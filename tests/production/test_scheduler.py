"""Connections to a Dask scheduler: encrypted ones, and addresses where there is none."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from distributed import Security

from leaflet.faults import LANGUAGES, Fault
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.executors.cluster import on_cluster
from tests.production.build_processes import listing, run
from tests.production.test_cluster import LOOPBACK, local_cluster
from tests.support import caught

SCHOOLS = 12
SOON = 10  # seconds
TLS = "DASK_DISTRIBUTED__COMM__TLS__"
CODE = re.compile(r"^[A-Z][0-9]{3}\b", re.MULTILINE)
ENGLISH = re.compile(r"\b(?:the|is|not|refused|error|timed)\b", re.IGNORECASE)

# What Dask says of itself.
pytestmark = [
    pytest.mark.drill,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def written(folder: Path, security: Security) -> dict[str, str]:
    folder.mkdir()
    parts = {"CA_FILE": "tls_ca_file", "CLIENT__CERT": "tls_client_cert", "CLIENT__KEY": "tls_client_key"}
    for name, part in parts.items():
        (folder / name).write_text(getattr(security, part), "utf-8")
    return {f"{TLS}{name}": str(folder / name) for name in parts}


@pytest.fixture(scope="module")
def security() -> Security:
    return Security.temporary()


@pytest.fixture(scope="module")
def encrypted(security: Security) -> Iterator[str]:
    """The address of a cluster that speaks with those who have these certificates."""
    with local_cluster(1, protocol="tls://", security=security) as cluster:
        assert cluster.scheduler_address.startswith("tls://")
        yield cluster.scheduler_address


@pytest.mark.parametrize("by", ["variables", "a settings file"])
def test_certificates_named_by_variables_or_settings(
    campaign: Path, encrypted: str, security: Security, tmp_path: Path, by: str
) -> None:
    """However they are named, a build on an encrypted cluster makes the bytes of a build in this process."""
    build(BuildOptions(campaign=campaign, out=tmp_path / "here", jobs=1))
    named = written(tmp_path / "own", security)
    if by != "variables":
        ca, cert, key = named.values()
        tls = f"{{ca-file: {ca}, client: {{cert: {cert}, key: {key}}}}}"
        (tmp_path / "dask.yaml").write_text(f"distributed: {{comm: {{tls: {tls}}}}}\n", "utf-8")
        named = {"DASK_CONFIG": str(tmp_path / "dask.yaml")}
    code, _, errors = run(campaign, tmp_path / "out", "--scheduler", encrypted, environment=named)
    assert code == 0, errors
    assert listing(tmp_path / "out") == listing(tmp_path / "here")


KEY = f"{TLS}CLIENT__KEY"
FAULTY: dict[str, Callable[[Path, Security], dict[str, str]]] = {
    "nothing is named": lambda folder, security: {},
    "a file that is not there": lambda folder, security: (
        written(folder, security) | {f"{TLS}CLIENT__CERT": str(folder / "nowhere.pem")}
    ),
    "a file that is no certificate": lambda folder, security: written(folder, security) | {f"{TLS}CA_FILE": __file__},
    "the key of another certificate": lambda folder, security: (
        written(folder, security) | {KEY: written(folder.with_name("others"), Security.temporary())[KEY]}
    ),
    "another authority": lambda folder, security: written(folder, Security.temporary()),
    "unknown to the scheduler, which it knows": lambda folder, security: (
        written(folder.with_name("others"), Security.temporary())
        | {f"{TLS}CA_FILE": written(folder, security)[f"{TLS}CA_FILE"]}
    ),
}


@pytest.mark.parametrize("faulty", FAULTY)
def test_certificates_that_do_not_do(
    faulty: str, campaign: Path, encrypted: str, security: Security, tmp_path: Path
) -> None:
    """Certificates that are missing, damaged or refused are one plain fault, and nothing is made."""
    named = FAULTY[faulty](tmp_path / "own", security)
    code, _, errors = run(campaign, tmp_path / "out", "--scheduler", encrypted, environment=named)
    assert_plain(code, errors, "U034")
    assert not (tmp_path / "out").exists()


def test_an_encrypted_scheduler_called_in_clear(encrypted: str) -> None:
    """The fault says that it may want ``tls://``."""
    (fault,) = refused(encrypted.replace("tls://", "tcp://"))
    assert fault.code == "U024" and "tls://" in str(fault.values["why_en"])


def test_a_scheduler_in_clear_called_encrypted(security: Security, campaign: Path, tmp_path: Path) -> None:
    named = written(tmp_path / "own", security)
    with local_cluster(0) as cluster:
        address = cluster.scheduler_address.replace("tcp://", "tls://")
        code, _, errors = run(campaign, tmp_path / "out", "--scheduler", address, environment=named)
    assert_plain(code, errors, "U034")


def test_settings_that_want_encryption(campaign: Path, tmp_path: Path) -> None:
    """An address in clear is refused if Dask's settings say that all connections are encrypted."""
    wanted = {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"}
    code, _, errors = run(campaign, tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1", environment=wanted)
    assert_plain(code, errors, "U034")


def assert_plain(code: int, errors: str, wanted: str) -> None:
    """Check that a command ended with one fault, and said nothing of the insides of Python or Dask."""
    assert (code, CODE.findall(errors)) == (2, [wanted]), errors
    assert not any(word in errors for word in ("Traceback", "distributed.comm.core", "Error:", "ssl")), errors


def refused(address: str) -> list[Fault]:
    """Return the faults of connecting to an address, which come soon and are of both languages."""
    began = time.monotonic()
    nothing: Any = None
    faults = caught(lambda: list(on_cluster(address)(nothing, ())))
    assert time.monotonic() - began < SOON
    for fault in faults:
        english, french = (fault.reason(lang) for lang in LANGUAGES)
        assert english != french and not ENGLISH.search(french.replace(address, ""))
    return faults


@contextmanager
def web_server() -> Iterator[int]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((LOOPBACK, 0), Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and says nothing."""
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server.getsockname()[1]


@contextmanager
def closed() -> Iterator[int]:
    with closing(socket.create_server((LOOPBACK, 0))) as server:
        port = server.getsockname()[1]
    yield port


def saying(data: bytes, *, then_closes: bool = False) -> Callable[[], Any]:
    @contextmanager
    def server() -> Iterator[int]:
        open_ones: list[socket.socket] = []

        def answer() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:  # the test has ended
                    return
                connection.sendall(data)
                if then_closes:
                    connection.close()
                open_ones.append(connection)

        with socket.create_server((LOOPBACK, 0)) as listening:
            thread = threading.Thread(target=answer)
            thread.start()
            yield listening.getsockname()[1]
            listening.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in open_ones:
            connection.close()

    return server


def frames(*lengths: int) -> bytes:
    return b"".join(number.to_bytes(8, "little") for number in lengths)


PEERS = {
    "web server": web_server,
    "silent": silent,
    "closed": closed,
    "hangs up": saying(b"", then_closes=True),
    "ssh": saying(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"),
    "mail": saying(b"220 mail.example.org ESMTP\r\n"),
    "zeros": saying(bytes(4096)),
    "frames of nothing": saying(frames(20, 1, 4) + b"abcd"),
    "a frame that never ends": saying(frames(2**30, 1, 2**29)),
    "a list": saying(frames(17, 1, 1) + b"\x90"),
}


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_that_is_no_scheduler(peer: str) -> None:
    """Whatever answers, or does not, is told in ten seconds."""
    with PEERS[peer]() as port:
        assert [fault.code for fault in refused(f"tcp://{LOOPBACK}:{port}")] == ["U024"]


@pytest.mark.parametrize(
    "address",
    [
        *("ucx://x", "nothing", "", "tcp://", "tcp://host", "tcp://a:b", "tcp://[::1:8786", "http://127.0.0.1:1"),
        *("tcp://127.0.0.1:0", "tcp://127.0.0.1:99999", "tcp://127.0.0.1:-1", "inproc://1/2/3", "s3://bucket/a:1"),
        *("tcp://nobody.invalid:8786", "tcp://x\0y:8786", "tcp://" + "é" * 80 + ":8786", "ws://127.0.0.1:1"),
    ],
)
def test_an_address_of_nothing(address: str) -> None:
    assert [fault.code for fault in refused(address)] == ["U024"]


def test_a_worker_instead_of_its_scheduler() -> None:
    with local_cluster(1) as cluster:
        (worker,) = cluster.scheduler_info["workers"]
        assert [fault.code for fault in refused(worker)] == ["U024"]


@pytest.mark.parametrize("peer", ["web server", "a frame that never ends"])
def test_the_command_says_so(peer: str, campaign: Path, tmp_path: Path) -> None:
    with PEERS[peer]() as port:
        code, _, errors = run(campaign, tmp_path / "out", "--scheduler", f"tcp://{LOOPBACK}:{port}")
    assert_plain(code, errors, "U024")
    assert not (tmp_path / "out").exists()


def test_within_a_running_loop() -> None:
    import asyncio

    async def call() -> list[Fault]:
        return refused("tcp://nobody.invalid:8786")

    with ThreadPoolExecutor(1) as threads:  # the driver of a browser has a loop in this one
        assert [fault.code for fault in threads.submit(asyncio.run, call()).result()] == ["U024"]

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


# --- encryption ------------------------------------------------------------------------------------------------


def written(folder: Path, security: Security) -> dict[str, str]:
    """Write the certificates of a client; return the variables that name them to Dask."""
    folder.mkdir()
    parts = {"CA_FILE": "tls_ca_file", "CLIENT__CERT": "tls_client_cert", "CLIENT__KEY": "tls_client_key"}
    for name, part in parts.items():
        (folder / name).write_text(getattr(security, part), "utf-8")
    return {f"{TLS}{name}": str(folder / name) for name in parts}


@pytest.fixture(scope="module")
def security() -> Security:
    """Certificates that an authority of this test has signed."""
    return Security.temporary()


@pytest.fixture(scope="module")
def encrypted(security: Security) -> Iterator[str]:
    """The address of a cluster that speaks with those who have these certificates."""
    with local_cluster(1, protocol="tls://", security=security) as cluster:
        assert cluster.scheduler_address.startswith("tls://")
        yield cluster.scheduler_address


def test_certificates_named_by_variables(campaign: Path, encrypted: str, security: Security, tmp_path: Path) -> None:
    """A build on an encrypted cluster makes the bytes of a build in this process."""
    build(BuildOptions(campaign=campaign, out=tmp_path / "here", jobs=1))
    named = written(tmp_path / "own", security)
    code, _, errors = run(campaign, tmp_path / "out", "--scheduler", encrypted, environment=named)
    assert code == 0, errors
    assert listing(tmp_path / "out") == listing(tmp_path / "here")


def test_certificates_named_by_a_settings_file(
    campaign: Path, encrypted: str, security: Security, tmp_path: Path
) -> None:
    """They may stand in a file of Dask's settings instead."""
    ca, cert, key = written(tmp_path / "own", security).values()
    settings = tmp_path / "dask.yaml"
    client = f"{{cert: {cert}, key: {key}}}"
    settings.write_text(f"distributed: {{comm: {{tls: {{ca-file: {ca}, client: {client}}}}}}}\n", "utf-8")
    found = {"DASK_CONFIG": str(settings)}
    code, _, errors = run(campaign, tmp_path / "out", "--scheduler", encrypted, environment=found)
    assert code == 0, errors


def no_certificates(folder: Path, security: Security) -> dict[str, str]:
    """Nothing is named."""
    return {}


def missing_file(folder: Path, security: Security) -> dict[str, str]:
    """A file that is named is not there."""
    return written(folder, security) | {f"{TLS}CLIENT__CERT": str(folder / "nowhere.pem")}


def no_certificate(folder: Path, security: Security) -> dict[str, str]:
    """A file that is named is no certificate."""
    named = written(folder, security)
    (folder / "CA_FILE").write_text("nothing\n", "utf-8")
    return named


def wrong_key(folder: Path, security: Security) -> dict[str, str]:
    """The key belongs to another certificate."""
    other = written(folder.with_name("others"), Security.temporary())
    return written(folder, security) | {f"{TLS}CLIENT__KEY": other[f"{TLS}CLIENT__KEY"]}


def other_authority(folder: Path, security: Security) -> dict[str, str]:
    """Another authority has signed what this side has."""
    return written(folder, Security.temporary())


def unknown_to_the_scheduler(folder: Path, security: Security) -> dict[str, str]:
    """This side knows the scheduler, which does not know this side."""
    own = written(folder.with_name("others"), Security.temporary())
    return own | {f"{TLS}CA_FILE": written(folder, security)[f"{TLS}CA_FILE"]}


FAULTY = (*(no_certificates, missing_file, no_certificate), *(wrong_key, other_authority, unknown_to_the_scheduler))


@pytest.mark.parametrize("faulty", FAULTY, ids=lambda faulty: faulty.__name__)
def test_certificates_that_do_not_do(
    faulty: Callable[[Path, Security], dict[str, str]],
    campaign: Path,
    encrypted: str,
    security: Security,
    tmp_path: Path,
) -> None:
    """Certificates that are missing, damaged or refused are one plain fault, and nothing is made."""
    named = faulty(tmp_path / "own", security)
    code, _, errors = run(campaign, tmp_path / "out", "--scheduler", encrypted, environment=named)
    assert_plain(code, errors, "U034")
    assert not (tmp_path / "out").exists()


def test_an_encrypted_scheduler_called_in_clear(encrypted: str) -> None:
    """The fault says that it may want ``tls://``."""
    (fault,) = refused(encrypted.replace("tls://", "tcp://"))
    assert fault.code == "U024" and "tls://" in str(fault.values["why_en"])


def test_a_scheduler_in_clear_called_encrypted(security: Security, campaign: Path, tmp_path: Path) -> None:
    """The other side does not encrypt."""
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


# --- what is no scheduler --------------------------------------------------------------------------------------


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
    """A web server."""

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
    """A port on which nothing listens."""
    with closing(socket.create_server((LOOPBACK, 0))) as server:
        port = server.getsockname()[1]
    yield port


def saying(data: bytes, *, then_closes: bool = False) -> Callable[[], Any]:
    """Return a server that says something to whoever connects."""

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
    """Return the head of a message of Dask with so many bytes, in frames of these lengths."""
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
    """Addresses that mean nothing, and names that no machine has, are told in ten seconds."""
    assert [fault.code for fault in refused(address)] == ["U024"]


def test_a_worker_instead_of_its_scheduler() -> None:
    """What speaks Dask and is no scheduler is told, too."""
    with local_cluster(1) as cluster:
        (worker,) = cluster.scheduler_info["workers"]
        assert [fault.code for fault in refused(worker)] == ["U024"]


@pytest.mark.parametrize("peer", ["web server", "a frame that never ends"])
def test_the_command_says_so(peer: str, campaign: Path, tmp_path: Path) -> None:
    """The command prints the fault and nothing else, and leaves no folder behind."""
    with PEERS[peer]() as port:
        code, _, errors = run(campaign, tmp_path / "out", "--scheduler", f"tcp://{LOOPBACK}:{port}")
    assert_plain(code, errors, "U024")
    assert not (tmp_path / "out").exists()


def test_within_a_running_loop() -> None:
    """Whoever calls from a loop of events gets the same fault."""
    import asyncio

    async def call() -> list[Fault]:
        return refused("tcp://nobody.invalid:8786")

    with ThreadPoolExecutor(1) as threads:  # the driver of a browser has a loop in this one
        assert [fault.code for fault in threads.submit(asyncio.run, call()).result()] == ["U024"]

"""What a build and the machines of a cluster send each other: data, in bytes that name no type of Python."""

import pickle
import pickletools
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, time
from pathlib import Path

import msgpack
import pytest
from distributed.protocol.utils import unpack_frames

from leaflet.faults import Fault, LeafletError, Place, RenderError, Report, fail
from leaflet.production.build import build
from leaflet.production.executors import cluster, wire_format
from leaflet.production.executors.cluster import make_batch
from leaflet.production.executors.wire_format import (
    decode_batch,
    decode_result,
    decode_setup,
    encode_batch,
    encode_error,
    encode_result,
    encode_setup,
)
from leaflet.production.materials import Materials
from leaflet.production.options import BuildOptions
from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker
from tests.production.build_processes import listing
from tests.production.test_cards import TREES, campaign
from tests.production.test_cluster import LOOPBACK, local_cluster
from tests.support import caught

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/campaign.toml"))
PERSONAL = Path(__file__).parents[2] / "examples" / "un-etablissement-2018" / "campaign.toml"

# What Dask says of itself.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def sent_by(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[BuildSetup, list[Batch]]:
    """Return the setup and the batches of a build."""
    sent: list[tuple[BuildSetup, list[Batch]]] = []

    def keep(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        sent.append((setup, [*batches]))
        return map(Worker(setup).make, sent[0][1])

    with monkeypatch.context() as patch:
        patch.setattr("leaflet.production.build.in_turn", keep)
        build(BuildOptions(campaign=path, out=folder, jobs=1, verify=False, keep_going=True))
    return sent[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_everything_comes_back(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Setups and batches come back equal, with the types that they had."""
    setup, batches = sent_by(path, tmp_path, monkeypatch)
    back = decode_setup(encode_setup(setup))
    assert (back.sink, back.verify) == (setup.sink, setup.verify)
    for name in set(Materials.__struct_fields__) - {"campaign", "contexts", "book", "schools"}:
        assert getattr(back.materials, name) == getattr(setup.materials, name), name
    assert back.materials.schools == []
    assert (back.materials.book.key, back.materials.book.letters) == (setup.materials.book.key, None)
    assert back.materials.contexts.academies == setup.materials.contexts.academies
    assert back.materials.contexts.shared == setup.materials.contexts.shared
    for name in set(type(setup.materials.campaign).__struct_fields__) - {"profile", "stock", "check"}:
        assert getattr(back.materials.campaign, name) == getattr(setup.materials.campaign, name), name
    for batch in batches:
        assert decode_batch(encode_batch(batch)) == batch


def test_days_and_hours_are_no_texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Dates, hours and paths come back as such."""
    setup, _ = sent_by(PERSONAL, tmp_path, monkeypatch)
    found = decode_setup(encode_setup(setup)).materials.campaign
    assert isinstance(found.election.vote.opens_on, date) and isinstance(found.election.vote.opens_at, time)
    assert isinstance(found.folder, Path) and isinstance(found.resources.folders[0].path, Path)


# --- what is not meant for this program ------------------------------------------------------------------------


def test_another_release_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A worker whose code differs makes nothing: its files would have other bytes."""
    setup, batches = sent_by(PERSONAL, tmp_path, monkeypatch)
    sent = encode_setup(setup)
    monkeypatch.setattr(wire_format, "program_digest", lambda: "another")
    cluster._worker.cache_clear()
    answer = make_batch(sent, encode_batch(batches[0]))
    assert [fault.code for fault in caught(lambda: decode_result(answer))] == ["W121"]


@pytest.mark.parametrize("data", [b"", b"\x80", b"\x93\x01\x02\x03", b"\xc1", pickle.dumps([1]), b"\x81\xa3key\xc0"])
def test_bytes_of_something_else(data: bytes) -> None:
    """Bytes that are no setup, batch or result are a fault."""
    for decode in (decode_setup, decode_batch, decode_result):
        assert [fault.code for fault in caught(lambda decode=decode: decode(data))] == ["W121"]


# --- faults ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error",
    [
        fail("M204", Place(file="leaflet.xml", line=3), problem="…"),
        fail("W101", Place(file="out"), problem="No space left on device"),
        RenderError([Fault("F201", Place(), {"step": 2, "steps": 4, "percent": 95.5, "a": (1, date(2026, 12, 3))})]),
    ],
)
def test_an_error_is_raised_again(error: LeafletError) -> None:
    """What a worker raises is raised by the build, with the same messages."""
    with pytest.raises(type(error)) as caught_again:
        decode_result(encode_error(error))
    for before, after in zip(error.faults, caught_again.value.faults, strict=True):
        assert [before.lines(lang) for lang in ("en", "fr")] == [after.lines(lang) for lang in ("en", "fr")]
        assert all(isinstance(value, str | int | float) for value in after.values.values())


def test_faults_of_records_come_back() -> None:
    """A result keeps the places and levels of its faults, and the files that it holds."""
    report = Report()
    report.add("F202", Place(file="cartes", record="0370035M"))
    result = BatchResult("cartes", ("a.pdf",), [], [*report], [("a.pdf", b"%PDF", True)])
    assert decode_result(encode_result(result)) == result


def test_a_mistake_says_no_values() -> None:
    """A mistake of the program on a worker comes back with its place, and without what it was about."""

    class Broken:
        def make(self, batch: Batch) -> BatchResult:
            raise ValueError("Camille Cerisier")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "_worker", lambda setup: Broken())
        patch.setattr(cluster, "decode_batch", lambda batch: batch)
        (fault,) = caught(lambda: decode_result(make_batch(b"", b"")))
    assert fault.code == "W120" and "Cerisier" not in str(fault.values)


# --- what crosses the network ----------------------------------------------------------------------------------


class Tap:
    """A port that hands everything on to a scheduler and back, and keeps it."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("tcp://").split(":")
        self._target = host, int(port)
        self._listening = socket.create_server((LOOPBACK, 0))
        self.address = f"tcp://{LOOPBACK}:{self._listening.getsockname()[1]}"
        self.sent: list[bytearray] = []
        self.received: list[bytearray] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._listening.accept()
                there = socket.create_connection(self._target)
                for kept, source, target in ((self.sent, here, there), (self.received, there, here)):
                    kept.append(bytearray())
                    threading.Thread(target=self._hand_on, args=(kept[-1], source, target), daemon=True).start()

    def _hand_on(self, kept: bytearray, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(1 << 16):
                kept += data
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Listen no longer."""
        self._listening.close()


@contextmanager
def tapped(address: str) -> Iterator[Tap]:
    """A tap on the line to a scheduler."""
    tap = Tap(address)
    try:
        yield tap
    finally:
        tap.close()


def frames_of(streams: Iterable[bytearray]) -> Iterator[bytes]:
    """Yield the frames of all messages of Dask in some streams."""
    for stream in streams:
        rest = bytes(stream)
        while rest:
            size = int.from_bytes(rest[:8], "little")
            message, rest = rest[8 : 8 + size], rest[8 + size :]
            yield from map(bytes, unpack_frames(message))


def pickles_in(value: object) -> Iterator[bytes]:
    """Yield all pickles in a value, those within others too."""
    if isinstance(value, bytes):
        if value[:1] == b"\x80" and value[-1:] == b".":
            yield value
            for _, inner, _ in pickletools.genops(value):
                yield from pickles_in(inner)
        else:
            with suppress(ValueError, msgpack.UnpackException):
                yield from pickles_in(msgpack.unpackb(value, strict_map_key=False, use_list=False))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from pickles_in(key)
            yield from pickles_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from pickles_in(inner)


def named_by(data: bytes) -> set[str]:
    """Return the modules and names that a pickle has imported."""
    found, texts = set(), list[str]()
    for code, value, _ in pickletools.genops(data):
        if code.name == "GLOBAL":
            found.add(str(value).replace(" ", "."))
        elif code.name == "STACK_GLOBAL":
            found.add(".".join(texts[-2:]))
        elif isinstance(value, str):
            texts.append(value)
    return found


def test_data_cross_and_no_objects(tmp_path: Path) -> None:
    """Pickles name one function of the program; names of people are in bytes that are a batch, and nowhere else."""
    path = campaign(tmp_path)
    build(BuildOptions(campaign=path, out=tmp_path / "here", jobs=1))
    with local_cluster(1) as found, tapped(found.scheduler_address) as tap:
        build(BuildOptions(campaign=path, out=tmp_path / "out", scheduler=tap.address))
    assert listing(tmp_path / "out") == listing(tmp_path / "here")

    pickles = [data for frame in frames_of(tap.sent + tap.received) for data in pickles_in(frame)]
    ours = {name for data in pickles for name in named_by(data) if name.startswith("leaflet")}
    assert ours == {f"{make_batch.__module__}.{make_batch.__name__}"}

    inside = [value for data in pickles for _, value, _ in pickletools.genops(data)]
    with_names = [value for value in inside if isinstance(value, bytes) and TREES[0].encode() in value]
    batches = [value for value in with_names if value[:1] != b"\x80"]
    assert [person.last_name for person in decode_batch(batches[0]).people["0370035M"]] == [*TREES]
    left = b"".join(frames_of(tap.sent + tap.received))
    for batch in {*batches}:
        left = left.replace(batch, b"")
    assert not any(tree.encode() in left for tree in TREES)

"""Memory grows by the lists alone: all other memory is bounded."""

import gc
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.generate import COUNTRY, write_campaign
from leaflet.campaign import Document
from leaflet.production import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.document import DocumentMaker, file_name
from leaflet.production.manifest import Entry
from leaflet.production.materials import Materials
from leaflet.production.origins import Origin, Origins
from leaflet.production.worker import Batch, BatchResult, BuildSetup
from tests.support import peak_of

pytestmark = pytest.mark.drill

FEW, MANY = 1_000, 6_000
MOST = 2_000  # bytes a school: its row and its entry in the manifest, and in an archive its directory entry


def without_pages(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
    """Make empty files, so that a build does everything else."""
    for batch in batches:
        document, entries = batch.document, []
        origins = Origins(setup.materials.contexts)
        for school in batch.schools:
            name = file_name(document, school, grouped=setup.materials.is_large)
            setup.sink.write(name, b"")
            origin = origins.of(document, school, batch.making, batch.people)
            entries.append(entry_of(document.name, school.key, name, origin))
        yield BatchResult(document.name, tuple(entry.file for entry in entries), entries)


def entry_of(document: str, uai: str, name: str, origin: Origin) -> Entry:
    digest = sha256(name.encode()).hexdigest()
    return Entry(uai, document, name, 0, digest, making=origin.making, context=origin.context, row=origin.row)


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_school_more_takes_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Memory for each school is bounded, measured between a thousand schools and some thousand more."""
    monkeypatch.setattr(build, "in_turn", without_pages)
    peaks = []
    for number, schools in enumerate((1, FEW, MANY)):  # the first one fills what is remembered
        campaign = write_campaign(tmp_path / f"{number}", schools, COUNTRY)
        options = BuildOptions(campaign=campaign, out=tmp_path / f"{number}-{name}", jobs=1, verify=False)
        peak, done = peak_of(build.build, options)
        peaks.append(peak)
        assert done.made == schools
    assert (peaks[2] - peaks[1]) / (MANY - FEW) < MOST


def test_a_document_more_leaves_no_maker_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What made the files of a document is let go of a few documents later, whatever holds it in a circle."""
    alive: list[int] = []

    class Counted(DocumentMaker):
        def __init__(self, materials: Materials, document: Document) -> None:
            super().__init__(materials, document)
            alive.append(sum(type(found) is Counted for found in gc.get_objects()))

    monkeypatch.setattr("leaflet.production.worker.DocumentMaker", Counted)
    monkeypatch.setattr("leaflet.production.worker._MOST_MAKERS", 3)
    campaign = write_campaign(tmp_path / "campaign", schools=1)
    head, mark, document = campaign.read_text("utf-8").partition("[[document]]")
    documents = (f'{mark}\nname = "{number}"{document}' for number in range(10))
    campaign.write_text(head + "".join(documents), "utf-8")
    done = build.build(BuildOptions(campaign=campaign, out=tmp_path / "out", jobs=1, verify=False))
    assert done.made == len(alive) == 10
    assert max(alive) <= 3

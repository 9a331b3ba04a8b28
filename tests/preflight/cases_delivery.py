"""Output folders that are not what their lists say, and some that just are."""

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace
from reportlab.pdfgen.canvas import Canvas

from leaflet.campaign import Campaign, load_campaign
from leaflet.faults import Report
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.production.manifest import Entry, Manifest, read_manifest
from leaflet.production.packing_list import Bundle, packing_csv
from leaflet.tables import School, load_schools
from tests.preflight.samples import DAY, Case, Cases, Sample, drawn
from tests.support import EXAMPLE, later, listing_of, school

Change = Callable[[Path], object]
UAIS = ("0370035M", "0370036N")
TOURS = school("Lycée Descartes", key=UAIS[0], copies=4), school("Lycée Balzac", key=UAIS[1], copies=6)


@cache
def campaign() -> Campaign:
    return load_campaign(EXAMPLE / "campaign.toml", Report())


@cache
def schools() -> tuple[School, ...]:
    return tuple(load_schools(EXAMPLE / "ecoles.csv", report=Report()))


WITH_CAMPAIGN = Context(day=DAY, campaign=campaign())


def page_of(text: str) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.drawString(72, 700, text)


def output(folder: Path) -> OutputFolder:
    return OutputFolder(folder=folder, manifest=read_manifest(folder), files=sorted(folder.rglob("*.pdf")))


def write_manifest(folder: Path, entries: Sequence[Entry]) -> None:
    (folder / "manifest.json").write_bytes(listing_of(entries))


def manifest_of(folder: Path) -> Manifest:
    found = read_manifest(folder)
    assert found is not None
    return found


@later
def built(folder: Path, *changes: Change) -> OutputFolder:
    """Two leaflets and their manifest, changed afterwards."""
    entries = []
    for uai in UAIS:
        data, name = drawn(page_of(uai)), f"leaflet-a4/{uai}.pdf"
        (folder / "leaflet-a4").mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
        digest = sha256(data).hexdigest()
        entries.append(Entry(record=uai, document="leaflet-a4", file=name, pages=1, sha256=digest))
    write_manifest(folder, entries)
    for change in changes:
        change(folder)
    return output(folder)


def first(folder: Path) -> Path:
    return folder / "leaflet-a4" / f"{UAIS[0]}.pdf"


def lose(folder: Path) -> None:
    first(folder).unlink()


def resave(folder: Path) -> None:
    first(folder).write_bytes(first(folder).read_bytes() + b"\n")


def add(*names: str) -> Change:
    return lambda folder: [(folder / name).write_bytes(drawn(page_of("un autre"))) for name in names]


def lengthen(folder: Path) -> None:
    entries = manifest_of(folder).entries
    write_manifest(folder, [replace(entries[0], pages=2), *entries[1:]])


def list_twice(folder: Path) -> None:
    entries = manifest_of(folder).entries
    write_manifest(folder, [*entries, replace(entries[0], file="leaflet-a4/encore.pdf")])


@later
def listed(folder: Path, *uais: str, documents: Sequence[str] = ()) -> OutputFolder:
    """A manifest with these schools for all documents of the campaign; its files are not needed."""
    names = [document.name for document in campaign().documents]
    pairs = [(uai, name) for name in (*names, *documents) for uai in uais]
    entries = [Entry(record=u, document=d, file=f"{d}/{u}.pdf", pages=2, sha256="") for u, d in pairs]
    write_manifest(folder, entries)
    return output(folder)


@later
def printed(folder: Path, *changes: Change, schools: Sequence[School] = TOURS) -> OutputFolder:
    """A print run of leaflets of one page behind sheets of one page, changed afterwards."""
    bundles, page = [], 1
    for number, one in enumerate(schools, 1):
        copies = one.copies or 1
        bundles.append(Bundle(number=number, volume=1, first=page, last=page + copies, school=one, copies=copies))
        page += 1 + copies
    (folder / "packing-list-essai.csv").write_bytes(b"".join(packing_csv(bundles)))
    (folder / "print-run-essai.pdf").write_bytes(volume(bundles))
    for change in changes:
        change(folder)
    return output(folder)


def volume(bundles: Sequence[Bundle]) -> bytes:
    texts = [text for b in bundles for text in (f"Liasse {b.school.key}", *["Je vote."] * b.copies)]

    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts, 1):
            page_of(text)(canvas)
            if number < len(texts):
                canvas.showPage()
                canvas.setFont("sample", 12)

    return drawn(draw)


@later
def relist(folder: Path, old: str, new: str) -> None:
    path = folder / "packing-list-essai.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def cut_volume(folder: Path) -> None:
    (folder / "print-run-essai.pdf").write_bytes(drawn(page_of(f"Liasse {UAIS[0]}")))


def lose_volume(folder: Path) -> None:
    (folder / "print-run-essai.pdf").unlink()


def number_volume(folder: Path) -> None:
    (folder / "print-run-essai.pdf").rename(folder / "print-run-essai-01.pdf")


def sample(what: str, make: Callable[[Path], OutputFolder], context: Context | None = None) -> Sample:
    return Sample(what, output=make) if context is None else Sample(what, output=make, context=context)


ALL = tuple(one.key for one in schools())
BALZAC = replace(next(one for one in schools() if one.key == "0370036N"), line=2)
SOUND = sample("the folder as it was written", built())
SOUND_RUN = sample("the print run as it was written", printed())

CASES: Cases = {
    "K901": Case(broken=sample("a file was deleted", built(lose)), near=SOUND),
    "K902": Case(broken=sample("a file more", built(add("leaflet-a4/autre.pdf"))),
                 near=sample("a print run and labels in the same folder",
                             built(add("print-run-leaflet-a4.pdf", "packing-list.pdf", "address-labels.pdf")))),
    "K903": Case(broken=sample("a file with a line break more", built(resave)), near=SOUND),
    "K904": Case(broken=sample("a manifest that counts a page more", built(lengthen)), near=SOUND),
    "K905": Case(broken=sample("a school listed twice for one document", built(list_twice)), near=SOUND),
    "K906": Case(broken=sample("all schools but one", listed(*ALL[1:]), WITH_CAMPAIGN),
                 near=sample("all schools", listed(*ALL), WITH_CAMPAIGN)),
    "K907": Case(broken=sample("a school that the list does not have", listed(*ALL, "0379999T"), WITH_CAMPAIGN),
                 near=sample("fewer schools than the list has", listed(*ALL[1:]), WITH_CAMPAIGN)),
    "K911": Case(broken=sample("a packing list saved with commas", printed(relist('";"', '","'))), near=SOUND_RUN),
    "K912": Case(broken=sample("a volume that is not there", printed(lose_volume)),
                 near=sample("one volume, with a number", printed(number_volume))),
    "K913": Case(broken=sample("a volume cut to one page", printed(cut_volume)), near=SOUND_RUN),
    "K914": Case(broken=sample("a copy less than pages", printed(relist('"6";"7"', '"5";"7"'))), near=SOUND_RUN),
    "K915": Case(broken=sample("a school listed twice", printed(relist(UAIS[1], UAIS[0]))), near=SOUND_RUN),
    "K916": Case(broken=sample("Descartes before Balzac, in one commune", printed()),
                 near=sample("Balzac before Descartes", printed(schools=TOURS[::-1]))),
    "K917": Case(broken=sample("a copy less than the list says", printed(schools=[replace(BALZAC, copies=2)]),
                               WITH_CAMPAIGN),
                 near=sample("as many as the list says", printed(schools=[BALZAC]), WITH_CAMPAIGN)),
    "K918": Case(broken=sample("the sheet of another school", printed(relist(UAIS[1], "0370001A"))), near=SOUND_RUN),
}  # fmt: skip

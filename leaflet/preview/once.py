"""Pictures as files: ``OUT/<document>-<uai>-p1.png``, all of them or none."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from leaflet.faults import Fault
from leaflet.preview.loading import PreviewOptions
from leaflet.preview.shown import Shown, View
from leaflet.preview.workshop import Workshop
from leaflet.production.build import choose_documents
from leaflet.production.outcome import Outcome
from leaflet.production.staging import Staging

_PAGE = re.compile(r"p([0-9]+)")


class PreviewResult(Struct, frozen=True, kw_only=True):
    """What was written.

    Args:
        paths: of the pictures, page after page.
        faults: what was noticed of the records shown: warnings and notes.
        others: faults of other rows of the lists.
        is_personal: whether pictures show names of people.
    """

    paths: tuple[Path, ...]
    faults: tuple[Fault, ...]
    others: int
    is_personal: bool


def preview(options: PreviewOptions) -> PreviewResult:
    """Draw the records asked for, of the document asked for or of all.

    Raises:
        LeafletError: with every fault of all these records; nothing was written then.
    """
    workshop = Workshop(options, clock=lambda: 0.0)
    loaded = workshop.load()
    documents = choose_documents(loaded.materials.campaign, options.document)
    views = [View(document=d.name, record=school.uai) for d in documents for school in loaded.wanted]
    seen = _Seen()
    paths = write_pictures(options.out, seen.make(workshop, views))
    return PreviewResult(
        paths=tuple(paths), faults=tuple(seen.outcome.report), others=seen.others, is_personal=seen.is_personal
    )


class _Seen(Struct):
    """What is noticed of views while they are made, one after the other, none of them kept."""

    outcome: Outcome = field(default_factory=Outcome)
    others: int = 0
    is_personal: bool = False

    def make(self, workshop: Workshop, views: Iterable[View]) -> Iterator[Shown]:
        for view in views:
            shown = workshop.show(view)
            self.outcome.add_faults(shown.faults)
            self.others = max(self.others, shown.others)
            self.is_personal |= shown.is_personal
            yield shown
        self.outcome.report.raise_errors()


def write_pictures(out: Path, views: Iterable[Shown]) -> list[Path]:
    """Write the pictures of views into a folder, all or none; a page that is no more loses its picture.

    Raises:
        RenderError: the folder cannot be written.
    """
    names: list[str] = []
    pages: dict[str, int] = {}
    with Staging(out) as staging:
        for shown in views:
            for picture in shown.pictures:
                name = f"{_stem(shown)}p{picture.number}.png"
                staging.write(name, picture.data, private=shown.is_personal)
                names.append(name)
                pages[_stem(shown)] = shown.pages
        staging.commit()
    for stem, count in pages.items():
        _remove_further(out, stem, count)
    return [out / name for name in names]


def _stem(shown: Shown) -> str:
    """How the names of a view's pictures begin; of people there is nothing in it."""
    assert shown.school is not None
    return f"{shown.document}-{shown.school.uai}-"


def _remove_further(out: Path, stem: str, count: int) -> None:
    for path in out.glob(f"{stem}p*.png"):
        number = _PAGE.fullmatch(path.stem.removeprefix(stem))
        if number is not None and int(number[1]) > count:
            path.unlink(missing_ok=True)

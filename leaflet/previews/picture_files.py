"""Write a preview as picture files: ``OUT/<document>-<uai>-p1.png``, all of them or none."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from leaflet.faults import Fault
from leaflet.previews.options import PreviewOptions
from leaflet.previews.view_cache import ViewCache
from leaflet.previews.views import RenderedView, View
from leaflet.production.inputs import choose_documents
from leaflet.production.outcome import Outcome
from leaflet.production.own_files import is_own
from leaflet.production.staging import Staging

_PAGE = re.compile(r"p([0-9]+)")


class PreviewResult(Struct, frozen=True, kw_only=True):
    """The pictures that were written.

    Args:
        paths: the picture files, page after page.
        faults: warnings and notes about the records shown.
        other_faults: the number of faults in other rows of the lists.
        is_personal: whether pictures show names of people.
    """

    paths: tuple[Path, ...]
    faults: tuple[Fault, ...]
    other_faults: int
    is_personal: bool


def preview(options: PreviewOptions) -> PreviewResult:
    """Draw the selected records, of the document asked for or of all.

    Raises:
        LeafletError: something is wrong with the campaign or with one of these records; with every fault. Nothing
            was written.
    """
    cache = ViewCache(options, clock=lambda: 0.0)
    loaded = cache.load()
    documents = choose_documents(loaded.materials.campaign, options.document)
    views = [View(document=d.name, record=school.uai) for d in documents for school in loaded.selected]
    summary = _Summary()
    paths = write_pictures(options.out, summary.render_all(cache, views), replace_others=options.replace_others)
    return PreviewResult(
        paths=tuple(paths),
        faults=tuple(summary.outcome.report),
        other_faults=summary.other_faults,
        is_personal=summary.is_personal,
    )


class _Summary(Struct):
    """A summary of all views, which are rendered one after the other and not kept.

    Args:
        outcome: the faults of all views.
        other_faults: the number of faults in other rows.
        is_personal: whether a view shows names of people.
    """

    outcome: Outcome = field(default_factory=Outcome)
    other_faults: int = 0
    is_personal: bool = False

    def render_all(self, cache: ViewCache, views: Iterable[View]) -> Iterator[RenderedView]:
        """Yield each view rendered; raise all errors together at the end."""
        for view in views:
            rendered = cache.render(view)
            self.outcome.add_faults(rendered.faults)
            self.other_faults = max(self.other_faults, rendered.other_faults)
            self.is_personal |= rendered.is_personal
            yield rendered
        self.outcome.report.raise_errors()


def write_pictures(out: Path, views: Iterable[RenderedView], *, replace_others: bool = False) -> list[Path]:
    """Write the pictures of views into a folder, all or none, and remove those of pages that no longer exist.

    Args:
        out: the folder.
        views: views without errors.
        replace_others: replace what has the names of the files, whoever made it.

    Returns:
        The files, page after page.

    Raises:
        RenderError: the folder cannot be written.
    """
    names: list[str] = []
    pages: dict[str, int] = {}
    with Staging(out, replace_others=replace_others) as staging:
        for rendered in views:
            for picture in rendered.pictures:
                name = f"{_stem(rendered)}p{picture.number}.png"
                staging.write(name, picture.data, private=rendered.is_personal)
                names.append(name)
                pages[_stem(rendered)] = rendered.pages
        staging.commit()
    for stem, count in pages.items():
        _remove_after(out, stem, count)
    return [out / name for name in names]


def _stem(rendered: RenderedView) -> str:
    """Return how the file names of a view's pictures begin; no name of a person is in it."""
    assert rendered.school is not None
    return f"{rendered.document}-{rendered.school.uai}-"


def _remove_after(out: Path, stem: str, count: int) -> None:
    """Remove our pictures of pages after the first `count` ones."""
    for path in out.glob(f"{stem}p*.png"):
        number = _PAGE.fullmatch(path.stem.removeprefix(stem))
        if number is not None and int(number[1]) > count and is_own(path):
            path.unlink(missing_ok=True)

"""One view made, or found made: a record of a document as pictures, with all that is wrong with it.

A view is made anew if and only if something it is made from has another content than before; of what it is made
from, only that is read again. When it cannot be made, its last good pages stay, marked as outdated.
"""

import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace

from leaflet.campaign import Document
from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, LeafletError, Place, Severity, fail
from leaflet.layout.face import Layout
from leaflet.markup.render import Compiled, Renderer, load_renderer
from leaflet.preview.loading import CampaignLoader, Loaded, PreviewOptions
from leaflet.preview.render import draw_pages
from leaflet.preview.shown import Around, Shown, View
from leaflet.preview.sources import Mark, Sources
from leaflet.production.build import choose_documents
from leaflet.production.document import DocumentMaker
from leaflet.records import FILTERS
from leaflet.resources import templates
from leaflet.tables import School

_VIEWS = 12  # views whose pages are kept
_HIGHEST_DPI = 300  # a poster of A3 is 17 million pixels then
_GRAVITY: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
Clock = Callable[[], float]


class _Kept(Struct, frozen=True, kw_only=True):
    """A view made, what it was made from, and how it was when it last was good."""

    mark: Mark
    document: Document | None
    shown: Shown
    good: Shown | None


class Workshop:
    """Makes the views of one campaign. Not for several threads at once: see `leaflet.preview.watch`.

    Args:
        clock: seconds from whenever; what tells how long a view took.
        most: pictures of a view; None for all its pages.
    """

    def __init__(self, options: PreviewOptions, clock: Clock, most: int | None = None) -> None:
        self.options = options
        self._clock, self._most = clock, most
        self._sources = Sources(campaign=options.campaign, printer=options.printer)
        self._loader = CampaignLoader(options, self._sources.files)
        self._loaded: tuple[str, Loaded | LeafletError] | None = None
        self._compiled = Compiled()
        self._renderers: dict[str, tuple[str, Renderer]] = {}
        self._makers: dict[str, tuple[Mark, DocumentMaker]] = {}
        self._views: OrderedDict[View, _Kept] = OrderedDict()
        self._made = 0

    def load(self) -> Loaded:
        """The campaign and its lists as they are now.

        Raises:
            LeafletError: with every fault known, if there is nothing to show.
        """
        mark = self._sources.inputs()
        if self._loaded is None or self._loaded[0] != mark:
            self._makers.clear()
            try:
                self._loaded = mark, self._loader.load()
            except LeafletError as error:
                self._loaded = mark, error
        loaded = self._loaded[1]
        if isinstance(loaded, LeafletError):
            raise type(loaded)(loaded.faults)
        return loaded

    def mark(self, view: View) -> Mark:
        """What a view would be made from now, as far as its document is known."""
        kept = self._views.get(view)
        return self._mark(self._sources.inputs(), kept.document if kept else None)

    def is_current(self, view: View) -> bool:
        """Whether a view was made, and from what is there now."""
        kept = self._views.get(view)
        return kept is not None and kept.mark == self.mark(view)

    def number(self, view: View) -> int:
        """The number of a view as it was made last; 0 if it never was."""
        kept = self._views.get(view)
        return kept.shown.number if kept else 0

    def picture(self, key: str) -> bytes | None:
        """A picture of the views kept, by its key."""
        pictures = (picture for kept in list(self._views.values()) for picture in kept.shown.pictures)
        return next((picture.data for picture in pictures if picture.key == key), None)

    def show(self, view: View) -> Shown:
        """A view as it is now; whatever goes wrong is in its faults."""
        if not self.is_current(view):
            start = self._clock()
            before = self._views.get(view)
            made = self._make(view, before.good if before else None)
            self._made += 1
            shown = replace(
                made.shown,
                number=self._made,
                seconds=self._clock() - start,
                changed=_differences(before.mark, made.mark) if before else (),
            )
            self._views[view] = replace(made, shown=shown, good=made.good if shown.errors else shown)
            if len(self._views) > _VIEWS:
                self._views.popitem(last=False)
        self._views.move_to_end(view)
        return self._views[view].shown

    def _make(self, view: View, good: Shown | None) -> _Kept:
        inputs = self._sources.inputs()  # marks are taken before what they stand for is read: late is harmless
        document: Document | None = None
        mark = self._mark(inputs, document)
        shown = good or Shown(number=0)
        try:
            loaded = self.load()
            document = choose_documents(loaded.materials.campaign, view.document or None)[0]
            mark = self._mark(inputs, document)
            shown = replace(shown, around=_around(loaded, None))
            school = loaded.find(view.record)
            shown = replace(shown, around=_around(loaded, school), school=good.school if good else school)
            maker = self._maker(loaded, document, mark)
            return _Kept(mark=mark, document=document, shown=self._draw(view, maker, loaded, school), good=good)
        except LeafletError as error:
            faults = error.faults
        except Exception as error:  # whatever it is: the next change may cure it
            faults = [_unexpected(error)]
        shown = replace(shown, faults=_told_once(faults), is_outdated=bool(shown.pictures))
        return _Kept(mark=mark, document=document, shown=shown, good=good)

    def _draw(self, view: View, maker: DocumentMaker, loaded: Loaded, school: School) -> Shown:
        place = Place(file=maker.document.name, record=school.uai)
        layout = _lay_out(maker, school, place)
        dpi = min(self.options.dpi * view.zoom // 100, _HIGHEST_DPI)
        file = maker.write(layout)
        faults, others = loaded.faults_of(school)
        if maker.is_tight(layout):
            faults.append(Fault("F201", place, maker.tightness(layout)))
        return Shown(
            number=0,
            document=maker.document.name,
            school=school,
            is_personal=maker.is_personal,
            dpi=dpi,
            pictures=draw_pages(file.data, dpi, self._most),
            pages=file.pages,
            faults=_told_once(faults),
            others=others,
            around=_around(loaded, school),
        )

    def _mark(self, inputs: str, document: Document | None) -> Mark:
        if document is None:
            return Mark(inputs=inputs)
        template = self._sources.template(document.template)
        return Mark(inputs=inputs, template=template, theme=self._sources.theme(document.theme, document.template))

    def _maker(self, loaded: Loaded, document: Document, mark: Mark) -> DocumentMaker:
        """A document's pipeline, made anew with its template, its theme or the campaign."""
        known = self._makers.get(document.name)
        if known is None or known[0] != mark:
            renderer = self._renderer(document.template, mark.template)
            known = self._makers[document.name] = mark, DocumentMaker(loaded.materials, document, renderer=renderer)
        return known[1]

    def _renderer(self, name: str, mark: str) -> Renderer:
        """A template, compiled again only if one of its files changed."""
        known = self._renderers.get(name)
        if known is None or known[0] != mark:
            known = self._renderers[name] = mark, load_renderer(templates(), name, FILTERS, self._compiled)
        return known[1]


def _lay_out(maker: DocumentMaker, school: School, place: Place) -> Layout:
    """What `DocumentMaker.lay_out` gives, or every fault there is in it."""
    records = list(maker.try_out(school))
    failed = [record for record in records if isinstance(record, LeafletError)]
    if failed:
        raise type(failed[0])(fault for error in failed for fault in error.faults)
    layout = maker.put_on_sheets(school, [record for record in records if isinstance(record, Layout)])
    if layout is None:
        raise fail("F202", place)
    return layout


def _around(loaded: Loaded, school: School | None) -> Around:
    walk = loaded.walk
    at = loaded.places.get(school.uai) if school else None
    return Around(
        documents=tuple(document.name for document in loaded.materials.campaign.documents),
        first=walk[0],
        longest=loaded.longest,
        shortest=loaded.shortest,
        previous=walk[at - 1] if at else None,
        next=walk[at + 1] if at is not None and at + 1 < len(walk) else None,
        position=0 if at is None else at + 1,
        total=len(walk),
    )


def _told_once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults without secrets, the grave ones first; what is wrong with a template is not said for each person."""
    told: dict[tuple[object, ...], Fault] = {}
    for fault in map(hide_secrets, faults):
        place = fault.place
        told.setdefault((fault.code, place.file, place.line, place.cell, place.field, fault.reason("en")), fault)
    return tuple(sorted(told.values(), key=lambda fault: _GRAVITY[fault.severity]))


def _unexpected(error: Exception) -> Fault:
    """A mistake of the program as a fault: what and where it is, nothing of the values, which may be names."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return Fault("W120", Place(), {"problem": f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"})


def _differences(before: Mark, after: Mark) -> tuple[str, ...]:
    """What has changed, of what is known of both."""
    now = asdict(after)
    return tuple(name for name, old in asdict(before).items() if old and now[name] and old != now[name])

"""Render views as pictures, and keep them until something they are made from changes.

A view is rendered again if and only if the content of a file it is made from has changed; only what changed is read
again. If a view cannot be rendered, its last good pages stay and are marked as outdated.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable

from msgspec import Struct
from msgspec.structs import asdict, replace

from leaflet.campaign import Document
from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, LeafletError, Place, Severity, fail, unexpected_fault
from leaflet.layout.face import Layout
from leaflet.markup.render import Renderer, load_renderer
from leaflet.previews.loading import CampaignLoader, LoadedCampaign
from leaflet.previews.options import PreviewOptions
from leaflet.previews.sources import Fingerprint, SourceFiles
from leaflet.previews.views import Navigation, RenderedView, View, draw_pages
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import choose_documents
from leaflet.production.printed_facts import explain_blanks
from leaflet.records import FILTERS
from leaflet.tables import School

_MAX_VIEWS = 12  # views kept
_MAX_DPI = 300  # at which an A3 poster has 17 million pixels
_SEVERITY_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
Clock = Callable[[], float]


class _CachedView(Struct, frozen=True, kw_only=True):
    """A rendered view and what it was made from.

    Args:
        fingerprint: the content that it was made from.
        document: its document; None if it is not known.
        rendered: the view.
        good: the view when it last had no errors.
    """

    fingerprint: Fingerprint
    document: Document | None
    rendered: RenderedView
    good: RenderedView | None


class ViewCache:
    """The views of one campaign. Not for several threads at once.

    Args:
        options: the campaign and what is shown of it.
        clock: returns seconds since any start, to measure how long a view takes.
        most: how many pages of a view are drawn; None for all.
    """

    def __init__(self, options: PreviewOptions, clock: Clock, most: int | None = None) -> None:
        self.options = options
        self._clock, self._most = clock, most
        self._sources = SourceFiles(campaign=options.campaign, printer=options.printer)
        self._loader = CampaignLoader(options, self._sources.digests)
        self._loaded: tuple[str, LoadedCampaign | LeafletError] | None = None
        self._renderers: dict[str, tuple[str, Renderer]] = {}
        self._makers: dict[str, tuple[Fingerprint, DocumentMaker]] = {}
        self._views: OrderedDict[View, _CachedView] = OrderedDict()
        self._count = 0

    def load(self) -> LoadedCampaign:
        """Load the campaign and its lists if they have changed.

        Raises:
            LeafletError: nothing can be shown; with every fault known.
        """
        digest = self._sources.digest_inputs()
        if self._loaded is None or self._loaded[0] != digest:
            self._makers.clear()
            try:
                self._loaded = digest, self._loader.load()
            except LeafletError as error:
                self._loaded = digest, error
        loaded = self._loaded[1]
        if isinstance(loaded, LeafletError):
            raise type(loaded)(loaded.faults)
        return loaded

    def fingerprint(self, view: View) -> Fingerprint:
        """Return the fingerprint that a view would have now, as far as its document is known."""
        cached = self._views.get(view)
        return self._sources.fingerprint(self._sources.digest_inputs(), cached.document if cached else None)

    def is_current(self, view: View) -> bool:
        """Check whether a view was rendered from the files as they are now."""
        cached = self._views.get(view)
        return cached is not None and cached.fingerprint == self.fingerprint(view)

    def number(self, view: View) -> int:
        """Return the number of a view as it was rendered last; 0 if it never was."""
        cached = self._views.get(view)
        return cached.rendered.number if cached else 0

    def find_picture(self, key: str) -> bytes | None:
        """Return a picture of a cached view by its key; None if there is none."""
        pictures = (picture for cached in list(self._views.values()) for picture in cached.rendered.pictures)
        return next((picture.data for picture in pictures if picture.key == key), None)

    def render(self, view: View) -> RenderedView:
        """Return a view as it is now, rendered if it is not current; all that goes wrong is in its faults."""
        if not self.is_current(view):
            start = self._clock()
            before = self._views.get(view)
            made = self._render(view, before.good if before else None)
            self._count += 1
            rendered = replace(
                made.rendered,
                number=self._count,
                seconds=self._clock() - start,
                changed=_changed_parts(before.fingerprint, made.fingerprint) if before else (),
            )
            good = made.good if rendered.errors else rendered
            self._views[view] = replace(made, rendered=rendered, good=good)
            if len(self._views) > _MAX_VIEWS:
                self._views.popitem(last=False)
        self._views.move_to_end(view)
        return self._views[view].rendered

    def _render(self, view: View, good: RenderedView | None) -> _CachedView:
        # Fingerprints are taken before the files are read: a change in between only renders the view once more.
        inputs = self._sources.digest_inputs()
        document: Document | None = None
        fingerprint = self._sources.fingerprint(inputs, document)
        rendered = good or RenderedView(number=0)
        try:
            loaded = self.load()
            document = choose_documents(loaded.materials.campaign, view.document or None)[0]
            fingerprint = self._sources.fingerprint(inputs, document)
            rendered = replace(rendered, navigation=_navigation(loaded, None))
            school = loaded.find(view.record)
            navigation = _navigation(loaded, school)
            rendered = replace(rendered, navigation=navigation, school=good.school if good else school)
            maker = self._document_maker(loaded, document, fingerprint)
            drawn = self._draw(view, maker, loaded, school)
            return _CachedView(fingerprint=fingerprint, document=document, rendered=drawn, good=good)
        except LeafletError as error:
            faults = self._explain(error)
        except Exception as error:  # the next change may cure even a mistake of the program
            faults = [unexpected_fault(error)]
        rendered = replace(rendered, faults=_without_repeats(faults), is_outdated=bool(rendered.pictures))
        return _CachedView(fingerprint=fingerprint, document=document, rendered=rendered, good=good)

    def _explain(self, error: LeafletError) -> list[Fault]:
        """Return the faults of an error; a blank in a template is explained by all facts that the campaign lacks."""
        try:
            loaded = self.load()
        except LeafletError:
            return error.faults
        materials = loaded.materials
        return explain_blanks(error, materials, materials.campaign.documents, loaded.schools).faults

    def _draw(self, view: View, maker: DocumentMaker, loaded: LoadedCampaign, school: School) -> RenderedView:
        place = Place(file=maker.document.name, record=school.uai)
        layout = _lay_out(maker, school, place)
        dpi = min(self.options.dpi * view.zoom // 100, _MAX_DPI)
        file = maker.write(layout)
        faults, others = loaded.split_faults(school)
        faults += maker.notes(school, layout)
        return RenderedView(
            number=0,
            document=maker.document.name,
            school=school,
            is_personal=maker.is_personal,
            dpi=dpi,
            pictures=draw_pages(file.data, dpi, self._most),
            pages=file.pages,
            faults=_without_repeats(faults),
            other_faults=others,
            navigation=_navigation(loaded, school),
        )

    def _document_maker(self, loaded: LoadedCampaign, document: Document, fingerprint: Fingerprint) -> DocumentMaker:
        """Return the pipeline of a document; a new one if its template, its theme or the campaign changed."""
        known = self._makers.get(document.name)
        if known is None or known[0] != fingerprint:
            renderer = self._renderer(document.template, fingerprint.template)
            maker = DocumentMaker(loaded.materials, document, renderer=renderer)
            known = self._makers[document.name] = fingerprint, maker
        return known[1]

    def _renderer(self, name: str, digest: str) -> Renderer:
        """Return a template, compiled again only if one of its files changed."""
        known = self._renderers.get(name)
        if known is None or known[0] != digest:
            renderer = load_renderer(self._sources.resources, name, FILTERS)
            known = self._renderers[name] = digest, renderer
        return known[1]


def _lay_out(maker: DocumentMaker, school: School, place: Place) -> Layout:
    """Lay a school's records out as `DocumentMaker.lay_out` does, but raise all their faults together."""
    records = list(maker.try_out(school))
    failed = [record for record in records if isinstance(record, LeafletError)]
    if failed:
        raise type(failed[0])(fault for error in failed for fault in error.faults)
    layout = maker.put_on_sheets(school, [record for record in records if isinstance(record, Layout)])
    if layout is None:
        raise fail("F202", place)
    return layout


def _navigation(loaded: LoadedCampaign, school: School | None) -> Navigation:
    schools = loaded.browsed
    at = loaded.positions.get(school.uai) if school else None
    return Navigation(
        documents=tuple(document.name for document in loaded.materials.campaign.documents),
        first=schools[0],
        longest=loaded.longest,
        shortest=loaded.shortest,
        previous=schools[at - 1] if at else None,
        next=schools[at + 1] if at is not None and at + 1 < len(schools) else None,
        position=0 if at is None else at + 1,
        total=len(schools),
    )


def _without_repeats(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults without secrets, the gravest first; a fault of a template appears once, not for each person."""
    distinct: dict[tuple[object, ...], Fault] = {}
    for fault in map(hide_secrets, faults):
        place = fault.place
        distinct.setdefault((fault.code, place.file, place.line, place.cell, place.field, fault.reason("en")), fault)
    return tuple(sorted(distinct.values(), key=lambda fault: _SEVERITY_ORDER[fault.severity]))


def _changed_parts(before: Fingerprint, after: Fingerprint) -> tuple[str, ...]:
    """Return the names of the parts that differ, of those that both have."""
    now = asdict(after)
    return tuple(name for name, old in asdict(before).items() if old and now[name] and old != now[name])

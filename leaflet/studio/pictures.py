"""Draw real pages of the campaign as pictures, also while facts are missing: their places are marked as blank.

A fact that nobody gave has an example in its place while a page is laid out, so that the page can be seen; the
picture hatches it. Nothing with examples in it is ever written into a file.
"""

import hashlib
from collections import OrderedDict
from io import BytesIO
from typing import Any

import pypdfium2
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image, ImageFilter, ImageOps

from leaflet.campaign import Campaign, Document, load_academies
from leaflet.campaign.fields import with_example
from leaflet.faults import DataError, Fault, LeafletError, Place, Report, fail
from leaflet.geometry import Box
from leaflet.layout.face import Face, Layout
from leaflet.preview.loading import CampaignLoader, LoadedCampaign
from leaflet.preview.options import PreviewOptions
from leaflet.preview.sources import SourceFiles
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import choose_documents
from leaflet.production.materials import Materials
from leaflet.production.missing import find_missing, missing_faults
from leaflet.records import RecordContexts
from leaflet.rendering import render_image
from leaflet.studio.folder import MADE, CampaignFolder
from leaflet.tables import School

_MOST_PICTURES = 60
_WIDTHS = (200, 2400)  # of pictures, in pixels
_COPY_GREYS = 0.9  # how a copier darkens
# Blocks of a page, by the part of the campaign that they show.
_FIELDS_OF = {
    "hero": "title",
    "dates": "vote.opens_on",
    "message": "publisher.message.text",
    "address": "links.portal",
    "safety": "links.portal",
    "screen": "steps",
    "tiles": "steps",
    "tile": "steps",
    "steps": "steps",
    "memo": "memo.lines",
    "legal": "publisher.address",
}


class Picture(Struct, frozen=True, kw_only=True):
    """A page as a picture, and where its parts are."""

    key: str
    data: bytes
    width: int
    height: int
    document: str
    page: int
    pages: int
    school: School
    index: int
    total: int
    zones: tuple[dict[str, Any], ...]
    faults: tuple[Fault, ...]
    seconds: float


class PictureRequest(Struct, frozen=True, kw_only=True):
    """A request for a picture.

    Args:
        document: the name of a document; empty for the first.
        of: a line of the list, or ``first``, ``longest`` or ``shortest``.
        page: from 1.
        width: in pixels.
        view: on a screen, or photocopied.
    """

    document: str = ""
    of: str = "first"
    page: int = 1
    width: int = 900
    view: str = "screen"


class Pictures:
    """The pictures of one campaign; a page is drawn again only if the campaign has changed.

    Args:
        folder: of the campaign.
    """

    def __init__(self, folder: CampaignFolder) -> None:
        self._folder = folder
        self._sources = SourceFiles(campaign=folder.campaign)
        options = PreviewOptions(campaign=folder.campaign, out=folder.path / MADE)
        self._loader = CampaignLoader(options, self._sources.digests)
        self._loaded: tuple[str, LoadedCampaign, Materials, frozenset[str]] | None = None
        self._makers: dict[str, tuple[str, DocumentMaker]] = {}
        self._laid_out: OrderedDict[tuple[str, str, str], Layout] = OrderedDict()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    def load(self) -> tuple[str, LoadedCampaign, Materials, frozenset[str]]:
        """Return the campaign's digest, what was loaded, the same with examples, and the facts these stand for.

        Raises:
            LeafletError: nothing can be shown.
        """
        self._sources = SourceFiles(campaign=self._folder.campaign, digests=self._sources.digests)
        digest = self._sources.digest_inputs()
        if self._loaded is None or self._loaded[0] != digest:
            loaded = self._loader.load()
            materials = loaded.materials
            blanks = frozenset(find_missing(materials, materials.campaign.documents, loaded.schools))
            self._loaded = digest, loaded, _with_examples(materials, blanks), blanks
            self._makers.clear()
            self._laid_out.clear()
        return self._loaded

    def materials(self) -> Materials:
        """Return what documents are made from, without examples.

        Raises:
            LeafletError: the campaign or a list cannot be read.
        """
        return self.load()[1].materials

    def blanks(self) -> frozenset[str]:
        """Return the facts that the documents print and nobody gave.

        Raises:
            LeafletError: the campaign or a list cannot be read.
        """
        return self.load()[3]

    def write_first(self) -> bytes:
        """Return the file of the first school, as it is made.

        Raises:
            LeafletError: a fact is missing, or it does not fit.
        """
        digest, loaded, materials, blanks = self.load()
        document = materials.campaign.documents[0]
        if blanks:
            raise DataError(missing_faults(loaded.materials, [document], loaded.schools))
        maker = self._maker(digest, materials, document)
        return maker.write(self._lay_out(digest, maker, document, loaded.find(""))).data

    def find(self, key: str) -> bytes | None:
        """Return a picture drawn before; None if it is not kept any more."""
        return self._pictures.get(key)

    def draw(self, request: PictureRequest) -> Picture:
        """Draw one page.

        Raises:
            LeafletError: it cannot be laid out; with every fault of the record.
        """
        start = self._folder.surroundings.seconds()
        digest, loaded, materials, blanks = self.load()
        document = choose_documents(materials.campaign, request.document or None)[0]
        school = _find(loaded, request.of)
        maker = self._maker(digest, materials, document)
        layout = self._lay_out(digest, maker, document, school)
        page = min(max(1, request.page), len(layout.faces))
        face = layout.faces[page - 1]
        data, width, height = _render(maker.write(layout).data, page, request)
        key = hashlib.sha256(data).hexdigest()[:24]
        self._pictures[key] = data
        self._pictures.move_to_end(key)
        if len(self._pictures) > _MOST_PICTURES:
            self._pictures.popitem(last=False)
        faults = [Fault("F201", Place(record=school.uai), maker.tightness(layout))] if maker.is_tight(layout) else []
        return Picture(
            key=key,
            data=data,
            width=width,
            height=height,
            document=document.name,
            page=page,
            pages=len(layout.faces),
            school=school,
            index=loaded.positions.get(school.uai, 0) + 1,
            total=len(loaded.browsed),
            zones=tuple(_zones(face, materials.campaign, blanks)),
            faults=tuple(faults),
            seconds=self._folder.surroundings.seconds() - start,
        )

    def _maker(self, digest: str, materials: Materials, document: Document) -> DocumentMaker:
        known = self._makers.get(document.name)
        if known is None or known[0] != digest:
            known = self._makers[document.name] = digest, DocumentMaker(materials, document)
        return known[1]

    def _lay_out(self, digest: str, maker: DocumentMaker, document: Document, school: School) -> Layout:
        key = digest, document.name, school.uai
        if key not in self._laid_out:
            records = list(maker.try_out(school))
            failed = [record for record in records if isinstance(record, LeafletError)]
            if failed:
                raise type(failed[0])(fault for error in failed for fault in error.faults)
            layout = maker.put_on_sheets(school, [record for record in records if isinstance(record, Layout)])
            if layout is None:
                raise fail("F202", Place(file=document.name, record=school.uai))
            self._laid_out[key] = layout
            if len(self._laid_out) > _MOST_PICTURES:
                self._laid_out.popitem(last=False)
        self._laid_out.move_to_end(key)
        return self._laid_out[key]


def _with_examples(materials: Materials, blanks: frozenset[str]) -> Materials:
    """Return what documents are made from with examples in the place of missing facts."""
    if not blanks:
        return materials
    campaign = materials.campaign
    for field in sorted(blanks):
        campaign = with_example(campaign, field)
    contexts = RecordContexts(campaign, load_academies(campaign.resources), Report())
    letters = materials.letters | frozenset(map(chr, range(32, 127)))
    return replace(materials, campaign=campaign, contexts=contexts, letters=letters)


def _find(loaded: LoadedCampaign, of: str) -> School:
    if of == "longest":
        return loaded.longest
    if of == "shortest":
        return loaded.shortest
    return loaded.find("" if of == "first" else of)


def _render(data: bytes, page: int, request: PictureRequest) -> tuple[bytes, int, int]:
    """Return a page as PNG, with its size in pixels."""
    width = min(max(request.width, _WIDTHS[0]), _WIDTHS[1])
    document = pypdfium2.PdfDocument(data)
    try:
        image = render_image(document[page - 1], width / document[page - 1].get_width())
    finally:
        document.close()
    if request.view == "copy":
        image = _copied(image)
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue(), image.width, image.height


def _copied(image: Image.Image) -> Image.Image:
    """Return a page as a photocopier gives it back: grey, a little soft, light greys lost and dark ones closed."""
    grey = ImageOps.grayscale(image).filter(ImageFilter.GaussianBlur(0.6))
    return ImageOps.autocontrast(grey.point(lambda level: 255 if level > 235 else round(level * _COPY_GREYS)))


def _zones(face: Face, campaign: Campaign, blanks: frozenset[str]) -> list[dict[str, Any]]:
    """Return where the parts of a page are, in per cent of it: codes by their address, blocks by what they show."""
    found: list[dict[str, Any]] = []
    portal = campaign.election.links.portal
    for placed in face.placed:
        for code in placed.piece.codes:
            key = "links.portal" if code.href == portal else "mailbox"
            found.append(_zone(key, placed.locate(code.box), face, key in blanks))
        key = _FIELDS_OF.get(placed.piece.name, "")
        if key:
            found.append(_zone(key, placed.box, face, key in blanks))
    return found


def _zone(key: str, box: Box, face: Face, is_blank: bool) -> dict[str, Any]:
    return {
        "key": key,
        "x": round(100 * box.x / face.width, 2),
        "y": round(100 * box.y / face.height, 2),
        "w": round(100 * box.width / face.width, 2),
        "h": round(100 * box.height / face.height, 2),
        "state": "blank" if is_blank else "filled",
    }

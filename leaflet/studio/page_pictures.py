"""Draw real pages of the campaign as pictures, also while facts are missing: their places are marked as blank.

A fact that nobody gave has an example in its place while a page is laid out, so that the page can be seen; the
picture hatches it. Nothing with examples in it is ever written into a file.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import reduce
from itertools import chain
from threading import RLock
from typing import Any, NamedTuple

import pypdfium2
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document, load_academies
from leaflet.campaign.facts import SAMPLE_NAME, with_example, with_value
from leaflet.campaign.model import FRENCH
from leaflet.faults import DataError, Fault, Report
from leaflet.files.bounded_cache import BoundedCache
from leaflet.files.raster import Raster, make_png, picture_decoder
from leaflet.geometry import Box, pt
from leaflet.layout.face import Face, Layout
from leaflet.layout.marks import Text
from leaflet.layout.qr_matrix import QUIET_ZONE, make_matrix
from leaflet.layout.theme import Theme
from leaflet.markup.blanks import OTHER_PORTAL
from leaflet.markup.page_words import IMPRINT, load_page_words
from leaflet.markup.record_values import RecordContexts
from leaflet.markup.render import load_about
from leaflet.pdf.page_images import PDFIUM, render_raster
from leaflet.pdf.verify_codes import can_decode, decode
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import choose_documents
from leaflet.production.materials import Materials
from leaflet.production.printed_facts import find_missing, missing_faults
from leaflet.program import own_table
from leaflet.studio.answers import proposed_values
from leaflet.studio.campaign_reader import CampaignReader, LoadedCampaign
from leaflet.studio.contract import NameAt, Picture, PictureArgs, Zone
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.row_states import KnownSchools
from leaflet.studio.school_list import SchoolList
from leaflet.studio.sentences import as_typed, find_sentences
from leaflet.tables import School
from leaflet.text import french_spacing

LARGE = 400  # pixels: of a picture that somebody looks at
_MOST_PICTURES = 60
_WIDTHS = (200, 2400)  # of pictures, in pixels
_LEAST_COPIED = 1000  # of a photocopy: on a smaller picture the small codes of a poster are lost, copied or not
_WITH_ADDRESS = 1.1  # of the height of a code: the address that is printed below it, too
_NUMBER = 4_000  # µm
_LOGIN_LINE = "Adresse pro"  # which a memo has besides, if none of its own lines asks for it
MAILBOX, HELP, LOGIN = "mailbox", "help", "login"  # parts of a page that follow from the académie of its school
_WORD = 12  # letters: a longer line is more than a word that other texts may begin with, too
_USER_NAMES = ("jlabert", "initiale et nom", "initiale du prénom")  # how they are made, as templates print it
_MODULE = 8  # pixels of a code that is tried with a phone
FIELDS_OF: Mapping[str, str] = own_table("pages.toml")["blocks"]


class Pictures:
    """The pictures of one campaign; a page is drawn again only if what it shows has changed.

    Those of the campaign `before` are kept: a page may still be about to show them.
    """

    def __init__(self, folder: CampaignFolder, schools: SchoolList, before: "Pictures | None" = None) -> None:
        self._folder = folder
        self._lock = RLock()  # calls that only ask what is blank come while a page is drawn
        self._campaign = CampaignReader(folder, schools)
        self._edition = 0  # of the campaign in the next ones
        self._blanks: dict[str, tuple[Sequence[School], frozenset[str]]] = {}  # by document, as the next one
        self._shown: dict[str, _Shown] = {}
        self._designs: dict[str, tuple[str, str]] = {}
        self._laid_out: BoundedCache[tuple[str, School, int], Layout] = BoundedCache(_MOST_PICTURES)
        self._pictures: BoundedCache[str, bytes] = before._pictures if before else BoundedCache(_MOST_PICTURES)
        self._codes: dict[str, bytes] = before._codes if before else {}

    def _load(self) -> tuple[LoadedCampaign, KnownSchools]:
        """Return the campaign as it is now, and its schools; neither is to be kept."""
        with self._lock:
            found = self._campaign.read()
            if self._edition != self._campaign.edition:
                self._edition = self._campaign.edition
                for memory in (self._blanks, self._shown, self._laid_out):
                    memory.clear()
            return found

    def materials(self) -> Materials:
        """Return what documents are made from."""
        loaded, known = self._load()
        return replace(loaded.materials, schools=known.chosen)

    def blanks(self) -> frozenset[str]:
        """Return the facts that the documents of the campaign print and nobody gave."""
        with self._lock:
            loaded, known = self._load()
            documents = loaded.materials.campaign.documents
            return frozenset[str]().union(*(self._find_blanks(document, loaded, known) for document in documents))

    def _find_blanks(self, document: Document, loaded: LoadedCampaign, known: KnownSchools) -> frozenset[str]:
        """Return the facts that a document prints and nobody gave; sought again only for other schools."""
        schools = known.chosen_samples
        if document.per == "person":
            schools = [school for school in known.chosen if school.key in loaded.materials.people]
        found = self._blanks.get(document.name)
        if found is None or found[0] != schools:
            blanks = frozenset(find_missing(loaded.materials, [document], schools))
            found = self._blanks[document.name] = schools, blanks
        return found[1]

    def write_first(self) -> bytes:
        """Return the file of the first school, as it is made."""
        with self._lock:
            loaded, known = self._load()
            document = loaded.materials.campaign.documents[0]
            shown = self._show(document, loaded, known, {})
            if shown.blanks:
                raise DataError(missing_faults(loaded.materials, [document], known.chosen))
            return shown.maker.write(self._lay_out(shown, loaded.find(""))).data

    def find(self, key: str) -> bytes | None:
        """Return a picture drawn before; None if it is not kept any more."""
        return self._pictures.get(key) or self._codes.get(key)

    def draw(self, request: PictureArgs) -> tuple[Picture, Sequence[Fault]]:
        """Return the picture of one page, without names of its zones, and the faults of its record."""
        with self._lock:
            start = self._folder.environment.seconds()
            loaded, known = self._load()
            document = _document(loaded.materials.campaign, request.document, request.theme)
            if document.per == "person" and not loaded.materials.people:  # nobody of the list can be read: an example
                document = document.model_copy(update={"per": "school"})
            shown = self._show(document, loaded, known, proposed_values(self._folder))
            of = "" if request.of == "first" else str(request.of)
            school = loaded.by_length[of] if of in ("longest", "shortest") else loaded.find(of)
            maker, (school, layout, refused) = shown.maker, self._lay_out_made(shown, school, loaded, request.alone)
            people = loaded.materials.people.get(school.key, ()) if document.per == "person" and request.alone else ()
            page = min(max(1, request.page), len(layout.faces))
            face = layout.faces[page - 1]
            image = _render(maker.write(layout).data, page, request)
            codes = [(placed.locate(code.box), code.href) for placed in face.placed for code in placed.piece.codes]
            key = _key(data := make_png(image))
            self._pictures.pop(key, None)  # it is the newest again
            self._pictures[key] = data
            picture = Picture(
                url=f"picture/{key}.png",
                width=image.width,
                height=image.height,
                document=maker.document.name,
                page=page,
                pages=len(layout.faces),
                line=school.line,
                name=people[request.alone - 1].name if people else f"{school.name}, {school.town}",
                index=loaded.positions.get(school.key, 0) + 1,
                total=len(loaded.schools),
                zones=[*_sentences(shown, school, face), *_zones(face, maker.materials, school, shown.blanks)],
                name_at=_find_name(face, school.name, maker.theme),
                has_login_line=_has_login_line(face, maker.materials.campaign.election.memo.lines or ()),
                set_on=_count_lines(face, maker.materials.campaign, maker.theme),
                codes=len(codes),
                codes_read=_count_read(image, face, codes) if request.view == "copy" and can_decode() else None,
                faults=[],
                ms=round(1000 * (self._folder.environment.seconds() - start)),
            )
            return picture, [*refused, *maker.notes(school, layout)]

    def draw_code(self, href: str) -> str:
        """Draw the code of an address, to be tried with a phone; return its key."""
        rows = make_matrix(href, "M").rows
        side, edge = len(rows) + 2 * QUIET_ZONE, "0" * QUIET_ZONE
        blank = ["0" * side] * QUIET_ZONE
        lines = [*blank, *(f"{edge}{row}{edge}" for row in rows), *blank]
        levels = {"0": b"\xff" * _MODULE, "1": b"\0" * _MODULE}
        samples = b"".join(b"".join(levels[module] for module in line) * _MODULE for line in lines)
        data = make_png(Raster(side * _MODULE, side * _MODULE, samples))
        self._codes[key := _key(data)] = data  # small, and all are on view together
        return key

    def _show(
        self, document: Document, loaded: LoadedCampaign, known: KnownSchools, proposed: Mapping[str, object]
    ) -> "_Shown":
        """Return the maker of a document, with what is proposed, and examples of the facts that it lacks then."""
        name, design = document.name, self._campaign.design_of(document)
        if self._designs.get(name) != design:
            self._designs[name] = design
            self._blanks.pop(name, None)
            self._shown.pop(name, None)
        shown, blanks = self._shown.get(name), self._find_blanks(document, loaded, known)
        seen_for = document.per, blanks, known.letters, proposed
        if shown is None or shown.seen_for != seen_for:
            materials = replace(loaded.materials, schools=(), letters=loaded.materials.letters | known.letters)
            if proposed:
                campaign = materials.campaign
                for field, value in proposed.items():
                    campaign = with_value(campaign, field, value)
                materials = _with_campaign(materials, campaign)
                blanks = frozenset(find_missing(materials, [document], known.chosen_samples)) - proposed.keys()
            materials = _with_campaign(materials, reduce(with_example, sorted(blanks), materials.campaign))
            shown = _Shown(DocumentMaker(materials, document), blanks, seen_for)
            self._shown[name] = shown
            self._laid_out.clear()
        return shown

    def _lay_out_made(
        self, shown: "_Shown", school: School, loaded: LoadedCampaign, alone: int
    ) -> tuple[School, Layout, Sequence[Fault]]:
        """Return a school's layout; where the document is not made for it, a usual one's, with why."""
        try:
            return school, self._lay_out(shown, school, alone=alone), ()
        except DataError as error:
            usual = loaded.usual[0]
            if {fault.code for fault in error.faults} != {OTHER_PORTAL} or school is usual:
                raise
            return usual, self._lay_out(shown, usual, alone=alone), error.faults

    def _lay_out(self, shown: "_Shown", school: School, *, alone: int = 0) -> Layout:
        key = shown.maker.document.name, school, alone
        return self._laid_out.get_or_make(key, lambda: shown.maker.lay_out(school, alone=alone))


class _Shown(NamedTuple):
    """A document that is shown: its maker, the facts that have an example in it, and what it depends on."""

    maker: DocumentMaker
    blanks: frozenset[str]
    seen_for: object


def _document(campaign: Campaign, template: str, theme: str) -> Document:
    """Return a document of the campaign, or one that it does not have yet: by its template, in a theme."""
    if not template:
        return next((one for one in campaign.documents if one.is_paper), campaign.documents[0])
    own = [one for one in campaign.documents if template in (one.template, one.name)]
    if (found := next((one for one in own if not theme or one.theme == theme), None)) is not None:
        return found
    known = campaign.resources.find("templates", template)
    if known is None:
        return choose_documents(campaign, template)[0]  # says what there is
    makes = load_about(known).makes[0]
    return Document.model_validate({"template": template, "theme": theme or "default", "makes": makes})


def _with_campaign(materials: Materials, campaign: Campaign) -> Materials:
    """Return what documents are made from with other facts, whose characters nobody has counted."""
    if campaign is materials.campaign:
        return materials
    contexts = RecordContexts(campaign, load_academies(campaign.resources), Report())
    letters = materials.letters | frozenset(map(chr, range(32, 127)))
    return replace(materials, campaign=campaign, contexts=contexts, letters=letters)


def _render(data: bytes, page: int, request: PictureArgs) -> Raster:
    is_copy = request.view == "copy"
    width = min(max(request.width, _LEAST_COPIED if is_copy else _WIDTHS[0]), _WIDTHS[1])
    with PDFIUM, closing(pypdfium2.PdfDocument(data)) as document:
        image = render_raster(document[page - 1], width / document[page - 1].get_width())
    return picture_decoder().photocopy(image) if is_copy else image


def _key(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def _count_read(image: Raster, face: Face, codes: Sequence[tuple[Box, str]]) -> int:
    """Return how many codes of a page can be read on its grey picture."""
    scale, read = image.width / face.width, 0
    askew = image.width // 100  # pixels that a photocopy has a code beside its place
    for box, href in codes:
        left, top = (max(0, round(scale * side) - askew) for side in (box.x, box.y))
        right = min(image.width, round(scale * box.right) + askew)
        bottom = min(image.height, round(scale * box.bottom) + askew)
        rows = [image.samples[row * image.width + left : row * image.width + right] for row in range(top, bottom)]
        read += decode(Raster(right - left, bottom - top, b"".join(rows))) == href
    return read


def _sentences(shown: "_Shown", school: School, face: Face) -> Iterator[Zone]:
    """Yield the places of sentences that somebody may write anew; their labels are as they are typed."""
    texts = shown.maker.said_texts(school) if shown.maker.document.lang == FRENCH else {}
    cells = dict(school.columns)
    said = {key: typed for key, text in texts.items() if (typed := as_typed(text, cells))}
    for key, box in find_sentences(face, said):
        yield replace(_zone(key, box, face, is_blank=False), label=said[key])


def _zones(face: Face, materials: Materials, school: School, blanks: frozenset[str]) -> list[Zone]:
    """Return where the parts of a page are, in per cent of it: codes by their address, blocks by what they show."""
    campaign, found = materials.campaign, list[Zone]()
    if campaign.publisher.name == SAMPLE_NAME or campaign.publisher.address is None:
        blanks = blanks | {"publisher.address"}
    portal = campaign.election.links.portal
    for placed in face.placed:
        for code in placed.piece.codes:
            key, box = "links.portal" if code.href == portal else MAILBOX, placed.locate(code.box)
            if key in blanks:
                box = box._replace(height=min(round(_WITH_ADDRESS * box.height), placed.box.bottom - box.y))
            found.append(_zone(key, box, face, key in blanks))
        key = FIELDS_OF.get(placed.piece.name, "")
        if key and key != "steps":
            found.append(_zone(key, placed.box, face, key in blanks))
    known = {zone.key for zone in found}
    for key, places in _places_of_mailbox(face, materials.contexts.shared_by(school)["academie"]).items():
        if key not in known and (place := next(places, None)) is not None:
            found.append(_zone(key, place, face, is_blank=False))
    if boxes := [placed.box for placed in face.placed if FIELDS_OF.get(placed.piece.name) == "steps"]:
        x, y, width, height = reduce(Box.joined, boxes)
        around = Box(x - _NUMBER, y - _NUMBER, width + _NUMBER, height + _NUMBER)  # numbers stand out to the left
        found.insert(0, _zone("steps", around, face, "steps" in blanks))
    return found


def _places_of_mailbox(face: Face, academie: Mapping[str, Any]) -> Mapping[str, Iterator[Box]]:
    """Return where a page gives the address of the mailbox, or says whom to ask, that of its help, and user names."""
    mailbox = academie["mailbox"]
    asked = [words for words in (mailbox["words"], mailbox["note"]) if words]
    return {
        MAILBOX: chain(_links_to(mailbox["address"], face), _texts_with(asked, face)),
        HELP: _links_to(academie.get("help"), face),
        LOGIN: _texts_with(_USER_NAMES, face),
    }


def _links_to(address: object, face: Face) -> Iterator[Box]:
    """Yield the places of an address that is printed; none of one that is blank."""
    for placed in face.placed if isinstance(address, str) else ():
        yield from (placed.locate(link.boxes[0]) for link in placed.piece.links if link.href == address)


def _texts_with(parts: Sequence[str], face: Face) -> Iterator[Box]:
    """Yield the places of lines that hold one of some texts, or begin it; about as wide as they are."""
    for placed in face.placed:
        texts = (mark for group in placed.piece.groups for mark in group.marks if isinstance(mark, Text))
        for mark in texts:
            line = mark.text.strip()
            if any(part in line or (len(line) > _WORD and part.startswith(line)) for part in parts):
                high, wide = pt(mark.size), pt(mark.size * len(mark.text) / 2)
                yield placed.locate(Box(x=mark.x, y=mark.y - high, width=wide, height=round(1.2 * high)))


def _zone(key: str, box: Box, face: Face, is_blank: bool) -> Zone:
    return Zone(key=key, **_percent(box, face), state="blank" if is_blank else "filled")


def _percent(box: Box, face: Face) -> dict[str, Any]:
    whole, parts = (face.width, face.height) * 2, (box.x, box.y, box.width, box.height)
    return {key: round(100 * part / of, 2) for key, part, of in zip("xywh", parts, whole, strict=True)}


def _has_login_line(face: Face, own: Sequence[str]) -> bool | None:
    """Tell whether the memo of a page has a line for the address that is not its `own`; None if it has no memo."""
    memos = [placed.piece for placed in face.placed if placed.piece.name == "memo"]
    labels = [blank.label for memo in memos for blank in memo.blanks if blank.label not in own]
    return any(label.startswith(_LOGIN_LINE) for label in labels) if memos else None


def _count_lines(face: Face, campaign: Campaign, theme: Theme) -> dict[str, int]:
    """Return on how many lines a page has the running texts that a section may write itself."""
    publisher, title = campaign.publisher, campaign.election.title
    usual = load_page_words(campaign.resources, campaign.lang).texts[IMPRINT]
    texts = {"title": title, "publisher.imprint": usual if publisher.imprint is None else publisher.imprint}
    texts |= {f"publisher.message.{part}": getattr(publisher.message, part) for part in ("title", "text")}
    found = {key: _find_name(face, french_spacing(text), theme) for key, text in texts.items() if text}
    return {key: place.lines for key, place in found.items() if place is not None}


def _find_name(face: Face, name: str, theme: Theme) -> NameAt | None:
    """Return where on a page the name of its school is, on how many lines, in what size and usual size; or None."""
    name = name.casefold()  # which capitals may be set for
    for placed in face.placed:
        if name not in placed.piece.text.casefold():
            continue
        texts = [mark for group in placed.piece.groups for mark in group.marks if isinstance(mark, Text)]
        parts = [mark for mark in texts if mark.text.strip() and mark.text.strip().casefold() in name]
        if parts:
            lines, points = len({mark.y for mark in parts}), min(mark.size for mark in parts)
            token = theme.type.get(placed.piece.name)
            usual = max(points, token.size if token else 0)
            return NameAt(**_percent(placed.box, face), lines=lines, points=round(points, 1), usual=round(usual, 1))
    return None

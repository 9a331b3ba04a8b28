"""Read a row of a school list: a `School`, or faults that name its cells.

A postal address that stands in one cell is split (« 12 rue X, BP 123, 37000 TOURS CEDEX 9 »); towns typed in capitals
get their hyphens and accents back, by the official names of communes; e-mail addresses are those of administrations
and schools: ASCII, a domain with a dot.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from msgspec import Struct
from msgspec.structs import force_setattr

from leaflet.confidential import normalise
from leaflet.faults import Place
from leaflet.program import assets
from leaflet.tables.capitals import french_capitals
from leaflet.tables.cells import Cell, clean_text
from leaflet.tables.keys import is_abroad, is_uai, territory_of
from leaflet.tables.row_reader import EXTRA_CHARS, FIELD_CHARS, NAME_CHARS, RowReader
from leaflet.tables.table import cell_place, row_name, sheet_name
from leaflet.text import BRITISH_POSTCODE

_LAST_LINE = re.compile(
    r"(?P<lines>.*?)[\s,;–—-]*\b(?:F-?)?(?P<postcode>[0-9]{2} ?[0-9]{3})\s*[–—-]?\s*"
    r"(?P<town>[^\W\d_][^,;\n0-9]*?"
    r"(?:\s+[0-9]{1,2}(?:\s*(?:er|e|è|[eè]me))?(?:\s+arr(?:ondissement|dt|t)?\.?)?)?"  # « LYON 3EME », « PARIS 15 »
    r"(?:\s+cedex(?:\s*[0-9]{1,2})?)?)"
    r"(?:[\s,;–—(-]+france\)?)?[\s,;.]*",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*[\n;]\s*|\s*(?<![0-9])(?<![0-9]\s)(?<!bis)(?<!ter),\s*|\s+[–—-]\s+", re.IGNORECASE)
_MOST_LINES = 3


class PostalAddress(Struct, frozen=True, kw_only=True):
    """An address in its parts; a comma after a house number parts nothing."""

    lines: tuple[str, ...]
    postcode: str
    town: str


def split_address(text: str) -> PostalAddress | None:
    """Return the parts of an address, on one line or several, that ends with a postcode and a town; else None."""
    match = _LAST_LINE.fullmatch(text.strip())
    if match is None:
        return None
    lines = [part.strip(" ,") for part in _PARTS.split(match["lines"]) if part.strip(" ,")]
    town = " ".join(match["town"].split())
    return PostalAddress(lines=join_lines(lines), postcode=match["postcode"].replace(" ", ""), town=town)


def join_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of an address, three at most: further ones are joined to the third."""
    last = lines[_MOST_LINES - 1 :]
    return (*lines[: _MOST_LINES - 1], ", ".join(last)) if last else tuple(lines)


EMAIL = re.compile(r"[A-Za-z0-9._'+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
MOST_CHARS = 254  # of an address that mail servers pass on (RFC 5321 §4.5.3.1.3)


def is_email_address(text: str) -> bool:
    """Check whether a text is one e-mail address and nothing else."""
    return len(text) <= MOST_CHARS and EMAIL.fullmatch(text) is not None


_ACCENTED, _PLAIN = "àâäçèéêëîïôöùûüÿÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸ-'’()", "aaaceeeeiioouuuyAAACEEEEIIOOUUUY     "
_TO_PLAIN = str.maketrans(_ACCENTED, _PLAIN, "") | str.maketrans({"œ": "oe", "Œ": "OE"})
_SUFFIX = re.compile(r"(?P<town>.*?\S)(?P<suffix>\s+(?:CEDEX(?:\s+[0-9]{1,2})?|[0-9]{1,2}))", re.IGNORECASE)
_SHORT = {"ST": "SAINT", "STE": "SAINTE", "STS": "SAINTS"}
_CORSICA = {"620": "2A", "720": "2B"}  # as UAI codes begin


def commune_name(town: str, territory: str) -> str | None:
    """Return a town in capitals as its commune is written; None if no commune, or more than one spelling, fits.

    « ST » is « SAINT », and « CEDEX 9 » behind a town stays. The three digits of its département, as UAI codes begin,
    decide between « Saint-Remy » and « Saint-Rémy ».
    """
    spellings, suffix = _find_spellings(town)
    if len(spellings) > 1:
        spellings = {spelling: areas for spelling, areas in spellings.items() if _area(territory) in areas}
    if len(spellings) != 1:
        return None
    return "".join(spellings).replace("'", "'" if "'" in town else "’") + suffix


def is_elsewhere(postcode: str, uai: str, town: str) -> bool:
    """Check whether a postcode is of no département, or of another than the UAI and a commune of the town’s name."""
    found, wanted = territory_of("", postcode), territory_of(uai, "")
    if len(postcode) != 5 or not wanted or found == wanted:
        return False
    areas, area = {area for areas in _find_spellings(town)[0].values() for area in areas}, _area(wanted)
    # CEDEX of Corsica and overseas have postcodes of no one territory: 20700 Ajaccio, 97825 Le Port
    digits = "20" if wanted in _CORSICA else area[:2]
    return area in areas and (_area(found) not in areas if found else not postcode.startswith(digits))


def _find_spellings(town: str) -> tuple[Mapping[str, set[str]], str]:
    """Return the spellings of a town, each with the départements that have it, and what stands behind its name."""
    match = _SUFFIX.fullmatch(town)
    name, suffix = (match["town"], match["suffix"].title()) if match else (town, "")
    return _load_spellings().get(_key(name), {}), suffix


def _area(territory: str) -> str:
    return _CORSICA.get(territory, territory.removeprefix("0"))


def _key(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in _plain(name.upper().replace("S/", "SUR ")).split())


def _plain(text: str) -> str:
    """Return a text in capitals, without accents, and with spaces for hyphens and apostrophes."""
    return text.translate(_TO_PLAIN).upper()


@cache
def _load_spellings() -> Mapping[str, dict[str, set[str]]]:
    """Return the spellings of each name in capitals, each with the départements that have it."""
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    area = ""
    text = (assets() / "communes.txt").read_text("utf-8")
    # The whole text is made plain at once, which takes a tenth of the time that 37,000 names would take.
    for line, plain in zip(text.splitlines(), _plain(text).splitlines(), strict=True):
        if line.startswith("["):
            area = line[1:-1]
        elif not line.startswith("#"):
            found[" ".join(plain.split())].setdefault(line, set()).add(area)
    return dict(found)


FIVE_DIGITS = re.compile(r"[0-9]{5}")
_BRITISH = re.compile(BRITISH_POSTCODE)
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_CLOSED = re.compile(r"(a_)?ferm(er|e|ee|eture)(_|$)")

Sector = Literal["public", "private", ""]
_SECTORS: dict[str, Sector] = {"public": "public", "pu": "public", "prive": "private", "pr": "private"}


def is_closed(state: str) -> bool:
    """Check whether the state of a school says that it is closed or to be closed."""
    return bool(state) and _CLOSED.match(normalise(state)) is not None


class School(Struct, frozen=True, kw_only=True, array_like=True):
    """One school of the list; its texts are as in the list, to be printed as they are, and empty if it has none."""

    key: str  # a UAI, in upper case, with a valid check letter, or a code of another kind (`KeyKind`)
    name: str  # text, never markup
    address: tuple[str, ...]  # 0 to 3 lines, without postcode and town
    postcode: str  # five digits, empty, or as written for a school abroad
    town: str
    copies: int | None  # leaflets to print, 0 to 9999; None when the list gives none
    academie_label: str  # the académie
    line: int
    staff: int | None = None  # people who work there, 0 to 9999; None when the list gives none
    state: str = ""  # « OUVERT »
    extra: tuple[tuple[str, str], ...] = ()  # normalised name and text of columns of no field, which a filter reads
    columns: tuple[tuple[str, str], ...] = ()  # the same of those that are printed
    ministry: str = ""
    sector: Sector = ""
    email: str = ""  # T331 warns of what is none
    sheet: str = ""  # that the line is in, if several sheets of a workbook are read
    territory: str = ""  # three digits, as UAI codes begin; empty if nobody knows

    def __post_init__(self) -> None:
        force_setattr(self, "territory", territory_of(self.key, self.postcode))

    @property
    def row(self) -> str:
        """Its row as messages name it: by its line, with the sheet if several are read."""
        return str(row_name(self.sheet, self.line))

    def place(self, file: str) -> Place:
        """Return the place of its row in the list, which is in this file."""
        if self.sheet:
            return cell_place(file, self.sheet, self.line, 0, key=self.key)
        return Place(file=file, line=self.line, key=self.key)

    def is_at(self, place: Place) -> bool:
        """Check whether a place in the list is in its row."""
        is_there = not self.sheet or sheet_name(self.sheet) == place.sheet
        return is_there and place.list_row == self.line


def is_postcode(text: str, key: str) -> bool:
    """Tell whether a text is a French postcode, or a British one where the key is no UAI."""
    return bool(FIVE_DIGITS.fullmatch(text) or (not is_uai(key) and _BRITISH.fullmatch(text)))


class SchoolReader(RowReader, frozen=True, kw_only=True):
    """Reads one school."""

    def school(self) -> School:
        """Return the school as far as it can be read. Every check is made, so that all faults of a row are found."""
        uai = self.uai()
        name = self._capitals("name", self.required("name", NAME_CHARS))
        lines, postcode, town = self._address(uai)
        if not postcode and "postcode" in self.columns.index and not self.cell("postcode").text:
            self.cell("postcode").add_fault("T333")
        if is_elsewhere(postcode, uai, town):
            field = "postcode" if "postcode" in self.columns.index else "full_address"
            self.cell(field).add_fault("T335", postcode=postcode, town=town)
        sheet, line = self.table.find(self.row.line)
        return School(
            key=uai,
            name=name,
            address=lines,
            postcode=postcode,
            town=town,
            copies=self.number("copies"),
            academie_label=self.text("academie"),
            line=line,
            staff=self.number("staff"),
            state=self.doubted("state", "T316", is_closed),
            extra=self.extra(),
            columns=self.printed(),
            ministry=self.text("ministry"),
            sector=_SECTORS.get(normalise(self.text("sector")), ""),
            email=self.doubted("email", "T331", lambda text: not is_email_address(text), MOST_CHARS),
            sheet=sheet,
        )

    def _address(self, uai: str) -> tuple[tuple[str, ...], str, str]:
        """Return the lines of the address, postcode and town; columns of their own come before one of all."""
        whole = self._whole_address() if "full_address" in self.columns.index else None
        fields = ("address_1", "address_2", "address_3")
        lines = tuple(self._capitals(field, text) for field in fields if (text := self.text(field)))
        if whole is not None and not lines:
            lines = tuple(self._capitals("full_address", self._part(line)) for line in whole.lines)
        postcode = self._postcode(uai)
        if whole is None or ("town" in self.columns.index and (self.text("town") or not whole.town)):
            return lines, postcode, self._town("town", self.required("town"), uai, postcode)
        postcode = postcode or whole.postcode
        return lines, postcode, self._town("full_address", self._part(whole.town), uai, postcode)

    def _whole_address(self) -> PostalAddress:
        """Return the parts of an address in one cell; without a town (T332), its lines, unless the list has towns."""
        cell = self.cell("full_address")
        cleaned = (
            clean_text(Cell(text=line, place=cell.place, report=self.report), EXTRA_CHARS, self.options.cleaning)
            for line in cell.text.splitlines()
        )
        lines = tuple(line for line in cleaned if line)
        found = split_address("\n".join(lines))
        if found is None and "town" not in self.columns.index:
            cell.add_fault("T332" if lines else "T301")
        return found or PostalAddress(lines=join_lines(lines), postcode="", town="")

    def _part(self, text: str) -> str:
        """Return a part of an address in one cell; it has no more characters than a field of its own (T312)."""
        if len(text) > FIELD_CHARS:
            place = self.cell("full_address").place
            self.report.add("T312", place, value=text, count=len(text), limit=FIELD_CHARS)
        return text

    def _capitals(self, field: str, text: str) -> str:
        """Return a name or a line of an address, with the capitals of French if the user asks for them."""
        if not self.options.cleaning.french_capitals:
            return text
        return self._changed(field, text, french_capitals(text, "school" if field == "name" else "address"))

    def _town(self, field: str, text: str, uai: str, postcode: str) -> str:
        """Return a town, written as its commune is if the user asks for the capitals of French."""
        if not self.options.cleaning.french_capitals or text != text.upper():
            return text
        commune = commune_name(text, territory_of(uai, postcode))
        return self._changed(field, text, commune or french_capitals(text, "town"))

    def _changed(self, field: str, text: str, after: str) -> str:
        """Report that a text is printed otherwise than it stands in the list (T415), and return it so."""
        if after != text:
            self.report.add("T415", self.cell(field).place, value=text, after=after)
        return after

    def _postcode(self, uai: str) -> str:
        text = self.text("postcode")
        is_french = is_uai(uai) and not is_abroad(uai)
        if not text or not (is_french or text.strip("0")):  # lists have a nought for schools abroad
            return ""
        if is_abroad(uai) or is_postcode(text, uai):
            return text
        whole = f"0{text}"
        if _FOUR_DIGITS.fullmatch(text) and (not is_uai(uai) or territory_of("", whole) == territory_of(uai, "")):
            if self.options.cleaning.fix_codes:
                return self.fixed_code("postcode", whole)
            self.cell("postcode").add_fault("T313", proposal=whole)
        else:
            self.cell("postcode").add_fault("T314")
        return text

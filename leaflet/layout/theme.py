"""Design tokens: a theme file becomes a checked `Theme`, a `Style` is a theme at one size of copy-fit.

Lengths are micrometres once read; type sizes stay points. Themes are files ``themes/*.toml``; one may
extend another and changes only what differs. A theme is drawn for A4; a format (``formats/*.toml``) is
laid over it for another size of paper: its page, its sizes of type, its gaps, never its colours.
"""

import re
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field, field_validator, model_validator

from leaflet.faults import LeafletError, Place, fail
from leaflet.files.resources import Kind, Resource, Resources
from leaflet.files.toml_files import StrictModel, as_tuple, read_resource_toml, text_of, validate_resource, whole
from leaflet.geometry import LENGTH, Um, mm, parse_length, pt
from leaflet.layout.fonts import WEIGHTS, Weight
from leaflet.layout.palette import derive
from leaflet.layout.qr_matrix import Level
from leaflet.program import own_table
from leaflet.text import nearest

Length = Annotated[int, BeforeValidator(lambda value: _length(value)), text_of(pattern=whole(LENGTH))]
_Size = Annotated[tuple[Length, Length], BeforeValidator(as_tuple)]
_Factors = Annotated[tuple[float, ...], BeforeValidator(as_tuple)]
Fold = Literal["", "booklet", "trifold"]
_COLOR = re.compile(r"#[0-9a-fA-F]{6}|K (?:\d|[1-9]\d|100)")
_MIN_BODY_PT = 11.5  # below it the x-height of the program's typeface is under 2 mm
_INK = re.compile(r"(?:\d|[1-9]\d|100)(?: (?:\d|[1-9]\d|100)){3}")
MOST_INK = 240  # percent: under what coated and uncoated paper take (FOGRA39 300, FOGRA47 280)
NEEDED: dict[str, str] = own_table("tokens.toml")
_LEAST_COLUMN = {"tiles": mm(40), "trouble": mm(60)}
_MOST_CASES = 2  # side by side
_IN_ONE_ROW = 3  # so many tiles or fewer stand in one row, more in two
_PICTURES = ("tile",)  # heights that copy-fit scales
_TEXT_WEIGHTS: set[Weight] = {"regular", "bold", "medium", "extrabold"}  # of text, strong text, and both in a link
_WHOLE_TABLES = frozenset({"fit"})  # whose lists belong together: one that is laid over another replaces it
_SMALLER, _SMALLER_SHARE = 0.25, 0.03  # by how much a line that is too long is set smaller: points, share of the size
_MIN_LINE = pt(0.5)  # thinner lines do not survive a photocopy
_MIN_WRITING_GAP = 8000  # µm: handwriting needs 8 mm


def _length(value: object) -> Um:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a length with its unit, such as '85 mm'")
    return parse_length(value)


class PageTokens(StrictModel):
    """The sheet and its grid, in µm."""

    width: Length
    height: Length
    head: Length
    margin: Length
    footer: Length
    side: Length
    gutter: Length
    pages: Literal["fixed", "flow"]
    columns: Literal["beside", "stacked"]
    tolerance: Length = Field(alias="stock")  # of the places of label stock, for a page that has no `least` sizes
    hour: float = Field(0.2, gt=0, le=1)  # the least size of the hour at which a vote ends, as a share of its day's
    air: float = Field(1, ge=1, le=9)  # the most that gaps grow on pages that flow, so that these end at their foot
    # Widths and heights: a page that arranges itself suits places as large as one of them, and no larger than `most`.
    least: Annotated[tuple[_Size, ...], BeforeValidator(as_tuple)] = ()
    most: _Size | None = None
    tile_lines: int = Field(2, alias="tile-lines", ge=1, le=9)
    most_tiles: int = Field(99, alias="most-tiles", ge=1)

    @property
    def column_widths(self) -> dict[str, Um]:
        """Widths by place: the whole column of text, the main and the side column, the sheet for banners."""
        whole = self.width - 2 * self.margin
        return {"sheet": self.width, "whole": whole, "main": whole - self.side - self.gutter, "side": self.side}

    def row_width(self, width: Um, count: int) -> Um:
        """Return the width of each of `count` panels in a row."""
        return width if self.columns == "stacked" else (width - self.gutter * (count - 1)) // max(count, 1)

    def is_text_beside(self, count: int) -> bool:
        """Tell whether `count` tiles stand one under the other, with their text beside their pictures."""
        return self.columns == "stacked" or count > self.most_tiles

    def grid_columns(self, tag: str, width: Um, count: int) -> int:
        """Return how many of `count` blocks stand side by side in a container: two rows, if there is room."""
        if self.columns == "stacked" or (tag == "tiles" and self.is_text_beside(count)):
            return 1
        wanted = _MOST_CASES if tag == "trouble" else count if count <= _IN_ONE_ROW else -(-count // 2)
        return max(1, min((width + self.gutter) // (_LEAST_COLUMN[tag] + self.gutter), wanted))

    @model_validator(mode="after")
    def _check_sizes(self) -> "PageTokens":
        if bool(self.least) != (self.most is not None):
            raise ValueError("least and most, the sizes of label stock, are given both or neither")
        if self.most and any(width > self.most[0] or height > self.most[1] for width, height in self.least):
            raise ValueError("a size of least is larger than most")
        widths = self.column_widths
        lengths = (self.head, self.margin, self.footer, self.gutter, *widths.values())
        if min(lengths) < 0 or min(self.height, widths["main"]) <= 0:
            raise ValueError("a length is negative, or leaves no room for text")
        return self


class Surface(StrictModel):
    """The parts of a box: names of colours, empty for none."""

    fill: str
    line: str
    text: str
    quiet: str
    bar: str = ""


class TypeToken(StrictModel):
    """One text style; sizes in points, leading as a multiple of the size."""

    size: float = Field(gt=0, le=300)
    leading: float = Field(ge=1, le=3)
    weight: Weight
    floor: float


class QrTokens(StrictModel):
    """The tokens of QR codes: error correction level, modules and sides in µm; sides include the quiet zone."""

    level: Level  # wanted; less is corrected where modules would be smaller than `copied`
    copied: Length  # the least module that survives dark copies
    module_floor: Length = Field(alias="module-floor", ge=500)  # the least module that is printed at all
    card_side: Length = Field(alias="card-side")  # of codes in heroes
    memo_side: Length = Field(alias="memo-side")
    wide_side: Length = Field(alias="wide-side")  # of codes beside their address, across the page; 0: none
    most_side: Length = Field(alias="most-side")  # of all others


class LogoTokens(StrictModel):
    """The tokens of a logo: as large as its area says, unless a limit says less; lengths in µm."""

    area: float = Field(gt=0)  # mm²
    width: Length  # at most
    height: Annotated[
        tuple[Length, ...], BeforeValidator(as_tuple), Field(min_length=1)
    ]  # by level of words left out
    low: Length  # the height at most, with its plate, beside text on paper, and where a page is full
    clear: Length  # between it and the edge of its plate


class Cut(NamedTuple):
    """A cut says what a page gives up to fit, besides its air."""

    type: float  # the factor on sizes of type
    spare: int  # the level up to which words that can be spared are left out
    pictures: float = 1  # the factor on the height of pictures, and on the side of codes that stand by themselves


WHOLE = Cut(1, 0)


class FitTokens(StrictModel):
    """The steps of copy-fit, from airy to tight: factors on type and on the gaps between blocks."""

    type: _Factors
    space: _Factors
    # Up to which level words that can be spared are left out: 0 for none, 1 for those that go first.
    spare: Annotated[tuple[int, ...], BeforeValidator(as_tuple)]
    pictures: _Factors = ()  # on the height of pictures of steps, and on the side of codes that stand by themselves

    @model_validator(mode="after")
    def _same_number(self) -> "FitTokens":
        numbers = {len(factors) for factors in (self.type, self.space, self.spare, self.pictures or self.type)}
        if len(numbers) > 1 or not self.type:
            raise ValueError("type, space, spare and pictures need the same number of steps")
        return self

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """The cut of each step of copy-fit, in the order in which they are tried."""
        return tuple(map(Cut, self.type, self.spare, self.pictures or (1,) * len(self.type)))


class Theme(StrictModel):
    """The tokens of one theme."""

    name: str
    description: str
    description_fr: str = ""
    page: PageTokens
    colors: dict[str, Annotated[str, text_of(pattern=rf"^(?:{_COLOR.pattern}|[^#\s]+)$")]]
    inks: dict[str, Annotated[str, text_of(pattern=whole(_INK))]] = Field(default_factory=dict)
    surfaces: dict[str, Surface]
    type: dict[str, TypeToken]
    space: dict[str, Length]
    logo: LogoTokens
    qr: QrTokens
    fit: FitTokens
    fold: Fold = ""

    @property
    def is_gray(self) -> bool:
        """Tell whether every colour is a share of black, so that the whole file is DeviceGray."""
        return all(color.startswith("K ") for color in self.colors.values())

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The weights of type that layout may ask for, from light to heavy."""
        used = {*_TEXT_WEIGHTS, *(token.weight for token in self.type.values())}
        return tuple(weight for weight in WEIGHTS if weight in used)

    def resized(self, width: Um, height: Um) -> "Theme":
        """Return the theme for a page a little larger or smaller, such as another maker's card."""
        return self.model_copy(update={"page": self.page.model_copy(update={"width": width, "height": height})})

    @field_validator("colors")
    @classmethod
    def _derive(cls, colors: dict[str, str]) -> dict[str, str]:
        own = {name: color for name, color in colors.items() if _COLOR.fullmatch(color)}
        derived = derive(own) if own.keys() >= {"brand", "ink", "paper"} else own
        for name, color in colors.items():
            if name not in own and color not in derived:
                raise ValueError(f"colour {name} = {color!r} is neither #rrggbb, 'K 0' … 'K 100' nor another's name")
        return {**derived, **{name: derived[color] for name, color in colors.items() if name not in own}}

    @model_validator(mode="after")
    def _check(self) -> "Theme":
        used = {part for surface in self.surfaces.values() for part in vars(surface).values()}
        # names of colours that others have, too
        used |= {name for name, color in self.colors.items() if [*self.colors.values()].count(color) > 1}
        used |= derive({name: self.colors[name] for name in ("brand", "ink", "paper")}).keys()
        for table, names in NEEDED.items():
            needed, given = set(names.split()), set(getattr(self, table))
            if missing := sorted(needed - given):
                raise ValueError(f"[{table}] lacks {', '.join(missing)}")
            for name in sorted(given - needed - used):
                if (meant := get_close_matches(name, needed, 1, 0.8)) or table != "colors":  # drawings have others
                    raise ValueError(f"[{table}] has no {name}{f', but {meant[0]}' if meant else ''}")
        for name, ink in self.inks.items():
            if name not in self.colors or not _INK.fullmatch(ink) or sum(map(int, ink.split())) > MOST_INK:
                raise ValueError(
                    f"[inks] {name} needs shares of cyan, magenta, yellow and black of a colour, {MOST_INK} % at most"
                )
        for name, surface in self.surfaces.items():
            for color in vars(surface).values():
                if color and color not in self.colors:
                    raise ValueError(f"surface {name} names the unknown colour {color!r}")
        if self.type["body"].floor < _MIN_BODY_PT:
            raise ValueError(f"the body's floor is under {_MIN_BODY_PT} pt")
        if self.space["line"] < _MIN_LINE or self.space["writing-line"] < _MIN_LINE:
            raise ValueError("lines are under 0.5 pt")
        if self.space["writing-gap"] < _MIN_WRITING_GAP:
            raise ValueError("writing lines are less than 8 mm apart")
        return self


def load_theme(
    resources: Resources, name: str, paper: str = "", brand: str | None = None, named_at: Place | None = None
) -> Theme:
    """Read a theme, on top of the themes it extends; over them the format `paper`, if one is named.

    `brand` is the publisher's colour, « #1f3a93 », which takes the place of the theme's own, but not in grey themes;
    `named_at` is where somebody names the theme, for the fault of one that does not exist or fit.
    """
    if resources.find("themes", name) is None:
        raise _not_found(resources, "themes", name, named_at)
    lineage = _read_lineage(resources, "themes", name)
    tokens: dict[str, Any] = {}
    for table in reversed(lineage.values()):
        tokens = _merge(tokens, table)
    for table in reversed(_read_lineage(resources, "formats", paper).values()) if paper else ():
        without, own = table.pop("without", {}), table.pop("theme", {})  # themes it cannot have; what it says for one
        refused = next((one for one in lineage if isinstance(without, dict) and one in without), None)
        if refused is not None:
            place = named_at or Place(file=f"{paper}.toml")
            raise fail("M304", place, theme=name, format=paper, instead=str(without[refused]))
        above = {key: value for key, value in table.items() if key not in ("description", "description_fr")}
        of_theme = own.get(name) if isinstance(own, dict) else None
        tokens = _merge(_merge(tokens, above), of_theme if isinstance(of_theme, dict) else {})
    colors = tokens.get("colors")
    if brand is not None and isinstance(colors, dict) and str(colors.get("brand", "")).startswith("#"):
        tokens = {**tokens, "colors": {**colors, "brand": brand}, "inks": {}}
    if "name" in tokens:
        raise fail("M302", Place(file=f"{name}.toml", field="name"), problem="a theme is called as its file")
    return validate_resource(Theme, {**tokens, "name": name}, "M302", f"{name}.toml")


def refused_themes(resources: Resources, paper: str) -> list[str]:
    """Return the names of themes that the format of a page cannot have (M304)."""
    tables = _read_lineage(resources, "formats", paper).values() if paper else ()
    return [name for table in tables for name in table.get("without", ())]


def theme_files(resources: Resources, name: str, paper: str) -> list[Resource]:
    """Return the files of a theme that was read: its own, that of its format, and those of what both extend."""
    lineages: list[tuple[Kind, str]] = [("themes", name), *([("formats", paper)] if paper else ())]
    found = (resources.find(kind, one) for kind, start in lineages for one in _read_lineage(resources, kind, start))
    return [file for file in found if file is not None]


def _read_lineage(resources: Resources, kind: Kind, name: str) -> dict[str, dict[str, Any]]:
    """Return a theme or a format as it is written, and those it extends, by name, the nearest first."""
    lineage: dict[str, dict[str, Any]] = {}
    parent: object = name
    named_at: Place | None = None
    while parent is not None:
        one = str(parent)
        found = resources.find(kind, one)
        if one in lineage:
            raise fail("M302", named_at or Place(), problem="it extends itself")
        if found is None:
            raise _not_found(resources, kind, one, named_at)
        lineage[one] = read_resource_toml(found, found.path.name, "M302")
        parent, named_at = lineage[one].pop("extends", None), Place(file=found.path.name, field="extends")
    return lineage


def _not_found(resources: Resources, kind: Kind, name: str, named_at: Place | None = None) -> LeafletError:
    known, place = resources.names(kind), named_at or Place(file=f"{name}.toml")
    code = "M301" if kind == "themes" else "M303"
    return fail(code, place, name=name, proposal=nearest(name, known), known=", ".join(known))


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        table = isinstance(value, dict) and isinstance(merged.get(key), dict) and key not in _WHOLE_TABLES
        merged[key] = {**merged[key], **value} if table else value
    return merged


class TextStyle(NamedTuple):
    """A text style at one step of copy-fit: size in points, leading in µm."""

    name: str
    size: float
    leading: Um
    weight: Weight


class Style:
    """A theme at one step of copy-fit: its type, the level of words left out; without a cut as it was designed."""

    def __init__(self, theme: Theme, cut: Cut = WHOLE) -> None:
        self.theme, self.spare, self.factor, self.pictures = theme, cut.spare, cut.type, cut.pictures
        types: dict[str, TextStyle] = {}
        for name, token in theme.type.items():
            size = max(token.floor, round(token.size * cut.type, 2))
            types[name] = TextStyle(name, size, pt(size * token.leading), token.weight)
        pictures = {name: round(theme.space[name] * cut.pictures) for name in _PICTURES}
        # They return a text style, a space in µm and a surface by name.
        self.text = types.__getitem__
        self.space = {**theme.space, **pictures}.__getitem__
        self.surface = theme.surfaces.__getitem__
        self.sizes = cache(self._sizes)
        """Returns a text style in ever smaller sizes, down to its floor, which comes last."""
        self.code_side = round(theme.qr.most_side * cut.pictures)
        """The side of a code that is neither in a hero nor in a memo: copy-fit scales it as other pictures."""
        self.smallest_type = min(token.floor for token in theme.type.values())
        """The smallest type of the theme, in points."""
        self.is_tightest = cut == theme.fit.cuts[-1]
        """Tell whether this is the last step of copy-fit: what does not fit now is a fault."""

    def _sizes(self, style: TextStyle) -> tuple[TextStyle, ...]:
        token, size, sizes = self.theme.type[style.name], style.size, []
        while size > token.floor:
            sizes.append(size)
            size = round(size - max(_SMALLER, size * _SMALLER_SHARE), 2)
        return tuple(style._replace(size=one, leading=pt(one * token.leading)) for one in (*sizes, token.floor))

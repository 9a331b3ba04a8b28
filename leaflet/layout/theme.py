"""Design tokens: a theme file becomes a checked `Theme`, a `Style` is a theme at one size of copy-fit.

Lengths are micrometres once read; type sizes stay points. Themes are files ``themes/*.toml``; one may
extend another and changes only what differs. A theme is drawn for A4; a format (``formats/*.toml``) is
laid over it for another size of paper: its page, its sizes of type, its gaps, never its colours.
"""

import re
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from leaflet.faults import LeafletError, Place, fail
from leaflet.fonts import Weight
from leaflet.layout.qr import Level
from leaflet.resource_files import read_resource_toml
from leaflet.resources import Kind, Resources
from leaflet.units import Um, parse_length, pt

Length = Annotated[int, BeforeValidator(lambda value: _length(value))]
Fold = Literal["", "booklet", "trifold"]
_COLOR = re.compile(r"#[0-9a-fA-F]{6}|K (?:\d|[1-9]\d|100)")
_MIN_BODY_PT = 9.5  # below it the x-height falls under what RNIB Clear Print and the house rule allow
_INK = re.compile(r"(?:\d|[1-9]\d|100)(?: (?:\d|[1-9]\d|100)){3}")
_MOST_INK = 240  # percent: under what coated and uncoated paper take (FOGRA39 300, FOGRA47 280)
_NEEDED = {  # tokens that layout asks for by name
    "colors": "ink rule mute paper code",
    "surfaces": "band chip number message button panel notice memo page",
    "type": "title side-title section step card lead body message small legal number",
    "space": "band-top band-bottom section block step paragraph item heading pad pad-message number indent bar "
    "radius radius-small line writing-line writing-gap band-inset",
}
# A format may also set the space `writing-least`: the least length of a writing line beside its label. Where there is
# less room the label stands above its line, and a memo's code below its lines.
_MIN_LINE = pt(0.5)  # thinner lines do not survive a photocopy
_MIN_WRITING_GAP = 8000  # µm: handwriting needs 8 mm


def _is_printable(ink: str) -> bool:
    return _INK.fullmatch(ink) is not None and sum(map(int, ink.split())) <= _MOST_INK


def _length(value: object) -> Um:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a length with its unit, such as '85 mm'")
    return parse_length(value)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PageTokens(_Strict):
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


class Surface(_Strict):
    """The parts of a box: names of colours, empty for none."""

    fill: str
    line: str
    text: str
    quiet: str
    bar: str = ""


class TypeToken(_Strict):
    """One text style; sizes in points, leading as a multiple of the size."""

    size: float = Field(gt=0, le=200)
    leading: float = Field(ge=1, le=3)
    weight: Weight
    floor: float


class QrTokens(_Strict):
    """The tokens of QR codes: error correction level and module sizes in µm.

    Codes of cards are `least_side` at least (without quiet zone), to be read from afar, and `most_side` at most
    (with it), unless the floor of a module asks for more.
    """

    level: Level
    module: Length
    module_floor: Length = Field(alias="module-floor", ge=500)
    memo_module: Length = Field(alias="memo-module")
    memo_side: Length = Field(alias="memo-side")
    wide_side: Length = Field(alias="wide-side")
    least_side: Length = Field(alias="least-side")
    most_side: Length = Field(alias="most-side")

    @model_validator(mode="after")
    def _above_floor(self) -> "QrTokens":
        if min(self.module, self.memo_module) < self.module_floor:
            raise ValueError("module and memo-module may not be under module-floor")
        return self


class FitTokens(_Strict):
    """The steps of copy-fit, from comfortable to tight: factors on type sizes and on the gaps between blocks."""

    type: tuple[float, ...]
    space: tuple[float, ...]

    @model_validator(mode="after")
    def _pairs(self) -> "FitTokens":
        if len(self.type) != len(self.space) or not self.type:
            raise ValueError("type and space need the same number of steps")
        return self


class Theme(_Strict):
    """The tokens of one theme."""

    name: str
    description: str
    description_fr: str = ""
    page: PageTokens
    colors: dict[str, str]
    inks: dict[str, str]
    surfaces: dict[str, Surface]
    type: dict[str, TypeToken]
    space: dict[str, Length]
    qr: QrTokens
    fit: FitTokens
    fold: Fold = ""

    @property
    def is_gray(self) -> bool:
        """Tell whether every colour is a share of black, so that the whole file is DeviceGray."""
        return all(color.startswith("K ") for color in self.colors.values())

    def resized(self, width: Um, height: Um) -> "Theme":
        """Return the theme for a page a little larger or smaller, such as another maker's card."""
        return self.model_copy(update={"page": self.page.model_copy(update={"width": width, "height": height})})

    @model_validator(mode="after")
    def _check(self) -> "Theme":
        for table, names in _NEEDED.items():
            if missing := sorted(set(names.split()) - set(getattr(self, table))):
                raise ValueError(f"[{table}] lacks {', '.join(missing)}")
        for name, color in self.colors.items():
            if not _COLOR.fullmatch(color):
                raise ValueError(f"colour {name} = {color!r} is neither #rrggbb nor 'K 0' … 'K 100'")
            if not color.startswith("K ") and not _is_printable(self.inks.get(name, "")):
                raise ValueError(
                    f"[inks] {name} needs shares of cyan, magenta, yellow and black, {_MOST_INK} % at most"
                )
        for name, surface in self.surfaces.items():
            for used in (surface.fill, surface.line, surface.text, surface.quiet, surface.bar):
                if used and used not in self.colors:
                    raise ValueError(f"surface {name} names the unknown colour {used!r}")
        if self.type["body"].floor < _MIN_BODY_PT:
            raise ValueError(f"the body's floor is under {_MIN_BODY_PT} pt")
        if self.space["line"] < _MIN_LINE or self.space["writing-line"] < _MIN_LINE:
            raise ValueError("lines are under 0.5 pt")
        if self.space["writing-gap"] < _MIN_WRITING_GAP:
            raise ValueError("writing lines are less than 8 mm apart")
        return self


def load_theme(resources: Resources, name: str, paper: str = "") -> Theme:
    """Read a theme, on top of the theme it extends; over both the format ``paper``, if one is named.

    Raises:
        TemplateError: no such theme or format, or a token that is missing, unknown or out of bounds.
    """
    tokens = _read_tokens(resources, name, ())
    if paper:
        tokens = _lay_over(tokens, _read_table(resources, "formats", paper, "M303"), name)
    if "name" in tokens:
        raise fail("M302", Place(file=f"{name}.toml", field="name"), problem="a theme is called as its file")
    try:
        return Theme.model_validate({**tokens, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise fail("M302", Place(file=f"{name}.toml", field=key or None), problem=first["msg"]) from None


def _read_tokens(resources: Resources, name: str, seen: tuple[str, ...]) -> dict[str, Any]:
    if name in seen:
        raise _not_found(resources, "themes", name, "M301")
    tokens = _read_table(resources, "themes", name, "M301")
    parent = tokens.pop("extends", None)
    if parent is None:
        return tokens
    return _merge(_read_tokens(resources, str(parent), (*seen, name)), tokens)


def _lay_over(tokens: dict[str, Any], paper: dict[str, Any], theme: str) -> dict[str, Any]:
    """Return a format over a theme's tokens, with what the format says for this theme alone."""
    for key in ("description", "description_fr"):
        paper.pop(key, None)
    themes = paper.pop("theme", {})
    own = themes.get(theme) if isinstance(themes, dict) else None
    return _merge(_merge(tokens, paper), own if isinstance(own, dict) else {})


def _read_table(resources: Resources, kind: Kind, name: str, code: str) -> dict[str, Any]:
    """Return a theme or a format as it is written; `code` is the fault if there is none of this name."""
    found = resources.find(kind, name)
    if found is None:
        raise _not_found(resources, kind, name, code)
    return read_resource_toml(found, found.path.name, "M302")


def _not_found(resources: Resources, kind: Kind, name: str, code: str) -> LeafletError:
    return fail(code, Place(file=f"{name}.toml"), name=name, known=", ".join(resources.names(kind)))


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        table = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = {**merged[key], **value} if table else value
    return merged


class TextStyle(NamedTuple):
    """A text style at one step of copy-fit: size in points, leading in µm."""

    name: str
    size: float
    leading: Um
    weight: Weight


class Style:
    """A theme with its type at one factor of copy-fit; 1 is the theme as designed."""

    def __init__(self, theme: Theme, factor: float) -> None:
        self.theme = theme
        self._types = {name: _scaled(name, token, factor) for name, token in theme.type.items()}

    def text(self, name: str) -> TextStyle:
        """Return a text style."""
        return self._types[name]

    def space(self, name: str) -> Um:
        """Return a space, µm."""
        return self.theme.space[name]

    def surface(self, name: str) -> Surface:
        """Return a surface."""
        return self.theme.surfaces[name]


def _scaled(name: str, token: TypeToken, factor: float) -> TextStyle:
    size = max(token.floor, round(token.size * factor, 2))
    return TextStyle(name, size, pt(size * token.leading), token.weight)

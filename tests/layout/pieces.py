"""Blocks laid out by themselves, for tests of one kind of block."""

from leaflet.files.resources import program_resources
from leaflet.geometry import Um
from leaflet.layout.blocks import lay_block
from leaflet.layout.drawings.store import program_drawings
from leaflet.layout.marks import Text
from leaflet.layout.piece import Piece
from leaflet.layout.setter import Setter
from leaflet.layout.theme import WHOLE, Cut, Style, Theme, load_theme
from leaflet.markup.parse import parse_blocks
from tests.support import fontbook


def theme_on(paper: str, theme: str = "default") -> Theme:
    return load_theme(program_resources(), theme, paper)


def piece_of(markup: str, width: Um, cut: Cut = WHOLE, theme: str = "default", paper: str = "") -> Piece:
    style = Style(theme_on(paper, theme), cut)
    return lay_block(Setter(fontbook(), style, {}, program_drawings()), parse_blocks(markup)[0], width)


def texts(piece: Piece) -> dict[str, Text]:
    return {mark.text.strip(): mark for group in piece.groups for mark in group.marks if isinstance(mark, Text)}

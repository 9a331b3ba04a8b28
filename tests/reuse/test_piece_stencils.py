"""A filled piece is the piece that its record would have had for itself."""

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.faults import RenderError
from leaflet.geometry import Um, mm
from leaflet.layout.blocks import lay_block
from leaflet.layout.drawings.store import program_drawings
from leaflet.layout.fonts import slash_zeros
from leaflet.layout.marks import Text
from leaflet.layout.piece import Piece
from leaflet.layout.setter import Setter
from leaflet.layout.theme import Style
from leaflet.reuse import piece_stencils
from leaflet.reuse.flow_stencils import BlockStencil, FilledBlock
from leaflet.reuse.piece_stencils import PieceStencils
from leaflet.reuse.traced_template import TextStencil
from tests.support import LONG_NAME, SHORT_NAME, fontbook, theme_named

FOOTER = BlockStencil(TextStencil(("<footer><p>Imprimé par nos soins</p><p class='end'>", " · v1</p></footer>")))
STRIP = BlockStencil(TextStencil(("<strip>Pour : <strong>", "</strong>, ", "</strip>")))
CASE = BlockStencil(TextStencil(("<panel><h3>", "</h3><p>", " Tours</p><p>UAI ", "</p></panel>")))
HEADLINE = BlockStencil(TextStencil(("<hero><p>Pour ", "</p><h1>", "</h1></hero>")))
NUMBERED = BlockStencil(TextStencil(("<hero><h1>Paquet ", " <small>sur ", "</small></h1></hero>")))
LISTED = BlockStencil(TextStencil(("<ul><li>", "</li><li>Pour tous</li></ul>")))
MIXED = BlockStencil(TextStencil(("<p>Pour <strong>", "</strong> et les autres</p>")))
CODED = BlockStencil(
    TextStencil(("<panel><p>", "</p><p>UAI <code>", "</code></p><p>Tél. <code>", "</code></p></panel>"))
)
LINKED = BlockStencil(TextStencil(("<p>Voir <a href='https://a.fr/'>a.fr</a>, ", "</p>")))
LEAF = BlockStencil(
    TextStencil(("<hero><dates><leaf weekday='jeudi' day='3' month='mai'>", "</leaf></dates></hero>"))
)
MEASURED = [  # blocks that lay a text out to see how high it is, before they place it
    BlockStencil(TextStencil((f"<{start}<p>Bonjour ", f"</p></{end}>")))
    for start, end in (
        ('tile number="1"><dialog>', "dialog><h3>Ouvrir</h3></tile"),
        ('tile number="1"><mail from="Le portail">', "mail></tile"),
        ("screen scene='login' address='a' login='b' alt='a'><part name='login'><h3>A</h3>", "part></screen"),
    )
]
TEXTS = st.one_of(
    st.sampled_from([SHORT_NAME, LONG_NAME, "x", "L’Île  aux  Saules", "Dupont &amp; Fils", " Lycée "]),
    st.text("abcdefgijlmnoprstuvéèàç '-", min_size=1, max_size=40),
)


@cache
def setter() -> Setter:
    return Setter(fontbook(), Style(theme_named("default")), {}, program_drawings())


def lay_plain(block: BlockStencil, values: Sequence[str], width: Um) -> Piece:
    return lay_block(setter(), FilledBlock(block, tuple(values)).parse(), width)


@pytest.mark.parametrize("block", [FOOTER, STRIP, CASE, HEADLINE, NUMBERED, LISTED, MIXED, CODED, *MEASURED])
@given(records=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_filled_pieces_are_those_laid_out_plainly(block: BlockStencil, records: list[tuple[str, ...]]) -> None:
    """Whatever was filled before, on one line or on several; a record may be left to the plain way, never wrong."""
    stencils = PieceStencils(setter(), block, mm(120))
    for record in records:
        values = record[: len(block.source.texts) - 1]
        piece = stencils.lay(values)
        if piece is not None:
            assert repr(replace(piece, stencil=None)) == repr(lay_plain(block, values, mm(120)))
        elif all(value.strip() for value in values):
            with pytest.raises(RenderError):  # a word is too wide
                lay_plain(block, values, mm(120))


def test_texts_of_one_height_share_a_stencil() -> None:
    """Their structure need not be written again; a second line makes another stencil."""
    stencils = PieceStencils(setter(), CASE, mm(120))
    found = [
        piece.stencil
        for name in ("Lycée Balzac", "École Jules Verne", LONG_NAME)
        if (piece := stencils.lay([name, "37000", "0370001A"])) is not None
    ]
    assert found[0] is found[1] is not None and found[2] not in (None, found[0])
    assert [len(stencil.variable) for stencil in found if stencil] == [3, 3, 3]


@pytest.mark.parametrize("block", [LINKED, LEAF])
def test_a_block_that_looks_at_letters_is_laid_out_plainly(block: BlockStencil) -> None:
    """A link that moves with the text beside it, and a frame drawn around its text: no hole serves for those."""
    assert PieceStencils(setter(), block, mm(120)).lay(["Lycée Balzac"]) is None


def test_codes_that_are_filled_in_have_slashed_zeros() -> None:
    """As in a piece laid out for itself. They are read as plain zeros, and other texts have plain ones."""
    stencils = PieceStencils(setter(), CODED, mm(120))
    for code in ("0370036N", "0370040S"):
        piece = stencils.lay(["Rue du 10 mai", code, "02 00"])
        assert piece is not None
        set_texts = [mark.text for group in piece.groups for mark in group.marks if isinstance(mark, Text)]
        assert set_texts.count(slash_zeros(code)) == 1 and "Rue du 10 mai" in set_texts
        assert f"UAI {code}" in piece.text


def test_a_text_too_wide_is_left_to_be_reported() -> None:
    """And the next record is filled again."""
    stencils = PieceStencils(setter(), FOOTER, mm(30))
    assert stencils.lay(["0370001A"]) is not None and stencils.lay(["0" * 60]) is None
    assert stencils.lay(["0370002B"]) is not None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more pieces are learnt than there is room for; those that are known are filled all the same."""
    monkeypatch.setattr(piece_stencils, "_PIECES", 2)
    stencils = PieceStencils(setter(), FOOTER, mm(120))
    widths = ["0" * count for count in (1, 8, 16, 8)]
    assert [stencils.lay([text]) is not None for text in widths] == [True, True, False, True]

"""A piece cast in a mould is the piece that its record would have had for itself."""

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.layout import moulds
from leaflet.layout.blocks import lay_block
from leaflet.layout.moulds import Mould
from leaflet.layout.piece import Piece
from leaflet.layout.setter import Setter
from leaflet.layout.theme import Style
from leaflet.markup.forms import Filled, PieceForm
from leaflet.markup.paths import Form
from leaflet.units import Um, mm
from tests.support import LONG_NAME, SHORT_NAME, fontbook, theme_named

FOOTER = PieceForm(Form(("<footer><p>Imprimé par nos soins</p><p class='end'>", " · v1</p></footer>")))
ADDRESSEE = PieceForm(Form(("<addressee><p>", "</p><p>", " Tours</p><p class='end'>UAI ", "</p></addressee>")))
LISTED = PieceForm(Form(("<ul><li>", "</li><li>Pour tous</li></ul>")))
MIXED = PieceForm(
    Form(
        (
            "<p>Pour <strong>",
            "</strong> et les autres</p>",
        )
    )
)
CHIP = PieceForm(Form(("<banner><h1>Votez</h1><chip>", "</chip></banner>")))
TEXTS = st.one_of(
    st.sampled_from([SHORT_NAME, LONG_NAME, "x", "L’Île  aux  Saules", "Dupont &amp; Fils", " Lycée "]),
    st.text("abcdefgijlmnoprstuvéèàç '-", min_size=1, max_size=40),
)


@cache
def setter() -> Setter:
    return Setter(fontbook(), Style(theme_named("default"), 1), {})


def lay_plain(form: PieceForm, gaps: Sequence[str], width: Um) -> Piece:
    return lay_block(setter(), Filled(form, tuple(gaps)).parse(), width)


@pytest.mark.parametrize("form", [FOOTER, ADDRESSEE, LISTED])
@given(records=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6))
def test_cast_pieces_are_those_laid_out_plainly(form: PieceForm, records: list[tuple[str, ...]]) -> None:
    """Whatever was cast before, on one line or on several; a mould may leave a record to others, but not err."""
    mould = Mould(setter(), form, mm(120))
    for record in records:
        gaps = record[: len(form.form.texts) - 1]
        piece = mould.lay(gaps)
        if piece is not None:
            assert repr(replace(piece, kind=None)) == repr(lay_plain(form, gaps, mm(120)))
        else:
            assert not all(gap.strip() for gap in gaps)


def test_texts_that_are_set_alike_are_of_one_kind() -> None:
    """Whose structure need not be written again; a second line makes another kind."""
    mould = Mould(setter(), ADDRESSEE, mm(120))
    kinds = [
        piece.kind
        for name in ("Lycée Balzac", "École Jules Verne", LONG_NAME)
        if (piece := mould.lay([name, "37000", "0370001A"])) is not None
    ]
    assert kinds[0] is kinds[1] is not None
    assert kinds[2] not in (None, kinds[0])
    assert [len(kind.own) for kind in kinds if kind] == [3, 3, 3]


@pytest.mark.parametrize("form", [MIXED, CHIP])
def test_a_block_that_looks_at_letters_is_laid_out_plainly(form: PieceForm) -> None:
    """Text of two weights, and a frame that is drawn around its text: no stand-in serves for those."""
    assert Mould(setter(), form, mm(120)).lay(["Lycée Balzac"]) is None


def test_a_text_too_wide_is_left_to_be_reported() -> None:
    """And the next record is cast again."""
    mould = Mould(setter(), FOOTER, mm(30))
    assert mould.lay(["0370001A"]) is not None
    assert mould.lay(["0" * 60]) is None
    assert mould.lay(["0370002B"]) is not None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mould takes no more kinds than it has room for; those it has are cast all the same."""
    monkeypatch.setattr(moulds, "_KINDS", 2)
    mould = Mould(setter(), FOOTER, mm(120))
    widths = ["0" * count for count in (1, 8, 16, 8)]
    assert [mould.lay([text]) is not None for text in widths] == [True, True, False, True]

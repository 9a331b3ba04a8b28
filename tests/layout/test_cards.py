"""Sides of cards: what one writes on is free of the code, and a card has one code."""

import pytest

from leaflet.geometry import mm
from leaflet.layout.theme import Cut
from tests.layout.pieces import piece_of, texts, theme_on
from tests.support import fault_of

HREF = "https://www.exemple.org/abc"
CODE = f'<qr at="t.xml:3" href="{HREF}" title="Le portail" alt="QR code"/>'
SHORT = '<blank label="Mon nom"/>'
LONG = '<blank label="Mon identifiant de messagerie académique, celui d’avant le point"/>'
CARD = theme_on("card")
WIDTH = CARD.page.width - 2 * CARD.page.margin


@pytest.mark.parametrize("lines", [SHORT + LONG, LONG + SHORT, LONG + LONG, SHORT + SHORT])
@pytest.mark.parametrize("cut", dict.fromkeys(CARD.fit.cuts))
def test_no_code_stands_where_one_writes(lines: str, cut: Cut) -> None:
    """The first label alone may stand beside the code; the line under it, and all that follows, are below."""
    piece = piece_of(f"<card><h1>Vote</h1>{CODE}{lines}</card>", WIDTH, cut, paper="card")
    (code,) = piece.codes
    modules = code.box.grown(-4 * code.module)
    for blank in piece.blanks:
        assert not modules.overlaps(blank.box)
    assert piece.height == CARD.page.height - 2 * CARD.page.head


def test_room_of_a_card() -> None:
    """A code grows with its card; a label with room under the code is not broken for its sake."""
    sides = []
    for lines in (1, 5):
        text = "".join(f'<h2 at="t.xml:2">Ligne {line}</h2>' for line in range(lines))
        piece = piece_of(f"<hero>{text}{CODE}</hero>", mm(210))
        sides += [code.box.width for code in piece.codes]
    assert sides[0] < sides[1] <= mm(58)
    label = "Mon identifiant de messagerie académique"
    piece = piece_of(f'<card><h1>Vote</h1>{CODE}{SHORT}<blank label="{label}"/></card>', WIDTH, paper="card")
    assert label in texts(piece)


@pytest.mark.parametrize(
    ("markup", "paper"), [("<card><h1>Vote</h1>{}</card>", "card"), ('<memo cut="x">{}</memo>', "")]
)
def test_a_second_code_is_refused(markup: str, paper: str) -> None:
    """M111 names its line; codes of which one takes the place of the other are one."""
    fault = fault_of(lambda: piece_of(markup.format(CODE + CODE.replace("t.xml:3", "t.xml:4")), mm(150), paper=paper))
    assert (fault.code, fault.place.line) == ("M111", 4)
    other = CODE.replace("<qr", '<qr spare="1"') + CODE.replace("<qr", '<qr instead="1"')
    assert len(piece_of(markup.format(other), mm(75 if paper else 150), paper=paper).codes) == 1

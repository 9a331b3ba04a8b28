"""Texts in marked content are compared with the letters they stand for."""

import pikepdf
import pytest

from leaflet.preflight.replaced_text import ReplacedText, find_replaced

LETTERS = {"/F": ({code: chr(code) for code in range(32, 127)}, 1)}
SHOWN = "BT /F 12 Tf (Le vote) Tj [(fer)-9(me)] TJ (le 6) ' ET"


def replaced(content: str, **resources: pikepdf.Object) -> list[ReplacedText]:
    with pikepdf.new() as pdf:
        return list(find_replaced([pikepdf.Stream(pdf, content.encode())], LETTERS, pikepdf.Dictionary(resources)))


def test_the_letters_are_those_within() -> None:
    """A text stands for all letters between BDC and EMC, nested ones too; its property list may be a named one."""
    inner = f"/Span << /ActualText (le 6) /MCID 1 >> BDC {SHOWN} EMC"
    assert replaced(f"{SHOWN} {inner} {SHOWN}") == [ReplacedText("le 6", "Le votefermele 6")]
    outer = replaced(f"/P << /Alt (tout) >> BDC BT /F 12 Tf (Avant) Tj ET {inner} EMC EMC")
    assert outer == [ReplacedText("le 6", "Le votefermele 6"), ReplacedText("tout", "AvantLe votefermele 6")]
    named = pikepdf.Dictionary({"/P1": pikepdf.Dictionary(ActualText="le 7")})
    assert replaced(f"/Span /P1 BDC {SHOWN} EMC", **{"/Properties": named}) == [
        ReplacedText("le 7", "Le votefermele 6")
    ]
    assert replaced(f"/P << /MCID 0 >> BDC {SHOWN} EMC") == []


@pytest.mark.parametrize(
    ("said", "shown", "is_other"),
    [
        ("le 6 décembre", "le 6 décembre", False),
        ("élections", "Élec-tions", False),
        ("élec\u00adtions", "ÉLEC TIONS", False),
        ("coche", "✓", False),
        ("le 7 décembre", "le \ufffd décembre", False),
        ("le 7 décembre", "le 6 décembre", True),
        ("le vote est reporté", "le vote est ouvert", True),
        ("vote.example.com", "elections2018.education.gouv.fr", True),
    ],
)
def test_what_is_said_is_shown(said: str, shown: str, is_other: bool) -> None:
    """A text may differ in hyphens, capitals and signs; a number or a word that is not shown is another text."""
    assert ReplacedText(said, shown).is_other == is_other

"""A value of the wrong kind: the fault says what is needed here, and the line as it should be if that is certain."""

from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES
from tests.campaign.fault_cases import BODY, HEAD, load


@pytest.mark.parametrize(("old", "new", "english", "french"), [
    ("[[document]]", '[[document]]\nfold = "oui"',
     ("“oui” is a text; needed here: true or false, without quotation marks.", "Write instead: fold = true"),
     ("il faut ici true ou false, sans guillemets.", "\u00a0: fold = true")),
    ("[[document]]", '[[document]]\nfold = "parfois"', ("Write true or false, without quotation marks.",),
     ("Écrivez true ou false, sans guillemets.",)),
    ("[data]", 'kind = "syndicat"\n[data]', ("needed here: “union” or “administration”.",),
     ("il faut ici «\u00a0union\u00a0» ou «\u00a0administration\u00a0».",)),
    ("[data]", "[data]\nheader_row = 0", ("“0” is a whole number; needed here: a number of 1 or more.",),
     ("il faut ici un nombre d’au moins 1.",)),
    ("[data]", "[data]\nstaff = true", ("“true” is a yes-or-no value",),
     ("«\u00a0true\u00a0» est une valeur «\u00a0vrai ou faux\u00a0»",)),
    ("[data]", "[academies.lyon]\nlogin_rule = true\n[data]", ("needed here: false.",),
     ("il faut ici «\u00a0false\u00a0».",)),
    ('template = "leaflet-a4"', 'name = "x"', ("Add below [[document]] a line",),
     ("Ajoutez sous [[document]] une ligne",))
])  # fmt: skip
def test_what_is_needed_is_said(
    tmp_path: Path, old: str, new: str, english: tuple[str, ...], french: tuple[str, ...]
) -> None:
    (fault,) = load(tmp_path, (HEAD + BODY).replace(old, new))
    for lang, texts in zip(LANGUAGES, (english, french), strict=True):
        said = f"{fault.reason(lang)}\n{fault.way_out(lang)}"
        assert all(text in said for text in texts), said

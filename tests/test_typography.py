"""French spacing: authors type ordinary spaces and apostrophes, readers see the right ones."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.text import campaign_spacing, french_spacing, typographic
from tests.support import make_template, parse_all

NBSP, NNBSP = "\u00a0", "\u202f"

TABLE = [
    ("Un : deux", f"Un{NBSP}: deux"), ("Un ; deux", f"Un{NNBSP}; deux"), ("Un !", f"Un{NNBSP}!"),
    ("Un ?", f"Un{NNBSP}?"), ("Un ?!", f"Un{NNBSP}?!"), ("« un »", f"«{NBSP}un{NBSP}»"),
    ("« un » : « deux »", f"«{NBSP}un{NBSP}»{NBSP}: «{NBSP}deux{NBSP}»"), ("« Oui ! »", f"«{NBSP}Oui{NNBSP}!{NBSP}»"),
    ("50 %", f"50{NBSP}%"), ("12 €", f"12{NBSP}€"), ("Tours · 37", f"Tours{NBSP}· 37"), ("l'école", "l’école"),
    ("jusqu'à l'élection", "jusqu’à l’élection"), ("aujourd'hui", "aujourd’hui"), ("d'", "d’"),
    ("Un, deux. Trois", "Un, deux. Trois"), ("à 10:30", "à 10:30"), ("https://a.fr/?b", "https://a.fr/?b"),
    ("« déjà » fait", f"«{NBSP}déjà{NBSP}» fait"), (f"Un{NBSP}: deux{NNBSP}!", f"Un{NBSP}: deux{NNBSP}!"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "printed"), TABLE)
def test_french_spacing(typed: str, printed: str) -> None:
    """Punctuation, guillemets, middle dots, % and € keep what they belong to; apostrophes are curly."""
    assert french_spacing(typed) == printed


@given(st.text())
def test_spacing_twice_is_spacing_once(text: str) -> None:
    """Only spaces and apostrophes change, one for one; a text that is spaced already stays as it is."""
    once = french_spacing(text)
    assert french_spacing(once) == once
    spaced = french_spacing(text)
    assert len(spaced) == len(text)
    assert {(a, b) for a, b in zip(text, spaced, strict=True) if a != b} <= {(" ", NBSP), (" ", NNBSP), ("'", "’")}


CAMPAIGN = [
    ("Mon code : je le garde !", f"Mon code{NBSP}: je le garde{NNBSP}!"),
    ("Le bouton « Voter » s'affiche ; je clique.", f"Le bouton «{NBSP}Voter{NBSP}» s’affiche{NNBSP}; je clique."),
    ("Vraiment ?!", f"Vraiment{NNBSP}?!"),
    ("(« oui »)", f"(«{NBSP}oui{NBSP}»)"),
    ("50 % des voix, 12 €", f"50{NBSP}% des voix, 12{NBSP}€"),
    ("Imprimé par nos soins · Ne pas jeter", f"Imprimé par nos soins{NBSP}· Ne pas jeter"),
    ("https://l'ecole.fr/a?b=c:d'e", "https://l'ecole.fr/a?b=c:d'e"),
    ("prenom.d'if@ac-tours.fr", "prenom.d'if@ac-tours.fr"),
    ("www.d'ecole.fr", "www.d'ecole.fr"),
    ("de 8:00 à 17 h 30", "de 8:00 à 17 h 30"),
    ("parmi ! ? % $ :-) ;x", f"parmi{NNBSP}!{NNBSP}? % $ :-) ;x"),
    ("code 12'AB'34", "code 12'AB'34"),
    ("1 rue de l'Exemple, 37000 Tours", f"1 rue de l’Exemple, 37000{NBSP}Tours"),
]


@pytest.mark.parametrize(("typed", "printed"), CAMPAIGN)
def test_texts_of_a_campaign(typed: str, printed: str) -> None:
    """French marks keep what they belong to; what is an address, an hour or a code stays."""
    assert campaign_spacing(typed) == printed


@given(st.text(alphabet=" aé1'’:;!?»«%€./@\u00a0", max_size=30))
def test_texts_of_a_campaign_keep_every_letter(text: str) -> None:
    """Only spaces and apostrophes change, one for one; a second time changes nothing; no mark begins a line."""
    spaced = campaign_spacing(text)
    assert {(a, b) for a, b in zip(text, spaced, strict=True) if a != b} <= {(" ", NBSP), (" ", NNBSP), ("'", "’")}
    assert campaign_spacing(spaced) == spaced and not re.search(r" [:;!?»](\s|$)|« ", spaced)


@given(st.from_regex(r"https://[a-z.]{1,20}/[a-z0-9:;!?'%=&»-]{0,20}|\d{1,2}:\d\d|[A-Z0-9]{4,12}", fullmatch=True))
def test_addresses_hours_and_codes_stay(value: str) -> None:
    """Alone, and in a sentence."""
    assert campaign_spacing(value) == value and value in campaign_spacing(f"Ouvrir {value} : c'est là")


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Lycée de l'hôtellerie", "Lycée de l’hôtellerie"),
        ("Villeneuve-d’Ascq", "Villeneuve-d’Ascq"),
        ("Bâtiment B' : 2'4", "Bâtiment B' : 2'4"),
    ],
)
def test_names_of_lists_get_their_apostrophes(listed: str, printed: str) -> None:
    """Nothing but an apostrophe between letters changes."""
    assert typographic(listed) == printed


DATA = "L'école ! « A » : B ? 5 % ; 3 €"


@pytest.mark.parametrize(
    "source", ["{{ name }}", "x {{ name }} !", "l'{{ name }} ?", "{% if name %}{{ name }}{% endif %}"]
)
def test_data_are_never_spaced(tmp_path: Path, source: str) -> None:
    """A value is printed as the list has it, while the template's own text around it is spaced."""
    renderer = make_template(tmp_path, leaflet=f'<leaflet title="T"><page><p>{source}</p></page></leaflet>')
    (paragraph,) = parse_all(renderer.render({"name": DATA}))
    assert DATA in paragraph.text and " !" not in paragraph.text.replace(DATA, "")
    assert "'" not in paragraph.text.replace(DATA, "")


def test_expressions_are_not_spaced_and_attributes_are(tmp_path: Path) -> None:
    source = "{% if name == \"l'un ?\" %}oui{% else %}non{% endif %}{# l'autre ! #}"
    renderer = make_template(tmp_path, leaflet=f'<leaflet title="T"><page><p>{source}</p></page></leaflet>')
    assert parse_all(renderer.render({"name": "l'un ?"}))[0].text == "oui"
    source = '<memo cut="À découper : merci !"><blank label="L\'adresse"/></memo>'
    renderer = make_template(tmp_path, leaflet=f'<leaflet title="T"><page>{source}</page></leaflet>')
    (memo,) = parse_all(renderer.render({}))
    assert memo.attributes["cut"] == f"À découper{NBSP}: merci{NNBSP}!"
    assert memo.elements[0].attributes["label"] == "L’adresse"

"""What the memo asks for beside the portal's code: what one logs in with to vote, never the mailbox's user name."""

from itertools import product

import pytest

from leaflet.layout.marks import Text
from leaflet.markup.record_values import RecordContexts
from tests.one_template import contexts_of, lay_out
from tests.support import LONG_NAME, SHORT_NAME, WORDED, labels_of, marks_of

LOGIN = "Adresse pro (mon identifiant pour voter)"
MAILBOX = "identifiant de messagerie"
LEAFLETS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold")
FOLDED = ("memo-a6", "memo-card-two-codes")  # all their lines stand together
NO_LARGE_PRINT = ("leaflet-trifold", "memo-card-two-codes")
STEPS = 'steps = ["open-portal-mail", "open-mailbox", "create-password", "enter-space"]\n'
FACTS = STEPS + '[links]\nportal = "https://exemple-vote-2026.gouv.fr/"\n'
BY_ADDRESS = (
    FACTS + '[account]\nspace = "espace électeur"\nlogin = "adresse professionnelle"\n[memo]\nlines = {lines}\n'
)
BY_NUMBER = FACTS + '[account]\nspace = "espace électeur"\nlogin = "numéro d’exemple"\n[memo]\nlines = {lines}\n'
VOTES = {  # the election, what its campaign adds, the labels of the memo
    "2018": ("2018", "", ["Adresse pro", "Mot de passe"]),
    "2022": ("2022", "", [LOGIN, "Mot de passe élections"]),
    "2026, an address": ("2026", BY_ADDRESS.format(lines='["Mot de passe"]'), [LOGIN, "Mot de passe"]),
    "2026, a number": ("2026", BY_NUMBER.format(lines='["Mot de passe"]'), ["Adresse pro", "Mot de passe"]),
    "the campaign's own address": (
        *("2026", BY_ADDRESS.format(lines='["Mon adresse", "Mot de passe"]')),
        ["Mon adresse", "Mot de passe"],
    ),
    "the campaign's own words": (
        *("2026", BY_ADDRESS.format(lines='["Identifiant du portail", "Mot de passe"]')),
        ["Identifiant du portail", "Mot de passe"],
    ),
}


@pytest.fixture(scope="module", params=VOTES)
def vote(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[RecordContexts, list[str]]:
    election, facts, labels = VOTES[request.param]
    return contexts_of(tmp_path_factory.mktemp("vote"), election, facts), labels


def themed(templates: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = product(templates, WORDED)
    return [(name, theme) for name, theme in pairs if theme != "large-print" or name not in NO_LARGE_PRINT]


@pytest.mark.parametrize(("template", "theme"), themed(LEAFLETS))
def test_a_leaflet_asks_for_what_the_portal_asks_for(
    vote: tuple[RecordContexts, list[str]], template: str, theme: str
) -> None:
    """The address, where one logs in with it, then the lines as the campaign has them; nothing of the mailbox."""
    contexts, labels = vote
    for name, uai in product((SHORT_NAME, LONG_NAME), ("0370036N", "9710001Z")):
        asked = labels_of(lay_out(contexts, template, theme, name, uai))
        assert [one for one in asked if not one.endswith("adresse ici\u00a0:")] == labels  # that of the mailbox


@pytest.mark.parametrize("theme", WORDED)
def test_sheets_and_cards_ask_for_it_too(vote: tuple[RecordContexts, list[str]], theme: str) -> None:
    """Where portal and steps are known; the portal's side asks nothing of the mailbox, labels have it alone."""
    contexts, labels = vote
    assert labels_of(lay_out(contexts, "vote-dates-a4", theme)) == labels
    contexts, _ = vote
    front, back = lay_out(contexts, "memo-card", theme).faces
    asked = [[blank.label for placed in face.placed for blank in placed.piece.blanks] for face in (front, back)]
    assert not any(MAILBOX in label for label in asked[0]) and all(MAILBOX in label for label in asked[1])
    assert not any(MAILBOX in label for label in labels_of(lay_out(contexts, "memo-label", theme)))


@pytest.mark.parametrize(("template", "theme"), themed(FOLDED))
def test_a_card_says_what_its_address_is_for(
    vote: tuple[RecordContexts, list[str]], template: str, theme: str
) -> None:
    """Where one logs in with the address, its line says so; the mailbox's user name has a line of its own."""
    contexts, _ = vote
    if template == "memo-card-two-codes" and "education-jeunesse" in contexts.shared["election"]["links"]["portal"]:
        pytest.skip("a card with a code of this address has no room for two")
    asked = labels_of(lay_out(contexts, template, theme))
    by_address = "adresse" in contexts.shared["election"]["account"]["login"]
    assert asked[0] == (LOGIN if by_address else "Adresse pro")
    assert [MAILBOX in label for label in asked[1:]] == [False, True]


def test_the_label_is_printed_whole_where_it_has_room(vote: tuple[RecordContexts, list[str]]) -> None:
    """On A4, in large print, too."""
    contexts, labels = vote
    for theme in WORDED:
        layout = lay_out(contexts, "leaflet-a4", theme)
        printed = {mark.text.strip() for face in layout.faces for placed in face.placed for mark in marks_of(placed)
                   if isinstance(mark, Text)}  # fmt: skip
        assert set(labels) <= printed

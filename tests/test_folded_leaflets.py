"""The leaflets on a folded sheet, A5 and tri-fold: what their folds, their memo and their steps ask of them."""

from pathlib import Path

import pytest

from leaflet.geometry import Box, Um, mm
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Path as DrawnPath
from leaflet.layout.marks import Shape, Text
from leaflet.markup.record_values import RecordContexts
from tests.one_template import contexts_of, lay_out, theme_of
from tests.support import LONG_NAME, NAMES, THEMES, ink_boxes, marks_of, text_of

A5, TRIFOLD = "leaflet-a5", "leaflet-trifold"
COPIERS = ["default", "ink-saver"]  # grey has the places of default; large print is another A5, and no tri-fold
PLACES = ("0370036N", "0590001A", "9740001A", "9830002K")  # Orléans-Tours, Lille, La Réunion, Nouvelle-Calédonie
KNOWN_STEPS = ("receive-notice", "open-portal-mail", "open-mailbox", "create-password", "choose-challenge")
LAST_STEPS = ("enter-space", "keep-code", "vote")
STEPS = {number: [*KNOWN_STEPS[: min(number - 1, 5)], *LAST_STEPS[-max(1, number - 5) :]] for number in range(3, 9)}


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RecordContexts]:
    """What templates see, by election: its address of the portal is short in 2018, long in 2022."""
    folder = tmp_path_factory.mktemp("elections")
    return {election: contexts_of(folder / election, election) for election in ("2018", "2022")}


@pytest.fixture(scope="module")
def by_steps(tmp_path_factory: pytest.TempPathFactory) -> dict[int, RecordContexts]:
    folder = tmp_path_factory.mktemp("steps")
    return {
        number: contexts_of(
            folder / str(number),
            "2022",
            f"steps = {list(steps)}\n[account]\nspace = 'espace électeur'\n".replace("'", '"'),
        )
        for number, steps in STEPS.items()
    }


def blocks(face: Face, name: str) -> list[Placed]:
    return [placed for placed in face.placed if placed.piece.name == name]


# --- the tri-fold ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", STEPS)
@pytest.mark.parametrize("theme", COPIERS)
def test_panels_are_balanced(by_steps: dict[int, RecordContexts], theme: str, number: int) -> None:
    """One key and as many tiles on each, all steps in order; more than six steps stand in one column."""
    layout = lay_out(by_steps[number], TRIFOLD, theme)
    tiles = [blocks(face, "tile") for face in layout.faces[1:4]]
    rows = 2 if number <= 6 else 3
    on_last = max(0, number - 4) if rows == 2 else 3
    assert [len(on_panel) for on_panel in tiles] == [rows, rows, on_last]
    assert [bool(blocks(face, "case")) for face in layout.faces[1:4]] == [False, False, on_last < rows]
    assert bool(blocks(layout.faces[5], "case")) == (on_last == rows)
    assert [len(blocks(face, "keys")) for face in layout.faces[1:4]] == [3 - rows] * 3
    heads = [blocks(face, "hero")[0].piece.text for face in layout.faces[1:4]]
    assert ["adresse pro" in heads[0], "mot de passe" in heads[1], "code de vote" in heads[2]] == [rows == 3] * 3
    numbers = [tile.piece.text.split()[0] for on_panel in tiles for tile in on_panel]
    assert numbers[:number] == [str(step) for step in range(1, number + 1)]
    tiles = blocks(lay_out(by_steps[number], A5, theme).faces[1], "tile")
    assert len({tile.x for tile in tiles}) == (1 if number > 6 else 2)
    assert len(tiles) == (number if number > 6 else number + number % 2)


@pytest.mark.parametrize("number", [5, 6, 7, 8])
@pytest.mark.parametrize("theme", COPIERS)
def test_tiles_line_up_across_panels(by_steps: dict[int, RecordContexts], theme: str, number: int) -> None:
    """The first tiles of three panels begin at the same height, and so do the others."""
    faces = lay_out(by_steps[number], TRIFOLD, theme).faces[1:4]
    tops = [[tile.y for tile in blocks(face, "tile")] for face in faces]
    assert (tops[0], tops[0][: len(tops[2])]) == (tops[1], tops[2])


@pytest.mark.parametrize("number", [5, 6, 7, 8])
def test_panels_and_pages_are_filled(by_steps: dict[int, RecordContexts], number: int) -> None:
    """The last tile ends in the last quarter; pages in large print are filled alike, as far as steps let them."""
    for face in lay_out(by_steps[number], TRIFOLD).faces[1:4]:
        assert max(placed.y + placed.piece.height for placed in face.placed) > face.height * 3 // 4
    faces = [face for face in lay_out(by_steps[number], A5, "large-print").faces if blocks(face, "tile")]
    assert [len(blocks(face, "keys")) for face in faces] == [1, 0]
    ends = [max(tile.box.bottom for tile in blocks(face, "tile")) for face in faces]
    assert abs(ends[0] - ends[1]) < mm(42)


@pytest.mark.parametrize("theme", COPIERS)
def test_one_head_across_the_panels(contexts: dict[str, RecordContexts], theme: str) -> None:
    """The heads of the panels inside have one height, and their words one baseline."""
    heroes = [blocks(face, "hero")[0] for face in lay_out(contexts["2018"], TRIFOLD, theme).faces[1:4]]
    assert len({hero.piece.height for hero in heroes}) == 1
    baselines = {m.y for hero in heroes for group in hero.piece.groups for m in group.marks if isinstance(m, Text)}
    assert len(baselines) == 1


@pytest.mark.parametrize("election", ["2018", "2022"])
def test_the_flap_is_cut_off_along_its_fold(contexts: dict[str, RecordContexts], election: str) -> None:
    """No line crosses the flap, behind which are steps; it needs no other panel, for it is cut off from them."""
    flap = lay_out(contexts[election], TRIFOLD).faces[4]
    text = " ".join(placed.piece.text for placed in flap.placed)
    assert "Je coupe au pli" in text
    assert {"2018": "elections2018.", "2022": "education-jeunesse-recherche-sports."}[election] in text
    assert "couverture" not in text.replace("puis la couverture", "")  # which says how to fold
    dashed = [m for placed in flap.placed for m in marks_of(placed) if isinstance(m, DrawnPath) and m.dash]
    lengths = [max(xs) - min(xs) for m in dashed if (xs := [x for step in m.steps for x in step.points[::2]])]
    assert all(length < flap.width // 2 for length in lengths)


@pytest.mark.parametrize("uai", PLACES)
@pytest.mark.parametrize("election", ["2018", "2022"])
@pytest.mark.parametrize(("template", "theme"), [(TRIFOLD, "default"), (A5, "default"), (A5, "large-print")])
def test_text_is_inside_the_margins_and_codes_survive_copies(
    contexts: dict[str, RecordContexts], template: str, theme: str, election: str, uai: str
) -> None:
    """But for numbers in discs on the corners of tiles; modules are 0.8 mm and more."""
    margin = theme_of(template, theme).page.margin
    for face in lay_out(contexts[election], template, theme, LONG_NAME, uai).faces:
        for placed in face.placed:
            for mark in marks_of(placed):
                if isinstance(mark, Text) and not (placed.piece.name == "tile" and mark.text.isdigit()):
                    (box,) = map(placed.locate, ink_boxes(mark))
                    assert margin - mm(0.5) <= box.x and box.right <= face.width - margin + mm(0.5)
    modules: list[Um] = [
        code.module
        for face in lay_out(contexts[election], template, theme, uai=uai).faces
        for placed in face.placed
        for code in placed.piece.codes
    ]
    assert min(modules) >= mm(0.8)


@pytest.mark.parametrize("uai", ["0370001A", "9830002K"])
@pytest.mark.parametrize("hour", ["16:30", "17:00"])
@pytest.mark.parametrize(("template", "share"), [("leaflet-a4", 0.2), (A5, 0.2), (TRIFOLD, 0.2), ("poster-a3", 0.25)])
def test_the_hour_of_the_end_is_the_second_thing(
    tmp_path: Path, template: str, share: float, hour: str, uai: str
) -> None:
    """It is large beside its day in every theme, that of the place first, and 3 mm off the edges of its bar."""
    contexts = contexts_of(tmp_path, "2018", f"[vote]\ncloses_at = {hour}:00\n")
    for theme in ("default", "grey") if template == TRIFOLD else ("default", "grey", "ink-saver", "large-print"):
        hero = blocks(lay_out(contexts, template, theme, uai=uai).faces[0], "hero")[0]
        words = [mark for mark in marks_of(hero) if isinstance(mark, Text)]
        (note,) = (mark for mark in words if mark.text.startswith(("ferme ", "le 7 à ")))  # of another day there
        assert any("ici" in mark.text for mark in words) is (uai[0] == "9")
        days = {mark.size for mark in words if mark.text.strip() in ("29", "6")}
        assert len(days) == 1 and share - 0.001 <= note.size / max(days) <= 0.3
        assert len({mark.y for mark in words if mark.text.strip() in ("novembre", "décembre")}) == 1
        if theme == "default":
            (leaf,) = [mark.box for mark in marks_of(hero) if isinstance(mark, Shape) and mark.fill == "mark"]
            (box,) = ink_boxes(note)
            assert box.x >= leaf.x + mm(2.9) and box.right <= leaf.right - mm(2.9) and box.bottom < leaf.bottom


def test_the_address_of_a_cover_is_under_its_code(contexts: dict[str, RecordContexts]) -> None:
    """It does not change places with the length of the school's name, which makes the code smaller."""
    for name in NAMES:
        (code,) = blocks(lay_out(contexts["2018"], TRIFOLD, "default", name).faces[0], "qr")
        (address,) = [mark for mark in marks_of(code) if isinstance(mark, Text) and mark.text == "education.gouv.fr"]
        assert min(box.y for box in ink_boxes(address)) >= code.piece.codes[0].box.bottom


# --- the booklet ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("uai", PLACES)
@pytest.mark.parametrize("election", ["2018", "2022"])
@pytest.mark.parametrize("theme", COPIERS)
def test_the_memo_takes_a_code_along(
    contexts: dict[str, RecordContexts], theme: str, election: str, uai: str
) -> None:
    """On the other side of the memo that is cut out stands a whole code, with its quiet zone."""
    faces = lay_out(contexts[election], A5, theme, LONG_NAME, uai).faces
    mailbox, back = faces[2], faces[3]
    (memo,) = blocks(back, "memo")
    codes = [code.box.moved(placed.x, placed.y) for placed in mailbox.placed for code in placed.piece.codes]
    through = [Box(mailbox.width - box.right, box.y, box.width, box.height) for box in codes]
    assert any(memo.box.contains(box) for box in through)


def test_large_print_is_large(contexts: dict[str, RecordContexts]) -> None:
    """No text on A5 is under 16 points, but what is drawn in pictures; the name of the longest site is not broken."""
    for election in contexts:
        for face in lay_out(contexts[election], A5, "large-print", LONG_NAME).faces:
            for placed in face.placed:
                texts = [
                    mark
                    for group in placed.piece.groups
                    if group.leaf is not None and group.role != "Figure"
                    for mark in group.marks
                    if isinstance(mark, Text)
                ]
                assert all(text.size >= 16 for text in texts), placed.piece.text


@pytest.mark.parametrize("uai", PLACES)
@pytest.mark.parametrize("election", ["2018", "2022"])
@pytest.mark.parametrize("theme", THEMES)
def test_the_cover_has_the_portal(contexts: dict[str, RecordContexts], theme: str, election: str, uai: str) -> None:
    """Its code is on the first page, whatever the name of the school, and its address."""
    cover = lay_out(contexts[election], A5, theme, LONG_NAME, uai).faces[0]
    assert len([code for placed in cover.placed for code in placed.piece.codes]) == 1
    assert any("education" in placed.piece.text for placed in cover.placed if placed.piece.name in ("qr", "address"))


def test_the_cover_of_large_print_is_no_smaller(contexts: dict[str, RecordContexts]) -> None:
    """Where the name of the school is short, headline and code are as large as on the other covers; else it fits."""
    sizes = {}
    for theme in ("default", "large-print"):
        cover = lay_out(contexts["2018"], A5, theme).faces[0]
        texts = [mark for placed in cover.placed for mark in marks_of(placed) if isinstance(mark, Text)]
        (code,) = (code for placed in cover.placed for code in placed.piece.codes)
        sizes[theme] = max(text.size for text in texts), code.box.width
    assert sizes["large-print"] >= sizes["default"] and sizes["large-print"][1] >= mm(44)


@pytest.mark.parametrize("number", STEPS)
def test_large_print_is_a_whole_booklet(by_steps: dict[int, RecordContexts], number: int) -> None:
    """It has eight pages; the memo is on the last, and behind it the mailbox's code, which it takes along."""
    faces = lay_out(by_steps[number], A5, "large-print", LONG_NAME).faces
    assert len(faces) == 8 and [index for index, face in enumerate(faces) if blocks(face, "memo")] == [7]
    assert {placed.piece.name for placed in faces[6].placed} == {"qr", "h2", "p", "folio"}
    (memo,) = blocks(faces[7], "memo")
    codes = [code.box.moved(placed.x, placed.y) for placed in faces[6].placed for code in placed.piece.codes]
    assert [memo.box.contains(Box(faces[6].width - box.right, box.y, box.width, box.height)) for box in codes] == [
        True
    ]
    assert len([code for face in faces[2:6] for placed in face.placed for code in placed.piece.codes]) == 1


# --- steps ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", STEPS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", ["leaflet-a4", A5])
def test_titles_of_steps_have_one_size(
    by_steps: dict[int, RecordContexts], template: str, theme: str, number: int
) -> None:
    """A long title makes those of the other steps smaller too."""
    titles = {
        mark.size
        for face in lay_out(by_steps[number], template, theme).faces
        for tile in blocks(face, "tile")
        for group in tile.piece.groups
        if group.role.startswith("H")
        for mark in group.marks
        if isinstance(mark, Text)
    }
    assert len(titles) == 1


# --- heroes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["grey", "ink-saver"])
@pytest.mark.parametrize("template", ["leaflet-a4", A5, TRIFOLD])
def test_a_copier_gets_no_small_white_letters(contexts: dict[str, RecordContexts], template: str, theme: str) -> None:
    """Letters on the black of a hero are 24 points and more, but those of the kicker, which are the heaviest."""
    colors = theme_of(template, theme).colors
    white = [
        mark
        for face in lay_out(contexts["2018"], template, theme).faces
        for hero in blocks(face, "hero")
        for mark in marks_of(hero)
        if isinstance(mark, Text) and colors[mark.color] == colors["paper"]
    ]
    assert all(mark.size >= 24 or (mark.weight == "extrabold" and mark.size >= 9.5) for mark in white)
    assert bool(white) == (theme == "grey")


# --- both -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("election", ["2018", "2022"])
@pytest.mark.parametrize("template", [A5, TRIFOLD])
def test_how_to_tell_an_address_is_right(contexts: dict[str, RecordContexts], template: str, election: str) -> None:
    """The name before the next slash decides; the site of the vote is named, and one that only looks like it."""
    text = text_of(lay_out(contexts[election], template))
    assert "personne n’a le droit de me demander" in text
    assert "nom du site, jusqu’au « / » suivant" in text.replace("\u00a0", " ") and "arnaque.example" in text
    assert not any(false in text for false in ("jamais demander", "demandera jamais", "demanderont jamais"))


def test_the_booklet_says_what_the_leaflet_says(contexts: dict[str, RecordContexts]) -> None:
    """What the A4 leaflet of 2018 says is said on A5 too."""
    text = text_of(lay_out(contexts["2018"], A5))
    for said in (
        *("compte électeur", "15 minutes", "OK, j’ai compris", "elections2018.education.gouv.fr", "sosidentifiant"),
        *("Je le tape deux fois", "Votre mot de passe est confirmé", "espace électeur", "votre lien personnel"),
        *("Aide-mémoire", "Adresse pro", "Chacune et chacun se connecte", "I-Prof", "pia.ac-orleans-tours.fr"),
        *("jlabert", "NUMEN en majuscules", "Magistère", "CAPD", "NUMEN perdu", "SOS mot de passe"),
        *("je fais de la place", "indésirables", "à détruire après le vote"),
    ):
        assert said in text.replace("\u00a0", " "), said


@pytest.mark.parametrize("template", [A5, TRIFOLD])
def test_more_below_is_said_only_where_it_is_below(contexts: dict[str, RecordContexts], template: str) -> None:
    """The memo is on another face than the steps, so no step says « plus bas »; what is at the back says so."""
    for election in contexts:
        text = text_of(lay_out(contexts[election], template))
        assert "plus bas" not in text and "au verso" not in text


def test_the_other_side_of_the_memo_is_told_where_it_is(contexts: dict[str, RecordContexts]) -> None:
    """What the cut card takes along is said on four pages only: in large print other pages lie behind one another."""
    said = "j’emporte ce QR code"
    assert said in text_of(lay_out(contexts["2018"], A5))
    assert said not in text_of(lay_out(contexts["2018"], A5, "large-print"))


@pytest.mark.parametrize("uai", PLACES)
@pytest.mark.parametrize("election", ["2018", "2022"])
@pytest.mark.parametrize("template", ["leaflet-a4", A5, TRIFOLD])
def test_an_address_to_compare_is_never_small_print(
    contexts: dict[str, RecordContexts], template: str, election: str, uai: str
) -> None:
    """Each letter of an address counts, where readers compare it and where they learn to tell a false one."""
    sizes = [
        mark.size
        for face in lay_out(contexts[election], template, uai=uai).faces
        for placed in face.placed
        if placed.piece.name in ("safety", "address")
        for mark in marks_of(placed)
        if isinstance(mark, Text) and any(end in mark.text for end in (".example", ".gouv."))
    ]
    assert sizes and min(sizes) >= 9

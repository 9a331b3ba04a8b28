"""« Cartes »: any sheet of cards or labels, one's own by its measures, and the names that are pasted."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from leaflet.imposition.printer import load_printer, measure
from leaflet.imposition.stock import load_stock
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.studio.campaign_state import ListState
from leaflet.studio.engine import Engine
from tests.studio.support import PORTAL, SCHOOLS, answered, refusal, refused, started, stopping
from tests.support import codes_of, tables_of
from tests.tables import books
from tests.tables.books import workbook

SCHOOL = {"uai": "0370036N", "name": "Lycée d’exemple", "town": "Tours"}
NAMES = "LABERT\tJulie\nIF\tZoé\nMARTIN\tPaul\n"

pytestmark = pytest.mark.drill
TABLES = tables_of(__file__)
MEASURES = TABLES["sheet"]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return answered(tmp_path / "cartes", "cards")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """An engine that is asked only."""
    return answered(tmp_path_factory.mktemp("cards"), "cards")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Start an engine into which many cases paste names, each in the place of those before."""
    return answered(tmp_path_factory.mktemp("shared"), "cards")


def paste(engine: Engine, text: str = NAMES) -> dict[str, Any]:
    return engine.call("pastePeople", {"text": text, "school": SCHOOL})["people"]


def made(engine: Engine, **args: object) -> list[Path]:
    *_, last = engine.make({"outputs": ["cards"], "changedOnly": False, **args})
    assert [fault["text"] for fault in last["result"]["faults"] if fault["severity"] == "error"] == []
    return [engine.folder.path / one["path"] for one in last["result"]["files"]]


def staleness(engine: Engine) -> list[Any]:
    found = engine.call("plan", {})
    (cards,) = (one for one in found["outputs"] if one["id"] == "cards")
    return [cards["stale"], cards["staleAll"], found["campaign"]["stations"][-1]["state"]]


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def item(engine: Engine, sheet: str) -> dict[str, Any]:
    return next(one for one in engine.call("sheets", {})["items"] if one["id"] == sheet)


def test_every_sheet_is_offered_with_what_it_is_for(unchanged: Engine) -> None:
    """Cards of two sides and labels of one, each once; by all the names that stand on boxes."""
    sheets = unchanged.call("sheets", {})
    ids = [one["id"] for one in sheets["items"]]
    needed = {one["label"]: one["needed"] for one in sheets["unfit"]}
    assert "Avery L7159" in needed and all("60 × 38 mm" in needed[one] for one in needed if "Avery" in one)
    assert len(ids) == len(set(ids))
    label, card = item(unchanged, "avery-l7163"), item(unchanged, "avery-c32011")
    assert (label["document"], label["sides"], label["across"] * label["down"]) == ("memo-label", 1, 14)
    assert (card["document"], card["sides"]) == ("memo-card", 2)
    assert "herma-4677" in item(unchanged, "avery-l7160")["names"]
    fits = {key for key, stock in load_stock().items() if stock.width >= 84_000 and 35_000 <= stock.height <= 74_000}
    assert fits <= set(ids)


def test_a_label_has_the_document_of_labels(engine: Engine) -> None:
    """By the sheet alone, and the other way round; the cards are made then as the command line makes them."""
    paste(engine)
    engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 3})
    assert engine.call("picture", {})["document"] == "memo-label"
    (label,) = made(engine)
    assert label.parent.name == "memo-label"
    out = engine.folder.path.parent / "out"
    build(BuildOptions(campaign=engine.folder.campaign, out=out, start=3))
    assert label.read_bytes() == (out / "memo-label" / label.name).read_bytes()
    engine.call("chooseSheet", {"sheet": "avery-c32011", "start": 1})
    assert engine.call("sheets", {})["sheet"] == "avery-c32011"
    assert engine.call("picture", {})["document"] == "memo-card"
    engine.call("undo", {})
    assert engine.call("sheets", {})["start"] == 3


def test_a_sheet_is_known_by_its_measures(engine: Engine) -> None:
    """It is kept in the campaign under the name of its box, tried on a test sheet, and printed on."""
    paste(engine)
    measured = engine.call("measureSheet", {"measures": MEASURES, "sides": 1})
    assert (measured["state"], measured["sheet"]["across"], measured["sheet"]["down"]) == ("right", 2, 7)
    assert measured["text"] == "2 × 7\u00a0: 14 par feuille. Il reste 4,6\u00a0mm à droite, 15,2\u00a0mm en bas."
    assert engine.call("sheets", {})["sheet"] == "cards-a4"
    engine.call("keepSheet", {"measures": MEASURES, "sides": 1})
    assert engine.call("sheets", {})["sheet"] == "etiq-pro-14"
    assert item(engine, "etiq-pro-14")["label"] == "Étiq-Pro 14"
    assert '[stock.etiq-pro-14]\nsheet = "A4"' in engine.folder.campaign.read_text("utf-8")
    assert "99,1 × 38,1" in texts(engine.folder.path / engine.call("testSheet", {})["file"])[0].replace("\u00a0", " ")
    (label,) = made(engine)
    assert "Julie LABERT" in texts(label)[0]
    engine.call("keepSheet", {"measures": {**MEASURES, "top": "15"}, "sides": 1})  # measured again
    assert engine.folder.campaign.read_text("utf-8").count("[stock.") == 1


def test_the_offset_of_the_printer_is_corrected_by_its_measures(engine: Engine) -> None:
    """The window keeps the offset as the command line does: files are made again, the test sheet moves, too."""
    paste(engine)
    (path,) = made(engine)
    before, kept = path.read_bytes(), engine.folder.path / "printer.toml"
    assert engine.folder.find(engine.call("calibrationSheet", {})["file"])
    tried = [(engine.folder.path / engine.call("testSheet", {})["file"]).read_bytes()]
    measures = {"a": "51,5", "b": "50", "c": "cent", "d": "80", "ruler": "145"}
    assert "149,8" in engine.call("calibrate", {"measures": {**measures, "ruler": ""}})["wrong"]["ruler"]
    wrong = engine.call("calibrate", {"measures": measures})["wrong"]
    said = {"c": "50,2", "d": "50,2", "ruler": "97"}
    assert [*wrong] == [*said] and all(said[name] in wrong[name] for name in said)
    assert not kept.exists() and engine.call("sheets", {})["correction"] == []
    right = {**measures, "c": "50.0 mm", "d": "46", "ruler": "150"}
    told = " ".join(engine.call("calibrate", {"measures": right})["sheets"]["correction"]).replace("\u00a0", " ")
    assert told.startswith("Recto : 1,5 mm vers la gauche. Verso : 4 mm vers le bas. ") and "rarement" in told
    assert load_printer(kept) == measure((51.5, 50), (50, 46))
    assert staleness(engine)[1] and made(engine)[0].read_bytes() != before
    engine.call("calibrate", {"measures": {"a": "50", "b": "50", "ruler": "150"}})  # of labels: the back stays
    assert load_printer(kept) == measure((50, 50), (50, 46))
    tried += [(engine.folder.path / engine.call("testSheet", {})["file"]).read_bytes()]
    assert engine.call("calibrate", {})["sheets"]["correction"] == [] and not kept.exists()
    front = engine.call("calibrate", {"measures": {"a": "49", "b": "50", "ruler": "150"}})["sheets"]["correction"]
    assert "droite" in front[0] and "Mesurez aussi C et D" in front[1]
    engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 1})  # whose page has no fields for these
    assert engine.call("sheets", {})["correction"] == front[:1]
    engine.call("undo", {})
    engine.call("calibrate", {})
    assert tried[0] != tried[1] and made(engine)[0].read_bytes() == before
    engine.call("undo", {})
    assert kept.exists()


@pytest.mark.parametrize(("change", "state", "field", "said"), TABLES["measures"])
def test_measures_are_judged_as_they_are_typed(
    unchanged: Engine, change: dict[str, str], state: str, field: str, said: str
) -> None:
    """With the measure that is wrong, and nothing is written."""
    before = unchanged.folder.campaign.read_bytes()
    found = unchanged.call("measureSheet", {"measures": {**MEASURES, **change}, "sides": 1})
    assert (found["state"], found["field"]) == (state, field) and said in found["text"].replace("\u00a0", " ")
    assert unchanged.folder.campaign.read_bytes() == before


def test_a_sheet_to_the_edge_can_be_kept(engine: Engine) -> None:
    """Its campaign can be read."""
    paste(engine)
    engine.call("keepSheet", {"measures": {**MEASURES, "left": "2"}, "sides": 1})
    assert made(engine)


# --- names -----------------------------------------------------------------------------------------------------


def names(people: dict[str, Any]) -> list[str]:
    return [one["name"] for one in people["people"]]


@pytest.mark.parametrize("text", TABLES["headed"])
def test_names_of_columns_are_nobody(shared: Engine, text: str) -> None:
    """Also those of a second table that is pasted below the first one."""
    people = paste(shared, text)
    assert (names(people), [one["faults"] for one in people["people"]]) == (["Julie LABERT", "Zoé IF"], [[], []])


@pytest.mark.parametrize(("text", "read", "looked_at"), TABLES["orders"])
def test_each_name_shows_its_own_order(shared: Engine, text: str, read: str, looked_at: str) -> None:
    """Others follow only where most show one, and all the same one."""
    people = paste(shared, text)
    assert ", ".join(names(people)) == read
    assert ", ".join(one["name"] for one in people["people"] if one["state"] == "look") == looked_at


def test_a_person_who_stands_twice_has_one_card(engine: Engine) -> None:
    """The row says where the other one is; no word of it is missing, and it does not lead elsewhere."""
    for school in (SCHOOL, {**SCHOOL, "uai": ""}):
        people = engine.call("pastePeople", {"text": NAMES + "LABERT\tJulie\n", "school": school})["people"]
        assert people["total"] == 3
        (fault,) = people["people"][-1]["faults"]
        assert fault["text"] == "Cette personne figure aussi au n°\u00a01\u00a0: une seule carte est faite."
        assert [[*way] for way in fault["ways"]] == [["text"]]
        assert (people["people"][-1]["first"], people["people"][-1]["place"]) == ("Julie", "")
    row, address = people["people"][-1], {"address": "j.labert2@ac-tours.fr"}
    both = engine.call("mendPerson", {**row, **address})["people"]
    assert (row["wrong"], both["total"]) == ({"address": ""}, 4)  # they are two people, who have two cards
    engine.call("undo", {})
    left = engine.call("dropPerson", {"line": row["line"]})["people"]
    assert names(left) == ["Julie LABERT", "Zoé IF", "Paul MARTIN"]


def test_a_name_of_one_word_is_told(engine: Engine) -> None:
    """It may be a first name as well as a last one: it is neither called ready, nor taken for either."""
    lone = paste(engine, "LABERT Julie\nZoé\nMARTIN Paul\nIf\n")["people"][1]
    assert (lone["name"], lone["state"], [one["code"] for one in lone["faults"]]) == ("Zoé", "look", ["T421"])
    *_, last = engine.make({"outputs": ["cards"], "changedOnly": False})  # where whose it is is said, too
    (note,) = (fault for fault in last["result"]["faults"] if fault["code"] == "T421")
    assert note["text"].replace("\u00a0", " ") == "Noms sans doute incomplets : 2 (n° 2 Zoé, n° 4 If)."
    assert [way["at"] for way in note["ways"] if "at" in way] == [{"station": "cards", "part": "names"}]
    mended = engine.call("mendPerson", {"line": lone["line"], "first": "Zoé", "last": "IF"})["people"]
    assert (names(mended)[:2], mended["people"][1]["faults"]) == (["Julie LABERT", "Zoé IF"], [])
    assert "NUMEN" in refused(engine, "mendPerson", line=3, first="Zoé", last="12E3456789ABC")["text"]
    odd = engine.call("mendPerson", {"line": 3, "first": "Zoé123", "last": "IF"})["people"]["people"][1]
    (fault,) = odd["faults"]
    assert (fault["code"], "montrée" in fault["text"], "décalée" in str(fault["ways"])) == ("T420", False, False)


def test_names_of_a_file_are_changed_as_pasted_ones(engine: Engine) -> None:
    """The file stays as it is; professional addresses are kept; a change is taken back as any other."""
    head = "Effectifs;;\nNom et prénom;Service;Adresse pro\n"
    rows = f"{head}Mme LABERT Julie;Maths;j.labert@ac-tours.fr\nMarie Anne If;;\nJean Paul Le;;\n"
    paste(engine)
    given = engine.upload("staff", "noms.csv", rows.encode())["people"]
    assert (given["editable"], given["pasted"], [one["line"] for one in given["people"]]) == (True, False, [3, 4, 5])
    mended = engine.call("mendPerson", {"line": 4, "first": "Marie Anne", "last": "If"})["people"]
    added = engine.call("addPerson", {"first": "Paul", "last": "Martin"})["people"]
    assert [(one["first"], one["last"]) for one in added["people"]] == [
        ("Julie", "LABERT"), ("Marie Anne", "If"), ("", "Jean Paul Le"), ("Paul", "Martin"),
    ]  # fmt: skip
    assert mended["pasted"] and (engine.folder.path / "noms.csv").read_text("utf-8") == rows
    kept = (engine.folder.path / (engine.folder.state.staff or ListState("")).file).read_text("utf-8-sig")
    assert kept.splitlines()[:2] == [
        '"Nom";"Prénom";"Nom complet";"Adresse pro"',
        '"LABERT";"Julie";"";"j.labert@ac-tours.fr"',
    ]
    engine.call("undo", {})
    engine.call("undo", {})
    assert names(engine.call("people", {})["people"]) == names(given)


@pytest.mark.parametrize(("field", "wrong"), [("uai", "0370036A"), ("uai", "0370035M"), ("address", "a@gmail.com")])
def test_a_cell_beside_a_name_is_mended(engine: Engine, field: str, wrong: str) -> None:
    """It is shown with its column; of one school nobody needs it."""
    column = {"uai": "UAI", "address": "Adresse pro"}[field]
    row = paste(engine, f"Nom\tPrénom\t{column}\nIF\tZoé\t{wrong}\n")["people"][0]
    (fault,) = row["faults"]
    assert row["wrong"] == {field: wrong} and fault["text"].startswith(f"Colonne «\u00a0{column}\u00a0». ")
    (mended,) = engine.call("mendPerson", fault["ways"][0]["args"])["people"]["people"]
    assert (mended["state"], mended["wrong"]) == ("ready", {})


def test_an_error_of_a_spreadsheet_is_told_once_with_its_row(engine: Engine) -> None:
    people = paste(engine, "Nom\tPrénom\tAdresse pro\nIF\tZoé\t#REF!\nLABERT\tJulie\t\n")
    ((fault,), _), said = (one["faults"] for one in people["people"]), "« Adresse pro ». Cette cellule affiche #REF!,"
    assert said in fault["text"].replace("\u00a0", " ") and people["faults"] == []
    (found,) = (one for one in engine.call("verify", {})["findings"] if one["code"] == "T144")
    assert said in (title := found["title"].replace("\u00a0", " ")) and title.endswith("(n° 1 Zoé IF)")
    assert found["ways"][0]["at"] == {"station": "cards", "part": "names"}


def test_names_are_read_from_a_text_and_addresses_are_known(engine: Engine) -> None:
    """One name on each line of a file is what can be pasted, too; no académie has the domain of a slip of the pen."""
    paste(engine)
    assert names(engine.upload("staff", "n.txt", "IF Zoé\n".encode("cp1252"))["people"]) == ["Zoé IF"]
    addresses = "Nom\tPrénom\tAdresse pro\nIF\tZoé\tz.if@ac-lile.fr\nLABERT\tJulie\tj@ac-lille.fr\n"
    assert [one["state"] for one in paste(engine, addresses)["people"]] == ["look", "ready"]


def test_names_of_several_schools_are_changed_in_their_list(tmp_path: Path) -> None:
    """Nobody knows of which school a name would be that is added here."""
    engine = started(tmp_path / "neu", "2026", "cards")
    engine.upload("list", "l.csv", SCHOOLS.encode())
    people = engine.upload("staff", "n.csv", "Nom;Prénom;UAI\nLABERT;Julie;0370035M\n".encode())["people"]
    assert (people["school"], people["editable"], people["total"]) == (None, False, 1)


@pytest.mark.parametrize(("uai", "academie", "said", "meant"), TABLES["uais"])
def test_a_uai_is_judged_as_it_is_typed(unchanged: Engine, uai: str, academie: str, said: str, meant: str) -> None:
    """And a wrong one is refused before anything is taken: nothing has to be pasted again."""
    found = unchanged.call("judgeUai", {"uai": uai})
    assert (found["academie"], found["proposal"], said in found["fault"]) == (academie, meant, True)
    if said:
        before = unchanged.folder.campaign.read_bytes()
        fault = refused(unchanged, "pastePeople", text=NAMES, school={**SCHOOL, "uai": uai})
        assert fault["text"] == found["fault"] and unchanged.folder.campaign.read_bytes() == before


def test_the_school_of_names_can_be_corrected(engine: Engine) -> None:
    """Without them; a list that was given gets its school so, too."""
    paste(engine)
    kept = {one["path"]: one["text"] for one in engine.call("proof", {})["kept"]}
    assert kept["etablissement.csv"] == "L’établissement, tel que vous l’avez écrit"
    other = {"uai": "", "name": "Collège d’exemple", "town": "Amboise"}
    people = engine.call("setSchool", {"school": other})["people"]
    assert (people["school"], names(people)[0]) == (other, "Julie LABERT")
    engine.call("undo", {})
    given = engine.upload("staff", "noms.csv", "Nom;Prénom\nDURAND-EXEMPLE;Anne\n".encode())["people"]
    assert (names(given), given["school"]["uai"]) == (["Anne DURAND-EXEMPLE"], SCHOOL["uai"])


def test_a_list_without_its_school_is_asked_for_it(tmp_path: Path) -> None:
    """Nobody has to know beforehand: the names are there once it is said."""
    engine = started(tmp_path / "neu", "2026", "cards")
    people = engine.upload("staff", "noms.csv", "Nom;Prénom\nLABERT;Julie\n".encode())["people"]
    assert (people["school"], people["faults"], people["total"]) == (None, [], 0)
    assert names(engine.call("setSchool", {"school": SCHOOL})["people"]) == ["Julie LABERT"]


def test_cards_without_names_are_for_the_school_that_was_typed(engine: Engine) -> None:
    """Also where names were given before; undoing it brings them back."""
    paste(engine)
    school = {"uai": "0590010R", "name": "Paul Hazard", "town": "Armentières"}
    engine.call("setSchool", {"school": school, "nameless": True})
    assert (engine.call("people", {})["people"], engine.call("sheets", {})["school"]) == (None, school)
    (path,) = made(engine)
    assert path.stem == "0590010R-paul-hazard" and "LABERT" not in str(texts(path))
    assert engine.call("sheets", {})["hasNames"]  # they are there until they are erased
    engine.call("undo", {})
    assert names(engine.call("people", {})["people"])[0] == "Julie LABERT"


def test_cards_of_several_schools_are_files_to_open(engine: Engine) -> None:
    """A page shows each as long as they are few."""
    engine.upload("list", "l.csv", SCHOOLS.encode())
    assert [one.suffix for one in made(engine)] == [".pdf"] * 6


def questions(engine: Engine) -> dict[str, dict[str, Any]]:
    return {one["key"]: one for group in engine.call("answers", {})["groups"] for one in group["items"]}


def test_a_card_asks_for_nothing_that_it_does_not_print(tmp_path: Path) -> None:
    """Nor for what is on every card: the line of the password; only for what its notice and its publisher know."""
    engine = started(tmp_path / "neu", "2026", "cards")
    paste(engine)
    asked = [key for key, one in questions(engine).items() if one["required"] and one["origin"] == "blank"]
    assert asked == ["links.portal", "publisher.name"]
    for key, value in (("links.portal", PORTAL), ("publisher.name", "Lycée d’exemple")):
        engine.call("answer", {"key": key, "value": value})
    engine.call("compare", {"keys": ["links.portal"]})
    (path,) = made(engine)
    assert "Mon mot de passe élections" in texts(path)[0]
    assert "memo.lines" not in engine.folder.read_text()


def test_what_nobody_compared_is_asked_on_the_page(engine: Engine) -> None:
    """The way of the finding leads to the field of the first of these facts."""
    paste(engine)
    engine.call("answer", {"key": "vote.closes_on", "value": "2026-12-09"})
    assert codes_of(lambda: list(engine.make({"outputs": ["cards"], "changedOnly": False}))) == ["C183"]
    *_, last = engine.make({"outputs": ["cards"], "changedOnly": False, "draft": True})
    (note,) = (fault for fault in last["result"]["faults"] if fault["code"] == "C188")
    assert [way["at"] for way in note["ways"] if "at" in way] == [{"station": "election", "field": "vote.closes_on"}]


@pytest.mark.parametrize(("document", "is_asked"), [("memo-card", False), ("memo-label", False), ("memo-a6", True)])
def test_the_address_is_asked_where_it_is_printed(engine: Engine, document: str, *, is_asked: bool) -> None:
    """Only a card that says « imprimé par nos soins » must say by whom; what asks for it has its field."""
    engine.call("answer", {"key": "publisher.address", "value": ""})
    sheet = next(one["id"] for one in engine.call("sheets", {})["items"] if one["document"] == document)
    engine.call("chooseSheet", {"sheet": sheet, "start": 1})
    paste(engine)
    codes = {one["code"] for one in engine.call("verify", {})["findings"]}
    assert (questions(engine)["publisher.address"]["required"], "C240" in codes) == (is_asked, is_asked)


def test_a_label_is_no_card(engine: Engine) -> None:
    """It prints neither the mailbox nor the publisher, and nothing is said of them."""
    paste(engine)
    cards = engine.call("sheets", {})
    before = {one["code"] for one in engine.call("verify", {})["findings"]}
    labels = engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 1})["sheets"]
    after = {one["code"] for one in engine.call("verify", {})["findings"]}
    assert [cards[key] for key in ("printsMailbox", "printsPublisher")] == [True, True]
    assert [labels[key] for key in ("printsMailbox", "printsPublisher")] == [False, False]
    assert (before - after) & {"C164", "C220"} and not after & {"C164", "C165", "C166", "C220", "C221"}


def test_only_some_cards_are_made(engine: Engine) -> None:
    """Those of a new colleague and of one whose name was mended, on the next free places; the others stay."""
    paste(engine)
    (whole,) = made(engine)
    before = whole.read_bytes()
    assert [one["card"] for one in engine.call("people", {})["people"]["people"]] == ["made"] * 3
    engine.call("mendPerson", {"line": 3, "first": "Zoë", "last": "IF"})
    people = engine.call("addPerson", {"first": "Anne", "last": "DURAND-EXEMPLE"})["people"]["people"]
    assert staleness(engine) == [True, False, "todo"]
    assert [one["card"] for one in people] == ["made", "mended", "made", "new"]
    engine.call("chooseSheet", {"sheet": "avery-c32011", "start": 4})
    (some,) = made(engine, people=[one["place"] for one in people if one["card"] in ("new", "mended")])
    front = texts(some)[0]
    assert ("Zoë IF" in front, "Anne DURAND-EXEMPLE" in front, "LABERT" in front) == (True, True, False)
    assert some != whole and whole.read_bytes() == before
    numbers = [str(one["nth"]) for one in people if one["card"] in ("new", "mended")]
    assert some.stem == f"{whole.stem}-ligne-{'-'.join(numbers)}"  # those of the page, not of a file's rows
    assert [one["card"] for one in engine.call("people", {})["people"]["people"]] == ["made"] * 4
    assert staleness(engine) == [True, True, "todo"]  # on another sheet than the others
    engine.call("undo", {})  # of the sheet: cards are there all the same
    assert [one["card"] for one in engine.call("people", {})["people"]["people"]] == ["made"] * 4


def test_the_next_cards_begin_where_the_last_sheet_ends(engine: Engine) -> None:
    """Some cards alone are made on the place after the last one, unless another is chosen; another sheet is new."""
    paste(engine)
    assert engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 13})["sheets"]["free"] == 1
    made(engine)
    assert engine.call("sheets", {})["free"] == 2  # three labels from the last but one place of 14
    first = engine.call("people", {})["people"]["people"][0]["place"]
    for free in (3, 4):
        made(engine, people=[first])
        assert engine.call("sheets", {})["free"] == free
    assert engine.call("chooseSheet", {"sheet": "avery-c32011", "start": 1})["sheets"]["free"] == 1
    back = engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 1})["sheets"]
    assert (back["free"], back["isBegun"]) == (4, True)  # a look at another sheet forgets nothing
    engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 9})
    made(engine, people=[first])
    assert [engine.call("sheets", {})[key] for key in ("start", "free")] == [1, 10]  # everybody's begin on a new one


def test_files_that_are_there_are_told_before_they_are_replaced(engine: Engine) -> None:
    """And are found again after the page was loaded anew, with whose they are; not those of a school before."""
    paste(engine)
    assert (engine.call("sheets", {})["made"], engine.call("open", {})["made"]) == ([], None)
    made(engine)
    engine.call("setSchool", {"school": {**SCHOOL, "uai": ""}})
    (path,) = made(engine, people=[engine.call("people", {})["people"]["people"][0]["place"]])
    (whole,) = made(engine)
    assert path.name.startswith(whole.stem)
    for people in ([], ["2"]):
        last = [*engine.make({"outputs": ["cards"], "changedOnly": False, "people": people})][-1]["result"]
        before = engine.call("open", {})["made"]
        assert (before["made"]["files"], before["made"]["count"]) == (last["files"], last["files"][0]["sheets"])
        assert before["people"] == people
    engine.call("erase", {"what": "made"})
    assert engine.call("open", {})["made"] is None
    (path,) = made(engine)
    assert [engine.folder.path / one for one in engine.call("sheets", {})["made"]] == [path]
    assert engine.call("chooseSheet", {"sheet": "avery-l7163", "start": 1})["sheets"]["made"] == []


def test_names_of_another_list_are_new(engine: Engine) -> None:
    """Whoever stands in the row of somebody else is not that person mended; no name is kept of them."""
    paste(engine)
    made(engine)
    state = (engine.folder.path / ".leaflet" / "state.json").read_text("utf-8")
    assert "carded" in state and "LABERT" not in state
    people = paste(engine, "DURAND\tAnne\nIF\tZoé\n")
    assert [one["card"] for one in people["people"]] == ["new", "made"]
    engine.call("erase", {"what": "people"})
    assert engine.folder.state.carded == {} and not engine.call("sheets", {})["hasNames"]


@pytest.mark.parametrize(("name", "state", "said", "cards"), TABLES["unfit"])
def test_what_no_card_bears_is_told_at_its_row(engine: Engine, name: str, state: str, said: str, cards: int) -> None:
    """And again where it is made, with whose it is: left out as a number is; before it, if nothing is finished."""
    people, far = paste(engine, f"{NAMES}{name}MARTIN 2\tAwa\n"), list[dict[str, Any]]()
    row, drawn = people["people"][3], engine.call("picture", {"alone": 1})["name"]
    assert (row["state"], people["total"], drawn) == (state, cards, "Julie LABERT")
    assert row["faults"][0]["text"].replace("\u00a0", " ").startswith(said)
    if cards == 3:
        *_, last = engine.make({"outputs": ["cards"]})
        fault = next(one for one in last["result"]["faults"] if one["code"] == row["faults"][0]["code"])
    else:
        fault = refusal(engine, lambda: far.extend(engine.make({"outputs": ["cards"]})))
        assert "(n°\u00a05 Awa MARTIN 2)" in fault["others"][0]["text"]
        assert [one["progress"]["done"] for one in far] == [1, 0]
    assert f"(n°\u00a04 {row['first']} " in fault["text"] and fault["at"] == {"station": "cards", "part": "names"}


@pytest.mark.parametrize(("text", "read", "said"), TABLES["told"])
def test_rows_that_are_no_names_are_told(engine: Engine, text: str, read: str, said: str) -> None:
    """By their lines in what was pasted, whatever the list that is kept of it has above and between them."""
    people = paste(engine, text)
    assert ", ".join(names(people)) == read
    (told,) = (" ".join(one.split()) for one in people["notRead"])
    assert said in told


def test_a_secret_is_found_again_in_what_was_pasted(engine: Engine) -> None:
    fault = refused(engine, "pastePeople", text="LABERT\tJulie\n\nIF\t12E3456789ABC\n", school=SCHOOL)
    assert fault["text"].startswith("Ligne 3. ") and "Rien n’est lu" in fault["text"]
    rows = [("Nom", "Prénom", "Remarque"), ("IF", "Zoé", ""), ("LABERT", "Julie", "12E3456789ABC")]
    given = refusal(engine, lambda: engine.upload("staff", "n.xlsx", workbook(**{"Vie sco": rows})))
    told = " ".join(given["text"].split())
    assert told.startswith("Ligne 3. Colonne « Remarque ». ") and told.endswith("là. Sur la feuille « Vie sco ».")
    assert "12E3456789ABC" not in str((fault, given))


def test_a_column_of_secrets_is_told_as_it_was_given(engine: Engine) -> None:
    """Cells that were pasted are in no file that anybody knows; no column is called « #3 »."""
    fault = refused(engine, "pastePeople", text="Nom\tPrénom\tMot de passe\nIF\tZoé\tXx12yy\n", school=SCHOOL)
    assert fault["text"].startswith("Les cellules collées contiennent") and "Xx12yy" not in str(fault)
    assert refused(engine, "paste", text="uai\tnom\tcommune\tNUMEN\n")["text"].startswith("Les cellules collées")
    paste(engine)
    given = "Nom;Prénom;Mot de passe\nIF;Zoé;Xx12yy\n"
    fault = refusal(engine, lambda: engine.upload("staff", "noms.csv", given.encode()))
    assert " une colonne C\u00a0:" in fault["text"]


def test_a_secret_that_stands_in_no_column_is_kept_nowhere(engine: Engine) -> None:
    """Beside the cells that the names of columns are of."""
    fault = refused(engine, "pastePeople", text="Nom\tPrénom\nLABERT\tJulie\t12E3456789ABC\n", school=SCHOOL)
    assert "NUMEN" in fault["text"]
    files = [path.read_bytes() for path in engine.folder.path.rglob("*") if path.is_file()]
    assert not [data for data in files if b"12E3456789ABC" in data]


def test_a_title_among_names_can_be_left_out(engine: Engine) -> None:
    """A row that is nobody has a way out beside what is wrong with it."""
    row = next(one for one in paste(engine, f"{NAMES}AESH\n")["people"] if one["state"] == "look")
    way = next(way for way in row["faults"][0]["ways"] if way.get("call") == "dropPerson")
    people = engine.call("dropPerson", way["args"])["people"]
    assert names(people) == ["Julie LABERT", "Zoé IF", "Paul MARTIN"]


def test_a_stop_that_comes_too_late_stops_nothing(engine: Engine) -> None:
    """The one file of these cards is made: nothing is left, and nothing says that it was interrupted."""
    paste(engine)
    with stopping(engine):
        *_, last = engine.make({"outputs": ["cards"], "changedOnly": False})
        assert last["result"]["stopped"] is None and len(last["result"]["files"]) == 1
        *_, far, last = engine.make({"outputs": ["cards", "zip"], "changedOnly": False})  # the rest is not begun
    assert last["result"]["stopped"] == {"done": 0, "left": 0} and far["progress"]["output"] == "zip"


def test_a_stop_that_comes_before_anything_is_made_stops_all(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes while the list is read; what is made next is not stopped by it, nor by one when nothing is made."""
    paste(engine)
    with monkeypatch.context() as patch:
        patch.setattr("leaflet.studio.engine.digests_of", lambda *_: engine.call("stop", {}))
        far, last = engine.make({"outputs": ["cards", "zip"]})
    assert (last["result"]["files"], last["result"]["stopped"]) == ([], {"done": 0, "left": 0})
    assert far["progress"]["output"] == "cards"
    engine.call("stop", {})
    assert [*engine.make({"outputs": ["cards"]})][-1]["result"]["stopped"] is None


def test_an_example_is_shown_while_nobody_can_be_read(engine: Engine) -> None:
    """Not an empty page; the card of somebody once there is one."""
    asked = {"document": "memo-card", "alone": 1}
    example = engine.call("picture", asked)["url"]
    line = paste(engine, "Nom\tPrénom\tEmail\nIF\tZoé\ta@gmail.com\n")["people"][0]["line"]
    assert engine.call("picture", asked)["pages"] == 2
    engine.call("mendPerson", {"line": line, "first": "Zoé", "last": "IF", "address": ""})
    assert engine.call("picture", asked)["url"] != example


def test_names_with_numbers_are_no_names(engine: Engine) -> None:
    """Numbers of rows and of namesakes can be taken away, all at one go; others may be a secret."""
    people = paste(engine, "1 LABERT Julie\n2. IF Zoé\nROY Paul2\nRX12 Zoé\n")["people"]
    assert [one["state"] for one in people] == ["mend"] * 4
    ways = [[way.get("call") for way in one["faults"][0]["ways"]] for one in people]
    assert ways == [[None, "dropNumbers", "dropPerson"]] * 3 + [[None, "dropPerson"]]
    people = engine.call("dropNumbers", {})["people"]
    assert names(people)[:3] == ["Julie LABERT", "Zoé IF", "Paul ROY"]
    assert [one["state"] for one in people["people"]] == ["ready"] * 3 + ["mend"]
    odd = engine.call("addPerson", {"first": "Awa2", "last": "DIOP 3"})["people"]["people"][-1]
    assert odd["faults"][0]["code"] == "T420"


@pytest.mark.parametrize(
    ("odd", "wrong", "calls"),
    [
        (("LABERT Julie", '<c r="B2"><f>X</f></c>'), {"address": ""}, ["mendPerson", "dropPerson"]),
        (("LABERT Julie", "", "", "Maths"), {}, ["dropPerson"]),
        (("", "", "EPS"), {}, ["dropPerson"]),
    ],
)
def test_a_row_that_waits_is_not_lost(
    engine: Engine, odd: tuple[str, ...], wrong: dict[str, str], calls: list[str]
) -> None:
    """It is shown with its name, and waits while others change; then it is mended, or left out."""
    paste(engine)
    rows = [("NOM Prénom", "Email", *odd[2:3]), odd, ("IF Zoé", ""), ("ROY Paul", "paul.roy@gmail.com")]
    book = books.xlsx(books.sheet_xml(books.row_xml(nth, cells) for nth, cells in enumerate(rows, 1)))
    people = engine.upload("staff", "noms.xlsx", book)["people"]
    for left in (3, 2, 1):
        waiting, *others = people["people"]
        assert (waiting["first"], waiting["state"], waiting["wrong"]) == (odd[0][7:], "mend", wrong)
        assert [way["call"] for way in waiting["faults"][0]["ways"] if "call" in way] == calls
        assert people["editable"] and len(others) == left - 1
        line = [waiting, *others][-1]["line"]
        people = engine.call("dropPerson", {"line": line})["people"] if others else people
    cells = {"line": waiting["line"], "first": "Julie", "last": "LABERT", **wrong}
    (mended,) = engine.call("mendPerson", cells)["people"]["people"]
    assert (mended["name"], mended["state"]) == ("Julie LABERT", "ready")


def test_a_name_written_otherwise_is_told(engine: Engine) -> None:
    """It may be one person, who would have two cards; and may be two."""
    people = paste(engine, "MÜLLER\tNoël\nmuller\tnoel\n")
    assert (people["total"], [one["state"] for one in people["people"]]) == (2, ["ready", "look"])
    text = " ".join(people["people"][1]["faults"][0]["text"].split())
    assert text == "Le n° 1 porte le même nom, écrit autrement : deux cartes sont faites."
    text = "IF\nIF\n12345\nLYCEE BALZAC\nÉcole Jean Moulin, Tours\nListe du personnel\nVie scolaire\n"
    people = paste(engine, text)["people"]  # nor two things
    assert [fault["code"] for one in people for fault in one["faults"]] == ["T421", "T402", "T420"] + ["T424"] * 4

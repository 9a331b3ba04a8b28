"""Nothing is lost in the window: another window takes over, a mend, an undo, somebody's own files, an erasure."""

import errno
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from msgspec.json import encode
from msgspec.structs import replace

from benchmarks.generate import write_campaign
from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.faults import LeafletError, Report, fault_of
from leaflet.files.resources import Kind, TableFile
from leaflet.production.inputs import PRINTER_FILE
from leaflet.studio.element_files import HIDDEN
from leaflet.studio.engine import Engine
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.output_folders import MADE_NAMES, TEST_SHEET, WAITING
from leaflet.studio.rpc import answer_call
from leaflet.tables import load_schools
from tests.studio.support import HERE, LIST, counted, kept_texts, ready, refusal, refused, started
from tests.support import EXAMPLE
from tests.tables.books import workbook

SCHOOL = {"uai": "0370036N", "name": "Lycée Balzac", "town": "Tours"}
MEND = {"line": 3, "field": "uai", "value": "0370036N"}
NUMEN = "12E3456789ABC"
pytestmark = pytest.mark.drill


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return started(tmp_path / "campagne")


def other_window(path: Path) -> Engine:
    return Engine(path, "fr", replace(HERE, program="other", user="Claire"))


def cells(lines: Iterable[str]) -> list[list[str]]:
    return [line.split(";") for line in lines]


# --- a disk that fills up ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["state.json", "history.json"])
def test_a_change_that_cannot_be_remembered_is_not_made(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    """Whatever was the last file that found no room: what was there before is there, now and after the next start."""
    engine.call("answer", {"key": "publisher.name", "value": "Une section"})
    before, undoable, write = engine.folder.read_text(), engine.folder.undoable, CampaignFolder.write
    full = [True]

    def write_until_full(folder: CampaignFolder, name: str, data: bytes) -> None:
        if name.endswith(file) and full and full.pop():
            raise fault_of(OSError(errno.ENOSPC, "No space left on device"), "W202", name)
        write(folder, name, data)

    monkeypatch.setattr(CampaignFolder, "write", write_until_full)
    assert refused(engine, "answer", key="publisher.name", value="Une autre section")["code"] == "W202"
    assert (engine.folder.read_text(), engine.folder.undoable) == (before, undoable)
    revision = engine.folder.state.revision
    engine.close()
    again = Engine(engine.folder.path, "fr", HERE)
    assert again.call("open", {})["campaign"]["revision"] == revision
    assert (again.folder.read_text(), again.folder.undoable) == (before, undoable)
    again.call("answer", {"key": "publisher.name", "value": "Une autre section"})
    assert "Une autre section" in (again.folder.read_text() or "")


# --- two windows -----------------------------------------------------------------------------------------------


def test_another_window_goes_on_with_what_the_first_one_did(engine: Engine) -> None:
    """Who takes over sees every mend, also those made since the page was opened; the first window is refused then."""
    engine.upload("list", "l.csv", LIST.encode())
    other = other_window(engine.folder.path)
    assert other.call("open", {})["lock"]["who"] == "essai"
    engine.call("mend", MEND)
    refusal = refused(other, "answer", key="publisher.name", value="Une section")
    assert refusal["code"] == "W203" and "essai" in refusal["text"]
    assert other.call("take", {})["undo"] == {"text": engine.folder.undoable}
    assert other.call("rows", {"show": "mend"})["total"] == 0
    assert refused(engine, "leave", line=2)["code"] == "W203" and refused(engine, "undo")["code"] == "W203"
    other.call("answer", {"key": "publisher.name", "value": "Une section"})
    assert "Une section" in engine.folder.campaign.read_text("utf-8") and other.call("list", {})["list"]["copy"]


def test_a_window_without_its_folder(engine: Engine) -> None:
    """It does not remember where somebody is; whoever takes it back begins with what the other one changed."""
    other = other_window(engine.folder.path)
    engine.call("at", {"at": {"station": "pages"}})
    other.call("open", {})
    other.call("at", {"at": {"station": "election"}})
    assert Engine(engine.folder.path, "fr", HERE).folder.state.at == {"station": "pages"}
    other.call("take", {})
    other.call("answer", {"key": "publisher.name", "value": "Une section"})
    assert engine.call("take", {})["campaign"]["publisher"] == "Une section"
    engine.call("undo", {})
    assert "Une section" not in engine.folder.campaign.read_text("utf-8")


# --- lists -----------------------------------------------------------------------------------------------------


def test_no_row_is_lost_by_a_mend(engine: Engine) -> None:
    """A row that is cut short has no cells to copy: others are mended, and it stays an error wherever one looks."""
    short = "0370037P;Lycée Grandmont\n"
    engine.upload("list", "l.csv", (LIST + short).encode())
    assert engine.call("mend", MEND)["counts"] == counted(ready=3, mend=1, all=4)
    (row,) = engine.call("rows", {"show": "mend"})["rows"]
    assert (row["line"], [fault["code"] for fault in row["faults"]]) == (5, ["T121"])
    assert engine.call("verify", {})["counts"]["mend"] == 1
    report = Report()
    assert len(load_schools(engine.folder.path / engine.call("list", {})["list"]["copy"], report=report)) == 3
    assert [(fault.code, fault.place.line) for fault in report.errors] == [("T121", 5)]
    assert engine.call("leave", {"line": 5})["counts"]["mend"] == 0
    assert engine.call("verify", {})["counts"]["mend"] == 0
    assert engine.call("back", {"line": 5})["counts"]["mend"] == 1
    assert (engine.folder.path / "l.csv").read_text("utf-8") == LIST + short


def test_a_formula_without_a_value_stops_no_mend(engine: Engine) -> None:
    """As openpyxl writes them. A total of them is no row; what is wrong in another row is said where it is."""
    lines = (*LIST.splitlines(), "0370037P;Lycée Grandmont;Tours;37000;=2+3", ";TOTAL;;;=SUM(E2:E5)")
    listed = engine.upload("list", "l.xlsx", workbook(Liste=cells(lines)))["list"]
    assert (listed["faults"], len(listed["notRead"]), listed["lines"]) == ([], 1, 4)
    assert engine.call("mend", MEND)["counts"] == counted(ready=3, mend=1, all=4)
    (row,) = engine.call("rows", {"show": "mend"})["rows"]
    assert (row["name"], row["cells"]["copies"], row["faults"][0]["at"]["column"]) == ("Lycée Grandmont", "", "")
    found = engine.call("verify", {})
    assert [(one["code"], one["lines"]) for one in found["findings"] if one["state"] == "mend"] == [("T143", [5])]
    assert found["counts"]["mend"] == 1


def test_a_total_stops_no_mend(engine: Engine) -> None:
    """It is no row of the list; the copy has none either, and its other rows stay on their lines."""
    listed = engine.upload("list", "l.csv", LIST.replace("0370001A", ";Total;;;\n\n0370001A").encode())["list"]
    assert (listed["faults"], len(listed["notRead"])) == ([], 1)
    assert engine.call("mend", MEND)["counts"] == counted(ready=3, all=3)
    copy = (engine.folder.path / engine.call("list", {})["list"]["copy"]).read_text("utf-8-sig")
    assert [line.startswith('"0370001A"') for line in copy.split("\n")] == [False] * 5 + [True, False]


def test_half_a_character_is_mended(engine: Engine) -> None:
    """Excel can hold one, no file and no page can: it is shown as unreadable, and its row is to be mended."""
    engine.upload("list", "l.xlsx", workbook(Liste=cells(LIST.replace("Descartes", "_xD800_").splitlines())))
    engine.call("mend", MEND)
    rows = engine.call("rows", {"show": "mend"})["rows"]
    assert [row["name"] for row in rows] == ["Lycée \ufffd"]
    assert engine.call("mend", {"line": 2, "field": "name", "value": "Lycée"})["row"]["state"] == "ready"
    assert encode(rows)


def test_a_list_that_is_gone(engine: Engine) -> None:
    """The window says so, and takes it up when it is there again; after an erasure its name is another list's."""
    engine.upload("list", "l.csv", LIST.encode())
    path = engine.folder.path / "l.csv"
    path.unlink()
    assert refused(engine, "list")["code"] == "T101"
    path.write_text(LIST, "utf-8")
    assert engine.call("list", {})["list"]["lines"] == 3
    assert engine.call("rows", {"show": "all", "search": "Descartes"})["total"] == 1
    engine.call("erase", {"what": "list"})
    engine.upload("list", "l.csv", LIST.replace("Descartes", "Rabelais").encode())
    assert engine.call("rows", {"show": "all", "search": "Descartes"})["total"] == 0
    assert engine.call("rows", {"show": "all", "search": "Rabelais"})["total"] == 1


def test_the_sheets_of_a_workbook_stay_to_be_chosen(engine: Engine) -> None:
    """Also once a cell of one of them was mended."""
    old = LIST.replace("Descartes", "Rabelais")
    book = workbook(Écoles=cells(LIST.splitlines()), Anciennes=cells(old.splitlines()))
    assert engine.upload("list", "l.xlsx", book)["list"]["sheet"] == "Écoles, Anciennes"
    engine.call("mend", MEND)
    assert [sheet["name"] for sheet in engine.call("list", {})["list"]["sheets"]] == ["Écoles", "Anciennes"]
    engine.call("sheet", {"sheets": ["Anciennes"]})
    names = [row["cells"]["name"] for row in engine.call("rows", {"show": "all"})["rows"]]
    assert names[0] == "Lycée Rabelais"


@pytest.mark.parametrize("name", ["etablissement.csv", "personnels-colles.csv", "ecoles.csv"])
def test_a_file_of_ones_own_is_not_written_over(tmp_path: Path, name: str) -> None:
    """Files that lie in the folder already stay as they are, whatever the window calls its own."""
    folder = tmp_path / "campagne"
    folder.mkdir()
    (folder / name).write_text("le mien\n", "utf-8")
    engine = started(folder, kind="cards")
    engine.call("pastePeople", {"text": "MARTIN Zoé\n", "school": SCHOOL})
    engine.call("swapNames", {})
    for what in ("people", "list", "made"):
        engine.call("erase", {"what": what})
    assert (folder / name).read_text("utf-8") == "le mien\n"


def test_a_list_that_nothing_names_any_more_is_removed(engine: Engine) -> None:
    """Once it can neither be undone nor done again; somebody's own file stays, whatever its name."""
    path = engine.folder.path / "l.csv"
    for name in ("l.csv", "m.csv"):
        engine.upload("list", name, LIST.encode())
        assert path.is_file() == (name == "l.csv")
        engine.call("undo", {})
    path.write_text("la mienne\n", "utf-8")
    engine.call("paste", {"text": LIST})
    assert [kind for kind, _ in engine.folder.given()] == ["list"] and path.is_file()


def test_pasted_names_come_back(tmp_path: Path) -> None:
    """Undo goes back to the names that were there before others were pasted, and to none."""
    engine = started(tmp_path, kind="cards")
    engine.call("pastePeople", {"text": "MARTIN Zoé\n", "school": SCHOOL})
    engine.call("pastePeople", {"text": "DURAND Paul\n"})
    for names in (["MARTIN"], None, ["MARTIN"], ["DURAND"]):
        engine.call("redo" if names == ["DURAND"] or engine.folder.state.staff is None else "undo", {})
        found = engine.call("people", {})["people"]
        assert (found and [one["last"] for one in found["people"]]) == names


@pytest.mark.parametrize(
    ("kind", "call", "args"),
    [
        ("leaflets", "mend", {"line": 2, "field": "name", "value": NUMEN}),
        ("cards", "setSchool", {"school": {"uai": "0370036N", "name": f"Lycée {NUMEN}", "town": "Tours"}}),
        ("cards", "pastePeople", {"text": "IF Zoé\n", "school": {"uai": "", "name": NUMEN, "town": "Tours"}}),
        ("cards", "mendPerson", {"line": 2, "first": "Zoé", "last": NUMEN}),
        ("cards", "addPerson", {"first": "Zoé", "last": NUMEN}),
    ],
)
def test_a_secret_that_is_typed_is_not_kept(tmp_path: Path, kind: str, call: str, args: dict[str, Any]) -> None:
    """It is refused wherever it is typed into a list, and stands in no file, nor in what can be undone."""
    engine = ready(tmp_path) if kind == "leaflets" else started(tmp_path, kind="cards")
    if kind == "cards":
        engine.call("pastePeople", {"text": "MARTIN Zoé\n", "school": SCHOOL})
    assert "NUMEN" in refused(engine, call, **args)["text"]
    assert NUMEN not in kept_texts(tmp_path)


@pytest.mark.parametrize("header", ["Nom;Prénom;Mot de passe", "Nom;Prénom;NUMEN"])
def test_secrets_are_not_kept(tmp_path: Path, header: str) -> None:
    """A list of people with a column of secrets is refused, and nothing of it stays."""
    engine = started(tmp_path, kind="cards")
    secret = "Xk29" + "fiche"
    fault = refusal(engine, lambda: engine.upload("staff", "p.csv", f"{header}\nMartin;Zoé;{secret}\n".encode()))
    assert fault["code"][0] == "T" and secret not in str(fault) and secret not in kept_texts(tmp_path)
    assert engine.call("people", {})["people"] is None


def test_a_file_in_another_encoding_survives_an_undo(engine: Engine) -> None:
    """What is kept to be brought back is the bytes, whatever they mean."""
    data = "# adresses vérifiées\n".encode("latin-1")
    (engine.folder.path / "addresses.toml").write_bytes(data)
    engine.folder.begin("un essai")
    engine.folder.write("addresses.toml", b"")
    engine.folder.commit()
    engine.call("undo", {})
    assert (engine.folder.path / "addresses.toml").read_bytes() == data


def test_people_belong_to_a_mended_school(tmp_path: Path) -> None:
    """Their cards are drawn as soon as its UAI is right."""
    engine = started(tmp_path, kind="cards")
    engine.upload("list", "l.csv", LIST.encode())
    engine.upload("staff", "p.csv", "UAI;Nom;Prénom\n0370036N;Martin;Zoé\n0370035M;Durand;Paul\n".encode())
    engine.call("picture", {"width": 200})
    engine.call("mend", MEND)
    drawn = engine.call("picture", {"width": 200, "of": "3"})
    assert drawn["url"] == Engine(tmp_path, "fr", HERE).call("picture", {"width": 200, "of": "3"})["url"]


OWN = (
    *(CAMPAIGN_FILE, ADDRESSES_FILE, PRINTER_FILE, *get_args(TableFile), *get_args(Kind)),
    *(*MADE_NAMES, HIDDEN, "campagne-2026-essai.leaflet"),
)


@pytest.mark.parametrize(
    "name", ["Addresses.TOML", "addresses.toml.", "addresses.toml ", "a/printer.toml", *sorted({*OWN} - {TEST_SHEET})]
)
def test_a_file_that_is_given_never_becomes_one_of_the_campaign(engine: Engine, name: str) -> None:
    """Whatever its name: the campaign reads some files beside it by their names, and the window writes others."""
    assert engine.folder.free_name(TEST_SHEET) != TEST_SHEET  # a PDF is no list, but may be a logo
    before = engine.call("picture", {"width": 200})["url"]
    listed = engine.upload("list", name, LIST.encode())["list"]["file"]
    assert listed.casefold().rstrip(". ") not in OWN
    assert (engine.folder.path / listed).read_text("utf-8") == LIST
    engine.upload("logo", name, (EXAMPLE / "logo.png").read_bytes())
    engine.call("erase", {"what": "made"})
    assert (engine.folder.path / listed).read_text("utf-8") == LIST
    engine.call("erase", {"what": "list"})
    assert not (engine.folder.path / listed).exists()
    assert engine.call("picture", {"width": 200})["url"] != before  # it has a logo


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(
            ("list", name)
            for name in ("a\0b.csv", "a\nb.csv", 'a<b>:"c|d?*.csv', "..", "...csv", "\u202ecsv.exe", "")
        ),
        *(("staff", ".."), ("logo", "\u202ecsv.exe")),
    ],
)
def test_a_name_that_is_none(engine: Engine, kind: str, name: str) -> None:
    """Of a file that is given: it gets another one, and nothing of a file is left behind."""
    data = (EXAMPLE / "logo.png").read_bytes() if kind == "logo" else LIST.encode()
    with suppress(LeafletError):  # schools are no people
        engine.upload(kind, name, data)
    names = [path.name for path in engine.folder.path.rglob("*")]
    assert not [one for one in names if one.startswith(".leaflet-partial") or set(one) & set('\0\n<>:"|?*\u202e')]


# --- what is erased --------------------------------------------------------------------------------------------


def test_every_list_that_was_given_is_erased(engine: Engine) -> None:
    """Nobody else may read them; earlier ones, copies, and changes that held cells of them do not come back."""
    engine.upload("list", "ancienne.csv", LIST.replace("Descartes", "Rabelais").encode())
    engine.call("mend", MEND)
    engine.upload("list", "nouvelle.csv", LIST.encode())
    engine.call("mend", MEND)
    copy = engine.call("list", {})["list"]["copy"]
    for name in ("nouvelle.csv", copy, ".leaflet/state.json", ".leaflet/history.json"):
        assert (engine.folder.path / name).stat().st_mode & 0o077 == 0
    engine.call("undo", {})
    engine.call("erase", {"what": "list"})
    left = kept_texts(engine.folder.path)
    assert engine.folder.undoable is None
    assert "pas encore de liste" in str(engine.call("open", {})["campaign"]["stations"])
    assert not [name for name in ("Rabelais", "Descartes") if name in left]
    assert sorted(path.name for path in engine.folder.path.glob("*.csv")) == ["ecoles.csv"]


# --- campaigns begun elsewhere ---------------------------------------------------------------------------------


def test_a_campaign_of_the_command_line_is_opened_with_its_lists(tmp_path: Path) -> None:
    """Its list of schools is shown, mended into a copy, and not counted among what may be erased."""
    campaign = write_campaign(tmp_path / "campagne", 3)
    engine = Engine(campaign.parent, "fr", HERE)
    engine.call("open", {})
    listed = engine.call("list", {})["list"]
    assert (listed["lines"], listed["copy"]) == (3, None)
    before = (campaign.parent / listed["file"]).read_bytes()
    engine.call("leave", {"line": engine.call("rows", {"show": "all"})["rows"][1]["line"]})
    assert engine.call("list", {})["list"]["counts"]["left"] == 1
    engine.call("erase", {"what": "list"})
    assert (campaign.parent / listed["file"]).read_bytes() == before


def test_a_staff_list_of_the_command_line_is_shown(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EXAMPLE.with_name("un-etablissement-2018"), tmp_path / "campagne"))
    engine = Engine(folder, "fr", HERE)
    engine.call("open", {})
    assert engine.call("people", {})["people"]["total"] > 0


@pytest.mark.parametrize(("written", "code"), [
    ("title = « Élections »\n", "C174"), ('title = "x"\n', "C107"), ('election = "1999"\n', "C108"),
    ("é", "C1"), ('election = "2018"\ndocument = 3\npublisher = 4\n', "")
])  # fmt: skip
def test_a_campaign_that_cannot_be_read_is_refused_in_words(engine: Engine, written: str, code: str) -> None:
    """Whoever wrote into it outside the window reads what is wrong; once that is mended, all is there again."""
    path = engine.folder.campaign
    before = path.read_bytes()
    path.write_text(written, "latin-1" if code == "C1" else "utf-8")
    for name in ("open", "list", "choices", "verify", "plan", "addresses"):
        try:
            answer: dict[str, Any] = engine.call(name, {})
        except LeafletError as error:
            answer = engine.fault_answer(error)["fault"]
            assert answer["code"].startswith("C1")
        assert answer
    if code:
        assert refused(engine, "open")["code"].startswith(code)
        answers = [answer_call(engine, name, {"key": "title", "value": "x"}) for name in ("answer", "verify")]
        assert {answer["fault"]["code"] for answer in answers} == {"W201"}
    path.write_bytes(before)
    assert engine.call("open", {})["campaign"]["election"] == "2018"


def test_a_campaign_is_begun_again(tmp_path: Path) -> None:
    """After its beginning was undone the doors are there again, and another one is chosen."""
    engine = started(tmp_path)
    assert engine.call("undo", {})["campaign"] is None
    engine.call("start", {"election": "2022", "kind": "cards"})
    assert engine.call("open", {})["campaign"]["election"] == "2022"
    assert [path.name for path in tmp_path.glob("*.csv")] == ["ecoles.csv"]


# --- making ----------------------------------------------------------------------------------------------------


@pytest.fixture
def complete(tmp_path: Path) -> Engine:
    return ready(tmp_path / "complete")


def test_two_tabs_make_one_after_the_other(complete: Engine) -> None:
    """The second one is told; the first one goes on."""
    first = complete.make({"outputs": ["files"] * 6, "changedOnly": False})
    next(first)
    with pytest.raises(LeafletError, match="W204"):
        list(complete.make({"outputs": ["zip"]}))
    *_, last = first
    assert last["result"]["stopped"] is None
    *_, last = complete.make({"outputs": ["zip"]})
    assert [one["path"] for one in last["result"]["files"]] == ["depliants.zip"]


def test_what_was_stopped_is_not_made(complete: Engine) -> None:
    """« Fabriquer » is done only when nothing is left; leaflets that wait for their ZIP are erased with the names."""
    waiting = complete.folder.path / WAITING
    for _ in range(9):  # a stop before the first file of an archive leaves nothing to wait
        if not waiting.is_dir():
            making = complete.make({"outputs": ["zip"] * 6})
            next(word for word in making if word["progress"]["done"])
            complete.call("stop", {})
            *_, last = making
            assert last["result"]["stopped"] is not None and complete.folder.state.made == -1
    assert waiting.is_dir()
    complete.call("erase", {"what": "people"})
    assert not waiting.exists()
    making = complete.make({"outputs": ["files"] * 6, "changedOnly": False})
    next(making)
    complete.call("answer", {"key": "publisher.name", "value": "Une autre section"})
    list(making)
    assert complete.call("open", {})["campaign"]["stations"][-1]["state"] == "todo"


def test_a_copy_leaves_behind_what_was_made(complete: Engine) -> None:
    """And knows that nothing of it is made; what is changed in it does not change the first one."""
    first = complete.folder.path
    list(complete.make({"outputs": ["files", "zip", "copier"]}))
    assert complete.call("open", {})["campaign"]["stations"][-1]["state"] == "done"
    complete.call("testSheet", {})
    assert complete.call("copy", {})["campaign"]["stations"][-1]["state"] == "todo"
    kept = sorted(path.name for path in complete.folder.path.iterdir() if path.suffix != ".csv")
    assert kept == [".leaflet", "campaign.toml"] and complete.folder.path == first.with_name("complete (copie)")
    complete.call("answer", {"key": "publisher.name", "value": "Une autre section"})
    assert "Une autre section" not in (first / "campaign.toml").read_text("utf-8")
    assert complete.call("list", {})["list"]["lines"] == 6


def test_the_print_shop_is_asked_for(complete: Engine) -> None:
    """A print run needs its name, which the law wants; then it is made."""
    asked = {one["id"]: one for one in complete.call("plan", {})["outputs"]}["print-run"]
    assert (asked["possible"], asked["asks"]["key"], asked["asks"]["text"]) == (False, "press.printer", "")
    complete.call("word", {"key": asked["asks"]["key"], "text": "Imprimerie d’essai, Tours"})
    asked = {one["id"]: one for one in complete.call("plan", {})["outputs"]}["print-run"]
    assert (asked["possible"], asked["asks"]["text"]) == (True, "Imprimerie d’essai, Tours")


def test_a_print_run_dates_the_campaign(complete: Engine) -> None:
    """What is printed for the public carries a date; undo takes it out again."""
    complete.folder.environment = replace(HERE, clock=lambda: datetime(2026, 11, 30, 9))
    complete.call("word", {"key": "press.printer", "text": "Imprimerie d’essai, Tours"})
    before = complete.folder.campaign.read_text("utf-8")
    with suppress(LeafletError):  # where there is no profile of a paper, it is dated all the same
        list(complete.make({"outputs": ["print-run"]}))
    assert "issued_on = 2026-11-30" in complete.folder.campaign.read_text("utf-8")
    complete.call("undo", {})
    assert complete.folder.campaign.read_text("utf-8") == before


def test_undo_leads_to_where_the_change_was_made(engine: Engine) -> None:
    """Somebody on another station sees what is undone."""
    engine.call("at", {"at": {"station": "election"}})
    engine.call("answer", {"key": "publisher.name", "value": "Section"})
    engine.call("at", {"at": {"station": "make"}})
    assert engine.call("undo", {})["at"] == {"station": "election"}


def test_undo_leads_nowhere_where_another_tab_was(engine: Engine) -> None:
    """Each change says where it is made; so does what is made again."""
    pages, cards = {"station": "pages"}, {"station": "cards"}
    engine.call("at", {"at": cards})  # the other tab
    engine.call("word", {"key": "title", "text": "Votons", "here": pages})
    engine.call("at", {"at": cards})
    assert engine.call("undo", {})["at"] == pages
    engine.call("at", {"at": cards})
    assert engine.call("redo", {})["at"] == pages

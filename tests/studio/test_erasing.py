"""« Effacer les noms » leaves none, in no file, archive or history, whatever was made and whenever it is killed."""

import base64
import binascii
import errno
import io
import json
import os
import re
import shutil
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace

from leaflet.faults import LeafletError
from leaflet.pdf.page_images import PDFIUM
from leaflet.studio.engine import Engine
from leaflet.studio.output_folders import MADE, MADE_NAMES, TEST_SHEET, WAITING, ZIP
from tests.studio.support import HERE, SCHOOLS, answered, ready, refusal, refused, stopping

FIRST = "0370035M"
NAMES = ("zyxmartin", "zyxdurand", "zoéphyrine")  # however they are written
PASTED = "ZYXMARTIN\tZoéphyrine\nZYXDURAND\tPaul\n"
SCHOOL = {"uai": FIRST, "name": "Lycée d’exemple", "town": "Tours"}
STAFF = f"UAI;Nom;Prénom\n{FIRST};Zyxmartin;Zoéphyrine\n0370036N;Zyxdurand;Paul\n"
# The locks of those who were killed are files of today: long ago.
STILL = replace(HERE, clock=lambda: datetime(2126, 11, 30, 10, 42))
Step = Callable[[Engine], object]


def test_names_that_were_to_be_erased_are_told(tmp_path: Path) -> None:
    """From the day after the one that the campaign names, « Vérifier » leads to them."""
    with closing(ready(tmp_path / "campagne")) as engine:
        engine.upload("staff", "noms.csv", STAFF.encode())
        campaign = engine.folder.campaign  # of cards, beside that of leaflets
    text = campaign.read_text("utf-8")
    campaign.write_text(text.replace("\nstaff = ", "\ndelete_by = 2126-11-29\nstaff = "), "utf-8")
    with closing(Engine(campaign.parent, "fr", STILL)) as later:
        later.call("open", {})
        (found,) = [one for one in later.call("verify", {})["findings"] if one["code"] == "C247"]
        assert found["title"].endswith("2126")
        assert found["at"] == {"station": "cards", "part": "names"}


# --- where names may be ------------------------------------------------------------------------------------------


def texts_of(data: bytes) -> Iterator[str]:
    """Yield all that can be read in a file: in the pages of a PDF, in an archive, in what an e-mail or JSON holds."""
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-le", "replace")
    if data.startswith(b"%PDF"):
        with PDFIUM, closing(pypdfium2.PdfDocument(data)) as pdf:
            yield from (page.get_textpage().get_text_bounded() for page in pdf)
            yield str(pdf.get_metadata_dict())
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from texts_of(archive.read(name))
    if data.startswith(b"{"):
        yield from _texts_in(json.loads(data))
    if b"MIME-Version" in data[:2000]:
        for part in message_from_bytes(data).walk():
            yield from texts_of(part.get_payload(decode=True) or b"")


def _texts_in(value: Any) -> Iterator[str]:
    """Yield what a value of JSON holds: bytes are written as base64."""
    if isinstance(value, str):
        yield value
        with suppress(binascii.Error, ValueError):
            yield base64.b64decode(value, validate=True).decode("utf-8", "replace")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def found(*folders: Path) -> set[tuple[str, str]]:
    """Each name that is found below some folders, with the file it is found in."""
    paths = [path for folder in folders for path in folder.rglob("*")]
    return {
        (path.name, name)
        for path in paths
        for text in (path.name, *(texts_of(path.read_bytes()) if path.is_file() else ()))
        for name in NAMES
        if name in text.casefold()
    }


# --- what was done before ---------------------------------------------------------------------------------------


def make(*outputs: str) -> Step:
    return lambda engine: list(engine.make({"outputs": outputs, "changedOnly": False}))


def choose(document: str, theme: str = "default") -> Step:
    return lambda engine: engine.call("choose", {"documents": [{"id": document, "theme": theme}]})


def stop_zip(engine: Engine) -> None:
    engine.call("choose", {"documents": [{"id": name} for name in ("memo-card", "memo-a6", "leaflet-a4")]})
    with stopping(engine):
        make("zip")(engine)
    assert (engine.folder.path / WAITING).is_dir()


def accept_all(engine: Engine) -> None:
    for finding in engine.call("verify", {})["findings"]:
        engine.call("accept", {"id": finding["id"]})


def file_in_place_of(name: str) -> Step:
    """Leave what a build that was killed leaves."""

    def act(engine: Engine) -> None:
        target = engine.folder.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"Zyxmartin")

    return act


BEFORE: dict[str, tuple[Step, ...]] = {
    "nothing made": (),
    "mended and swapped": (
        lambda engine: engine.call("mendPerson", {"line": 2, "first": "Paul", "last": "Zyxmartin"}),
        lambda engine: engine.call("addPerson", {"first": "Zoéphyrine", "last": "Zyxdurand"}),
        lambda engine: engine.call("swapNames", {}),
    ),
    "undone": (
        lambda engine: engine.call("addPerson", {"first": "Zoéphyrine", "last": "Zyxdurand"}),
        lambda engine: engine.call("swapNames", {}),
        lambda engine: engine.call("pastePeople", {"text": PASTED}),
        lambda engine: engine.call("undo", {}),
    ),
    "a list in a file": (lambda engine: engine.upload("staff", "Zyxmartin.csv", STAFF.encode()),),
    "cards": (make("cards"),),
    "a folder": (make("files"),),
    "a ZIP": (make("zip"),),
    "a folder and a ZIP": (make("zip", "files"),),
    "a ZIP that was stopped": (stop_zip,),
    "a ZIP that was killed": (make("zip"), file_in_place_of(f"{WAITING}/.leaflet-partial.zip")),
    "another theme": (make("cards"), choose("memo-card", "grey"), make("cards", "zip")),
    "another document": (make("cards", "zip"), choose("memo-a6"), make("cards")),
    "another colour": (make("cards"), lambda engine: engine.call("choose", {"color": "#c8102e"}), make("zip")),
    "leaflets besides": (
        lambda engine: engine.call("choose", {"documents": [{"id": "memo-card"}, {"id": "leaflet-a4"}]}),
        make("zip", "files", "copier"),
    ),
    "a test sheet": (make("cards"), lambda engine: engine.call("testSheet", {})),
    "accepted": (accept_all,),
}


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose campaign has the names of two people, and can be made."""
    folder = tmp_path_factory.mktemp("prepared") / "cartes"
    engine = answered(folder, "cards")
    engine.call("pastePeople", {"text": PASTED, "school": SCHOOL})
    engine.close()
    return folder


@pytest.fixture
def engine(cards: Path, tmp_path: Path) -> Iterator[Engine]:
    engine = Engine(Path(shutil.copytree(cards, tmp_path / "cartes")), "fr", STILL)
    engine.call("open", {})
    yield engine
    engine.close()


USUAL = {"undone", "a list in a file", "leaflets besides"}


@pytest.mark.parametrize(
    "before", [pytest.param(name, marks=() if name in USUAL else pytest.mark.drill) for name in BEFORE]
)
def test_no_name_is_left(engine: Engine, before: str) -> None:
    """Whatever was made of them; all that has no name stays."""
    for step in BEFORE[before]:
        step(engine)
    folder = engine.folder.path
    assert {name for _, name in found(folder)} == set(NAMES)
    if before in ("cards", "a folder", "a ZIP"):
        assert any(file.endswith((".pdf", ".zip")) for file, _ in found(folder))
    leaflets = {path for path in folder.rglob("*.pdf") if path.parent.name.startswith(("leaflet-a4", "copieur"))}
    engine.call("erase", {"what": "people"})
    assert found(folder) == set() and engine.call("people", {})["people"] is None
    assert engine.call("open", {})["undo"] is None and all(path.is_file() for path in leaflets)
    if before == "leaflets besides":
        assert leaflets
        with zipfile.ZipFile(folder / ZIP) as archive:
            assert {name.partition("/")[0] for name in archive.namelist()} == {"leaflet-a4", "manifest.json"}
    list(engine.make({"outputs": ["zip"]}))  # cards without names, from now on
    assert found(folder) == set()


def test_the_first_pages_of_a_document_with_names(engine: Engine) -> None:
    """In a campaign written by hand the sheet to try the printer with may be of somebody."""
    text = engine.folder.campaign.read_text("utf-8")
    engine.folder.campaign.write_text(text.replace('sheet = "cards-a4"\n', ""), "utf-8")
    engine.folder.note(kind="leaflets")
    assert engine.call("testSheet", {}) == {"file": TEST_SHEET}
    assert TEST_SHEET in {file for file, _ in found(engine.folder.path)}
    engine.call("erase", {"what": "people"})
    assert found(engine.folder.path) == set()


def test_names_in_another_folder(cards: Path, tmp_path: Path) -> None:
    """Also in one that files went to before the last one was chosen."""
    sticks = [tmp_path / "a", tmp_path / "b"]
    for stick in sticks:
        stick.mkdir()
    folder = Path(shutil.copytree(cards, tmp_path / "cartes"))
    engine = Engine(folder, "fr", replace(STILL, places=lambda: sticks))
    engine.call("open", {})
    for stick in sticks:
        engine.call("choosePlace", {"path": str(stick)})
        make("cards", "zip")(engine)
    assert len({file for file, _ in found(*sticks) if file == ZIP}) == 1
    assert engine.call("erase", {"what": "people"})["erased"] == 4  # a file and one in a ZIP on each
    assert found(folder, *sticks) == set()
    engine.close()


def test_lists_given_at_the_wrong_door(tmp_path: Path) -> None:
    """A list of people that passed for one of schools is erased with the names, wherever it was copied to."""
    engine = ready(tmp_path / "Section")
    engine.upload("list", "a-zyxmartin.csv", b"Zyxmartin;Maths\nZyxdurand;EPS\n")
    engine.call("openBeside", {"kind": "cards"})
    assert engine.folder.path != tmp_path / "Section" and found(engine.folder.path)
    engine.call("erase", {"what": "people"})
    assert found(engine.folder.path) == set() and engine.call("list", {})["list"] is None
    heads = SCHOOLS.replace("CP;", "CP;Chef;").replace("00;", "00;Zyxmartin;")
    for name, text, is_kept in (("zyxmartin.csv", heads, False), ("b.csv", SCHOOLS, True)):
        engine.upload("list", name, text.encode())
        engine.call("pastePeople", {"text": PASTED})
        engine.call("erase", {"what": "people"})
        assert found(engine.folder.path) == set() and (engine.call("list", {})["list"] is not None) is is_kept
    refusal(
        engine, lambda: engine.upload("list", ".csv", b"Agent;Grade\nZyxmartin;1\n")
    )  # whose name ends that of another
    assert found(engine.folder.path) == set()
    engine.close()


def test_a_list_of_ones_own_stays(tmp_path: Path) -> None:
    """One that was in the folder before, and was not given to the window; what was made of it goes."""
    engine = ready(tmp_path)
    engine.close()
    (tmp_path / "personnels.csv").write_text(STAFF, "utf-8")
    text = engine.folder.campaign.read_text("utf-8").replace("[data]\n", '[data]\nstaff = "personnels.csv"\n')
    cards = '\n[[document]]\ntemplate = "memo-card"\nper = "person"\nsheet = "cards-a4"\n'
    engine.folder.campaign.write_text(f"{text}{cards}", "utf-8")
    engine = Engine(tmp_path, "fr", STILL)
    engine.call("open", {})
    make("zip")(engine)
    assert {ZIP, "personnels.csv"} == {file for file, _ in found(tmp_path)}
    engine.call("addPerson", {"first": "Zoé", "last": "If"})  # has a list of the window's own from now on
    assert engine.call("erase", {"what": "people"})["stays"] == ["personnels.csv"]  # which the page says
    assert {file for file, _ in found(tmp_path)} == {"personnels.csv"}
    with zipfile.ZipFile(tmp_path / ZIP) as archive:
        assert len(archive.namelist()) == 7  # six leaflets and their list
    engine.close()


@pytest.mark.parametrize("what", ["", "everything", "People", 3])
def test_what_nobody_knows_is_not_erased(engine: Engine, what: object) -> None:
    """It is a mistake of the page: nothing is changed, and nothing is forgotten."""
    before = contents(engine.folder.path)
    with pytest.raises(KeyError):
        engine.call("erase", {"what": what})
    assert contents(engine.folder.path) == before


def test_nothing_is_erased_while_something_is_made(engine: Engine) -> None:
    making = engine.make({"outputs": ["cards"] * 4, "changedOnly": False})
    next(making)
    assert refused(engine, "erase", what="people")["code"] == "W204"
    list(making)
    engine.call("erase", {"what": "people"})
    assert found(engine.folder.path) == set()


# --- killed -----------------------------------------------------------------------------------------------------

NAMING = ("replace", "unlink", "remove", "rmdir")  # all by which a file gets or loses its name
MOST = 60  # at least as many as there are
LATER = replace(STILL, program="later")
KILLED: dict[str, tuple[str, tuple[Step, ...]]] = {
    "people": ("people", (*BEFORE["leaflets besides"][:1], make("zip"), choose("memo-a6"), make("cards"))),
    "list": (
        "list",
        (
            lambda engine: engine.upload("list", "Zyxmartin.csv", SCHOOLS.encode()),
            lambda engine: engine.call("mend", {"line": 2, "field": "name", "value": "Zyxmartin"}),
        ),
    ),
    "made": ("made", (make("cards", "zip"),)),
}


def contents(folder: Path) -> dict[str, bytes]:
    """All files of a folder but the lock, which has the time; a revision may count what was begun twice."""
    return {
        path.relative_to(folder).as_posix(): re.sub(rb'"revision":\d+', b"", path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name != "lock.json"
    }


def killed_at(folder: Path, what: str, moment: int) -> bool:
    """Erase in a process that is killed at the n-th file that gets or loses its name; return whether it was."""
    child = os.fork()
    if not child:
        left = moment

        def dying(work: Callable[..., Any]) -> Callable[..., Any]:
            def act(*args: Any, **how: Any) -> None:
                nonlocal left
                left -= 1
                if not left and moment % 2:
                    os.kill(os.getpid(), signal.SIGKILL)
                try:
                    work(*args, **how)
                finally:
                    if not left:
                        os.kill(os.getpid(), signal.SIGKILL)

            return act

        try:
            engine = Engine(folder, "fr", STILL)
            engine.call("open", {})
            for name in NAMING:
                setattr(os, name, dying(getattr(os, name)))
            engine.call("erase", {"what": what})
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] != 0


@pytest.mark.drill
@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are POSIX")
@pytest.mark.parametrize("case", KILLED)
def test_erasing_is_killed_at_every_write(engine: Engine, tmp_path: Path, case: str) -> None:
    """It was not begun, or whoever opens the folder next ends it: the folder is then as if nobody had killed it."""
    what, steps = KILLED[case]
    for step in steps:
        step(engine)
    engine.close()
    before = engine.folder.path
    after = Path(shutil.copytree(before, tmp_path / "undisturbed"))
    undisturbed = Engine(after, "fr", STILL)
    undisturbed.call("open", {})
    undisturbed.call("erase", {"what": what})
    wanted, resumed = contents(after), 0
    for moment in range(1, MOST):
        folder = Path(shutil.copytree(before, tmp_path / str(moment)))
        if not killed_at(folder, what, moment):
            break
        opened = Engine(folder, "fr", LATER)
        opened.call("open", {})
        is_ended = contents(folder) != contents(before)
        assert not is_ended or contents(folder) == wanted, f"write {moment}"
        opened.call("list", {})  # the campaign names no list that is not there
        assert (opened.call("people", {})["people"] is None) == (is_ended and what == "people")
        resumed += is_ended
        shutil.rmtree(folder)
    else:
        raise AssertionError("there are more writes")
    assert resumed >= 5


@pytest.mark.parametrize("file", ["erase.json", "campaign.toml", "state.json", "history.json"])
def test_erasing_on_a_full_disk(engine: Engine, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    """It is refused, and not ended behind somebody's back the next time; with room, it is done."""
    make("cards", "zip")(engine)
    rename, full = os.replace, [True]

    def replace_if_room(source: Any, target: Any) -> None:
        if full[0] and Path(target).name == file:
            full[0] = file != "erase.json"  # which is tried again once what was made is gone
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace_if_room)
    if file == "erase.json":
        engine.call("erase", {"what": "people"})
    else:
        with pytest.raises(LeafletError, match="W202"):
            engine.call("erase", {"what": "people"})
        full[0] = False
        again = Engine(engine.folder.path, "fr", LATER)
        again.call("take", {})
        assert len(again.call("people", {})["people"]["people"]) == 2
        again.call("erase", {"what": "people"})
    assert found(engine.folder.path) == set()


def test_every_name_of_what_is_made_is_known() -> None:
    """Something new that is made comes with a case above, or has no names."""
    assert set(MADE_NAMES) == {MADE, "copieur", "imprimerie", ZIP, WAITING, TEST_SHEET}

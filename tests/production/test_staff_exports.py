"""Staff lists as the software of schools exports them: one command makes named cards. All people are invented."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.campaigns import campaign_text, write_small_campaign
from tests.production.test_cards import document, texts
from tests.support import tables_of
from tests.tables import books

TABLES = tables_of(__file__)
SCHOOL = "uai;nom;commune\n0370035M;Lycée Descartes;Tours\n"


def rows_of(text: str) -> list[list[str]]:
    return [line.split(";") if line else [] for line in text.split("\n")]


def text_of(text: str, encoding: str = "cp1252", delimiter: str = ";", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    """A list with the line ends of Windows."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows_of(text))
    return written.getvalue().encode(encoding)


def xlsx_of(**sheets: str) -> bytes:
    return books.workbook(**{name.replace("_", " "): rows_of(text) for name, text in sheets.items()})


def ods_of(**sheets: str) -> bytes:
    parts = [(map(books.ods_row, rows_of(text)), name.replace("_", " ")) for name, text in sheets.items()]
    return books.ods(*(books.ods_sheet(*part) for part in parts))


BOOKS: dict[str, Callable[..., bytes]] = {".xlsx": xlsx_of, ".ods": ods_of}


def campaign_with(folder: Path, name: str, content: bytes) -> Path:
    path = write_small_campaign(folder, campaign_text(document(), staff=True).replace("personnels.csv", name), SCHOOL)
    (folder / name).write_bytes(content)
    return path


@pytest.mark.parametrize("case", TABLES["lists"])
def test_a_list_becomes_named_cards_with_one_command(tmp_path: Path, case: str) -> None:
    """Everybody is printed once, nobody else is, and no message shows a name."""
    listed = TABLES["lists"][case]
    file, people, sheets = listed.pop("file"), listed.pop("people"), listed.pop("sheets", None)
    content = text_of(**listed) if sheets is None else BOOKS[Path(file).suffix](**TABLES[sheets])
    result = build(BuildOptions(campaign=campaign_with(tmp_path, file, content), out=tmp_path / "out"))
    (file,) = (tmp_path / "out" / "cartes").glob("*.pdf")
    text = " ".join("".join(texts(file)).split())  # a long name stands on two lines
    assert [text.count(person) for person in people] == [1] * len(people)
    assert text.count("Le portail") == len(people)
    said = "\n".join(line for fault in result.faults for lang in LANGUAGES for line in fault.lines(lang)).casefold()
    assert not any(word in said for person in people for word in person.casefold().split() if len(word) > 3)
    assert not [fault.code for fault in result.faults if fault.severity == "error"]


@pytest.mark.parametrize("kind", BOOKS)
def test_sheets_read_and_passed_over_are_named(tmp_path: Path, kind: str) -> None:
    """Nothing is silent about several sheets; one that is named is read alone."""
    path = campaign_with(tmp_path, f"personnels{kind}", BOOKS[kind](**TABLES["services"]))
    faults = build(BuildOptions(campaign=path, out=tmp_path / "out")).faults
    (fault,) = [fault for fault in faults if fault.code == "T162"]
    assert fault.values["sheets"] == "Profs, Vie scolaire, Agents"
    assert fault.reason("fr").endswith("Laissées de côté\xa0: Salles.")
    assert fault.severity == "warning"
    path.write_text(path.read_text("utf-8").replace("[data]\n", '[data]\nstaff_sheet = "Agents"\n'), "utf-8")
    assert not [f for f in build(BuildOptions(campaign=path, out=tmp_path / "one")).faults if f.code == "T162"]
    (file,) = (tmp_path / "one" / "cartes").glob("*.pdf")
    assert "".join(texts(file)).count("Le portail") == 1

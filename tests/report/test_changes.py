"""What changed since an earlier build: each way of changing once, with pictures; no baseline is never no change."""

import re
from pathlib import Path
from typing import Any

import pytest

from leaflet.files.words import load_words
from leaflet.preflight.compare.differences import (
    Comparison,
    PageChange,
    PropertyChange,
    RecordChange,
    Token,
    WordChange,
)
from leaflet.preflight.report import changes as changes_module
from leaflet.preflight.report.make import ReportResult
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.report.support import CAMPAIGN, LATER, ROWS, Page, built, campaign, parsed, report, with_cards

FRENCH = load_words("report", "fr")
RENAMED = ROWS.replace("Lycée Balzac", "Lycée Honoré-de-Balzac")


def compare(folder: Path, text: str = CAMPAIGN, rows: str = ROWS, **options: Any) -> tuple[Page, str, ReportResult]:
    """The report on this campaign against the usual one; the page, the summary, and what the command is told."""
    built(folder / "old")
    asked = {"campaign": built(folder / "new", text, rows), "baseline": folder / "old" / "out", **options}
    html, summary, result = report(folder / "new" / "out", **asked)
    assert str(folder) not in html + summary
    return parsed(html), summary, result


def rows_of(page: Page) -> list[str]:
    """The table of changed files, a line of text each."""
    table = next(found for found in page.all("table") if "Changement" in found.text)
    return [" ".join(line.split()) for line in table.text.strip().splitlines()[1:] if line.strip()]


def changes(page: Page) -> list[str]:
    return [" ".join(found.text.split()) for found in page.all("article", class_="change")]


@pytest.mark.drill
def test_one_change_in_all_files_is_reported_once(tmp_path: Path) -> None:
    """With the old and the new line, and three pictures that say what they are; overseas in local time, too."""
    page, summary, result = compare(tmp_path, LATER)
    change, overseas = changes(page)
    assert "2 fichiers changent de la même façon" in change and "ferme à 21 h ici" in overseas
    assert "Retiré ferme à 17 h" in change and "Ajouté ferme à 18 h" in change
    pictures = [img.attributes["alt"] for img in page.all("img") if not re.search("fichier", img.attributes["alt"])]
    assert [alt.rpartition(" ")[2] for alt in pictures] == ["Avant", "Après", "Superposition"] * 2
    assert all(alt.startswith("leaflet-a4, Lycée Descartes, Tours (0370035M), page 1") for alt in pictures[:3])
    assert len(rows_of(page)) == 3
    (row,) = (line for line in summary.splitlines() if "page 1 · « 17 » → « 18 » |" in line)
    assert row.count("<br>") == 1 and summary.count("« 20 » → « 21 » · « 17 » → « 18 »") == 1
    assert result.changes == "3 fichiers modifiés" and result.exit_code == 0


@pytest.mark.drill
def test_one_school_of_three(tmp_path: Path) -> None:
    page, summary, _ = compare(tmp_path, rows=RENAMED)
    (row,) = rows_of(page)
    assert row.startswith("Lycée Honoré-de-Balzac, Tours (0370036N) leaflet-a4 modifié renommé")
    assert "« Balzac, » → « Honoré-de-Balzac, »" in row
    assert "1 fichier modifié" in page.text and "2 fichiers inchangés" in page.text
    assert "Lycée Descartes" not in summary.partition("## Ce qui change")[2].partition("## Documents")[0]


@pytest.mark.drill
def test_schools_that_come_and_go(tmp_path: Path) -> None:
    """Both are listed by name where it is known, by UAI and file where it is not."""
    lines = ROWS.splitlines(keepends=True)
    page, _, result = compare(tmp_path, rows="".join((*lines[:2], "0370039S;Lycée Courier;Tours;37012;1\n")))
    assert rows_of(page) == [
        "Lycée Courier, Tours (0370039S) leaflet-a4 ajouté leaflet-a4/0370039S-lycee-courier.pdf",
        "9741051Z leaflet-a4 supprimé leaflet-a4/9741051Z-lycee-paul-moreau.pdf",
    ]
    assert result.changes == "1 fichier ajouté, 1 fichier supprimé"


@pytest.mark.drill
def test_a_link_behind_the_same_words(tmp_path: Path) -> None:
    """The worst change of all is told with both addresses."""
    text = '\n[academies.reunion]\nwebmail = "https://messagerie.ac-reunion.fr/"\n'
    page, _, _ = compare(tmp_path, CAMPAIGN + text)
    found = " ".join(changes(page))
    assert "Lien retiré https://www.ac-reunion.fr/" in found
    assert "Lien ajouté https://messagerie.ac-reunion.fr/" in found


def test_a_row_names_each_change_once_and_counts_the_others() -> None:
    lines = [
        tuple((Token(text=f"{word}{n}", is_changed=True),) for word in ("a", "b")) for n in (0, 0, 1, 2, 3, 4, 5)
    ]
    pages = [
        PageChange(status="changed", old_number=1, new_number=1, words=[WordChange(old=a, new=b) for a, b in lines])
    ]
    said = tuple(PropertyChange(name="alternative", old=old, new="QR code") for old in ("Portail", "Messagerie"))
    record = RecordChange(
        document="d", record="0370035M", status="changed", old_file="a", new_file="a", properties=said, pages=pages
    )
    found = Comparison(old=Path("old"), new=Path("new"), records=(record,))
    (row,) = changes_module.compared_changes(found, None, FRENCH).rows
    assert row.what.count("textes de remplacement") == 1
    assert " · ".join(f"« a{n} » → « b{n} »" for n in range(4)) + " · … et 2 de plus · " in row.what


def test_nothing_changed(tmp_path: Path) -> None:
    page, summary, result = compare(tmp_path)
    assert "Rien n’a changé." in page.text and "Rien n’a changé" in summary
    assert result.changes == "Rien n’a changé" and page.all("article", class_="change") == []


@pytest.mark.parametrize(
    "name",
    ["missing", *(pytest.param(one, marks=pytest.mark.drill) for one in ("without manifest", "unreadable", "empty"))],
)
def test_a_baseline_that_cannot_be_read_is_said_loudly(tmp_path: Path, name: str) -> None:
    """In a box of its own, in the summary and by the exit code; the rest of the report is there."""
    path, baseline = built(tmp_path), tmp_path / "baseline"
    if name != "missing":
        baseline.mkdir()
    if text := {"unreadable": "{", "empty": '{"campaign": "c", "election": "2018", "files": []}'}.get(name):
        (baseline / "manifest.json").write_text(text, "utf-8")
    html, summary, result = report(tmp_path / "out", campaign=path, baseline=baseline)
    page = parsed(html)
    (box,) = page.all("div", class_="box")
    assert "La comparaison demandée n’a pas pu être faite" in box.text and "→" in box.text
    assert "**La comparaison demandée n’a pas pu être faite.**" in summary
    assert "Rien n’a changé" not in html + summary and result.problems and result.exit_code == 2
    assert str(tmp_path) not in html + summary and page.all("img")


@pytest.mark.drill
def test_a_baseline_without_a_file_is_not_whole(tmp_path: Path) -> None:
    """A file of the list that is gone cannot be compared, and is an error."""
    built(tmp_path / "old")
    next((tmp_path / "old" / "out").rglob("0370036N*")).unlink()
    path = built(tmp_path / "new")
    html, summary, result = report(tmp_path / "new" / "out", campaign=path, baseline=tmp_path / "old" / "out")
    assert result.exit_code == 4 and "Rien n’a changé" not in html + summary
    assert result.changes == "1 fichier n’a pas pu être comparé"
    assert "out/leaflet-a4/0370036N-lycee-balzac.pdf" in html and str(tmp_path) not in html + summary


@pytest.mark.drill
def test_what_changed_for_a_person_is_not_reported(tmp_path: Path) -> None:
    """Neither words nor pictures; that something changed is."""
    built(tmp_path / "old", with_cards())
    path = campaign(tmp_path / "new", with_cards())
    people = path.with_name("personnels.csv")
    people.write_text(people.read_text("utf-8").replace("Passiflore", "Quetsche"), "utf-8")
    build(BuildOptions(campaign=path, out=tmp_path / "new" / "out"))
    html, summary, _ = report(tmp_path / "new" / "out", campaign=path, baseline=tmp_path / "old" / "out")
    assert not re.search("Passiflore|Quetsche|Ondine", html + summary)
    page = parsed(html)
    assert "1 fichier nominatif a changé" in page.text
    assert rows_of(page) == ["Lycée Descartes, Tours (0370035M) cartes modifié page 1"] and changes(page) == []


@pytest.mark.drill
def test_too_many_ways_of_changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commonest are shown, the others counted; without room there are words and no pictures."""
    monkeypatch.setattr(changes_module, "MOST", 1)
    monkeypatch.setattr(changes_module, "PICTURES", 10)
    page, _, _ = compare(tmp_path, LATER, RENAMED)
    (change,) = changes(page)
    assert "ferme à 18 h" in change
    assert "autre changement, sans image ici" in page.text or "autres changements, sans image ici" in page.text
    assert not any("Superposition" in img.attributes["alt"] for img in page.all("img"))

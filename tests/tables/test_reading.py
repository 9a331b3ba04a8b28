"""Progress is reported while a list is read, whatever kind of file it is, and changes nothing that is read."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from leaflet.faults import Report
from leaflet.tables import ReadOptions, check_letter, load_schools, load_staff, open_schools
from tests.tables import books


def rows(count: int) -> list[Sequence[str]]:
    """Invented schools, every 500th with a UAI that is none."""
    codes = [f"037{number:04}" for number in range(count)]
    letters = (check_letter(code) if number % 500 else "I" for number, code in enumerate(codes))
    made = ((code + letter, f"École {code}", "Tours") for code, letter in zip(codes, letters, strict=True))
    return [("uai", "nom", "commune"), *made]


def written(suffix: str, count: int, folder: Path) -> Path:
    return books.write_list(folder / f"ecoles.{suffix}", *rows(count))


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_every_thousand_rows_are_reported(suffix: str, tmp_path: Path) -> None:
    reported: list[tuple[str, int]] = []
    options = ReadOptions(progress=lambda name, count: reported.append((name, count)))
    path = written(suffix, 2_345, tmp_path)
    plain, watched = Report(), Report()
    assert load_schools(path, report=watched, options=options) == load_schools(path, report=plain)
    assert [(f.code, f.place) for f in watched] == [(f.code, f.place) for f in plain]
    assert reported == [(path.name, 1_000), (path.name, 2_000)]
    reported.clear()
    load_schools(written(suffix, 999, tmp_path), report=Report(), options=options)
    assert reported == []


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize(("gap", "titled", "faults"), [(300, 1, []), (0, 198, ["T118"]), (998, 1, ["T118"])])
def test_columns_without_a_title_are_no_columns(
    suffix: str, gap: int, titled: int, faults: list[str], tmp_path: Path
) -> None:
    """A column far to the right is read; two hundred titles, or a thousand cells of a row, are the most."""
    more = [*[""] * gap, *(f"titre {at}" for at in range(titled))]
    cells = [("uai", "nom", "commune", *more), ("0370001A", "Lycée", "Tours", *[""] * gap, *["1"] * titled)]
    report, path = Report(), books.write_list(tmp_path / f"ecoles.{suffix}", *cells)
    assert len(load_schools(path, report=report)) == (not faults)
    assert [fault.code for fault in report.errors] == faults


def test_it_is_reported_while_the_list_is_read(tmp_path: Path) -> None:
    reported: list[int] = []
    options = ReadOptions(progress=lambda _name, count: reported.append(count))
    reader = open_schools(written("csv", 1_500, tmp_path), report=Report(), options=options)
    assert reader is not None
    schools = reader.schools()
    assert next(schools).line == 3 and reported == []
    assert next(school.line for school in schools if reported == [1_000]) == 1_001 and reported == [1_000]


def test_staff_lists_tell_too(tmp_path: Path) -> None:
    reported: list[tuple[str, int]] = []
    path = tmp_path / "personnels.csv"
    path.write_text("prenom;nom;uai\n" + "".join(f"A;B{n};0370001A\n" for n in range(1_000)), "utf-8")
    options = ReadOptions(progress=lambda name, count: reported.append((name, count)))
    load_staff(path, schools=["0370001A"], report=Report(), options=options)
    assert reported == [("personnels.csv", 1_000)]

"""The file that is meant by the name of one that is not there."""

from pathlib import Path

import pytest

from leaflet.files.plain_files import LISTS, PICTURES, meant_file

FILES = (
    *("campaign.toml", "ecoles.csv", "eleves.xlsx", "Logo-2026.png", "Personnels.CSV.txt", "mots-de-passe.csv"),
    *(".~lock.ecoles.csv#", "~$agents.xlsx"),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *(("ecoles", "ecoles.csv"), ("ecoles.xlsx", "ecoles.csv"), ("Écoles.CSV", "ecoles.csv")),
        *(("ecole.csv", "ecoles.csv"), ("personnels.csv", "Personnels.CSV.txt"), ("campaign.csv", "")),
        *(("agents.xlsx", ""), ("mot-de-passe.csv", ""), ("\0/ecoles.csv", ""), ("nulle-part/ecoles.csv", "")),
        ("", ""),
    ],
)
def test_the_list_that_is_meant(tmp_path: Path, typed: str, meant: str) -> None:
    """By a slip, another case, another ending or none; no file of another kind, of a program, or of secrets."""
    for name in FILES:
        (tmp_path / name).touch()
    assert meant_file(typed, LISTS, tmp_path) == meant


def test_it_is_named_as_it_was_typed(tmp_path: Path) -> None:
    """With the folders before it, and among files of its kind alone."""
    (tmp_path / "images").mkdir()
    for name in ("Logo-2026.png", "logo.csv"):
        (tmp_path / "images" / name).touch()
    assert meant_file("images/logo.png", PICTURES, tmp_path) == "images/Logo-2026.png"

"""The campaign's own mapping of columns: loaded with it, read alone, and added to without touching anything else."""

import stat
import tomllib
from pathlib import Path

import pytest

from leaflet.campaign import load_campaign
from leaflet.campaign.editing import remove_value
from leaflet.campaign.list_columns import read_list_settings, store_columns
from leaflet.faults import DataError, Report
from tests.campaign.fault_cases import BODY, HEAD, write_campaign
from tests.support import codes_of

COLUMNS = '[columns.schools]\ntown = "Localité"   # ainsi écrit\n\n[columns.staff]\naddress = "Mél"\n'


def test_columns_are_loaded(tmp_path: Path) -> None:
    campaign = load_campaign(write_campaign(tmp_path, HEAD + BODY + COLUMNS), Report())
    assert campaign.columns == {"schools": {"town": "Localité"}, "staff": {"address": "Mél"}}
    assert load_campaign(write_campaign(tmp_path, HEAD + BODY), Report()).columns == {}
    path = write_campaign(tmp_path, 'elektion = "?"\n[data]\nschools = "rien.csv"\nstaff = 3\n' + COLUMNS)
    settings = read_list_settings(path)
    assert settings.columns["schools"] == {"town": "Localité"}
    assert settings.lists == {"schools": tmp_path / "rien.csv"}


@pytest.mark.parametrize(("text", "code"), [
    ("x = ", "C103"), ("columns = 3\n", "C106"), ("[columns.schools]\ntown = 3\n", "C106"), ("[columns.x]\n", "C190")
])  # fmt: skip
def test_what_is_wrong_there_stops(tmp_path: Path, text: str, code: str) -> None:
    path = write_campaign(tmp_path, text)
    assert codes_of(lambda: read_list_settings(path), DataError) == [code]


@pytest.mark.parametrize("text", [
    HEAD + BODY, HEAD + BODY + "# une dernière remarque, sans fin de ligne",
    "\ufeff" + (HEAD + BODY).replace("\n", "\r\n"), "# rien qu’une remarque\n",
    HEAD + BODY + '[columns.staff]\naddress = "Mél"\n'
])  # fmt: skip
def test_a_table_is_added_at_the_end(tmp_path: Path, text: str) -> None:
    path = write_campaign(tmp_path, text)
    before = path.read_bytes()
    store_columns(path, "schools", {"town": 'Lieu « "dit" »', "copies": "Nb"})
    after = path.read_bytes()
    assert after.startswith(before) and (b"\r\n" in before) == (b"\r\n" in after)
    assert tomllib.loads(after.decode("utf-8-sig"))["columns"]["schools"] == {
        "town": 'Lieu « "dit" »',
        "copies": "Nb",
    }
    assert b"\r\n" not in after or after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize("columns", [
    COLUMNS, COLUMNS + "\n# fin\n[press]\nbleed = '3mm' # oui\n", 'columns.schools.town = "Localité" # ici\n',
    'columns = { schools = { town = "Localité" } } # ici\n'
])  # fmt: skip
def test_keys_are_added_to_the_table_that_is_there(tmp_path: Path, columns: str) -> None:
    text = f"# tête\n{columns}" if columns.startswith("columns") else HEAD + BODY + columns
    path = write_campaign(tmp_path, text)
    store_columns(path, "schools", {"copies": "Nb"})
    after = path.read_text("utf-8")
    assert tomllib.loads(after)["columns"]["schools"] == {"town": "Localité", "copies": "Nb"}
    lines = iter(after.splitlines())
    kept = [line for line in text.splitlines() if not line.startswith("columns =")]
    assert all(line in lines for line in kept), after


@pytest.mark.parametrize("columns", [
    '[columns.schools]\ntown = "Localité"  # ici\n', 'columns.schools.town = "Localité"\n',
    '[columns]\nschools.town = "Localité"\n', 'columns = { schools = { town = "Localité" } }\n',
    '[columns.staff]\n[data]\nkey = "uai"\n[columns.schools]\ntown = "Localité"\n',
])  # fmt: skip
@pytest.mark.parametrize("name", ["columns", "columns.schools", "columns.schools.town"])
def test_columns_are_removed_however_they_are_written(columns: str, name: str) -> None:
    """Tables that only they had written go with the last of them."""
    assert "Localité" not in remove_value(columns, name, "campaign.toml")


def test_what_is_replaced_and_what_is_not(tmp_path: Path) -> None:
    """Its comment is kept; a file that is no TOML is refused, for nobody could say what would become of it."""
    path = write_campaign(tmp_path, HEAD + BODY + COLUMNS)
    store_columns(path, "schools", {"town": "Comune"})
    assert path.read_text("utf-8") == (HEAD + BODY + COLUMNS).replace("Localité", "Comune")
    path = write_campaign(tmp_path, "x = \n")
    with pytest.raises(DataError, match="C103"):
        store_columns(path, "schools", {"town": "Localité"})
    assert path.read_text("utf-8") == "x = \n"


def test_links_and_rights_stay(tmp_path: Path) -> None:
    """The file behind a link is replaced, the link is not; nothing is left beside it."""
    real = write_campaign(tmp_path / "x", HEAD + BODY)
    real.chmod(0o640)
    link = tmp_path / "campaign.toml"
    link.symlink_to(real)
    store_columns(link, "schools", {"town": "Localité"})
    assert link.is_symlink() and "Localité" in real.read_text("utf-8")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in real.parent.iterdir()) == ["campaign.toml", "ecoles.csv"]

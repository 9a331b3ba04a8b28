"""``addresses.toml``: read strictly, laid under the campaign, written without touching other lines."""

from datetime import date
from pathlib import Path

import pytest

from leaflet.campaign import load_academies, load_campaign
from leaflet.campaign.academies import ADDRESSES_FILE, ROLES, ConfirmedAddress, check_role
from leaflet.campaign.academy_addresses import read_addresses, write_address
from leaflet.faults import DataError, Report
from tests.campaign.fault_cases import BODY, HEAD, load, write_campaign
from tests.support import tables_of

LYON = "https://webmail.ac-lyon.fr"
DAY = date(2026, 11, 26)


def confirmed(value: str, by: str | None = None) -> ConfirmedAddress:
    """An address that was tried."""
    return ConfirmedAddress(value=value, confirmed_on=DAY, confirmed_by=by)


@pytest.mark.parametrize(("more", "printed"), [
    ("", "https://courriel.ac-lyon.fr"), (f'[academies.lyon]\nwebmail = "{LYON}/autre"\n', f"{LYON}/autre")
])  # fmt: skip
def test_the_campaign_comes_first_then_the_file(tmp_path: Path, more: str, printed: str) -> None:
    """campaign.toml wins over addresses.toml, and that over the program; nothing of either is doubted."""
    write_address(tmp_path / ADDRESSES_FILE, "lyon", "webmail", confirmed("https://courriel.ac-lyon.fr"))
    campaign = load_campaign(write_campaign(tmp_path, HEAD + BODY + more), Report())
    found = campaign.printed(load_academies().by_key["lyon"], "webmail")
    assert found is not None and (found.value, found.fact) == (printed, None)


@pytest.mark.parametrize(("more", "is_printed"), [("", False), ('confirmed = ["webmail"]\n', True)])
def test_what_is_not_tried_can_be_kept_from_being_printed(tmp_path: Path, more: str, is_printed: bool) -> None:
    text = f"{HEAD}{BODY}[academies.lyon]\nwebmail = false\n{more}"
    campaign = load_campaign(write_campaign(tmp_path, text), Report())
    assert (campaign.printed(load_academies().by_key["lyon"], "webmail") is not None) is is_printed


def test_written_is_read_again_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / ADDRESSES_FILE
    write_address(path, "lyon", "webmail", confirmed(LYON, "secrétariat de section"))
    path.write_text("# à nous\n" + path.read_text("utf-8"), "utf-8")
    write_address(path, "paris", "help", confirmed("https://www.ac-paris.fr/aide"))
    write_address(path, "lyon", "webmail", confirmed(f"{LYON}/b", "rectorat"))
    report = Report()
    found = read_addresses(path, load_academies(), report)
    assert len(report) == 0 and path.read_text("utf-8").startswith("# à nous\n")
    assert found["lyon"].webmail == confirmed(f"{LYON}/b", "rectorat")
    assert found["paris"].help == confirmed("https://www.ac-paris.fr/aide")


@pytest.mark.parametrize(("text", "code", "line"), tables_of(__file__)["faults"])
def test_faults_name_file_and_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    (tmp_path / ADDRESSES_FILE).write_text(text, "utf-8")
    (fault,) = load(tmp_path, HEAD + BODY)
    assert (fault.code, fault.place.file, fault.place.line) == (code, ADDRESSES_FILE, line)


def test_a_damaged_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / ADDRESSES_FILE
    path.write_text("[academies\n", "utf-8")
    with pytest.raises(DataError):
        write_address(path, "lyon", "webmail", confirmed(LYON))
    assert path.read_text("utf-8") == "[academies\n"


@pytest.mark.parametrize("role", ["secrétariat de section", "service informatique", "section SNES 37", *ROLES])
def test_roles(role: str) -> None:
    assert check_role(role) == role


@pytest.mark.parametrize("name", ["Julie Labert", "julie labert", "secrétaire Julie Labert", "", "secrétariat " * 9])
def test_no_names_of_persons(name: str) -> None:
    """Whatever begins otherwise, or has a word with one capital, may be a name."""
    with pytest.raises(ValueError, match="no role"):
        check_role(name)

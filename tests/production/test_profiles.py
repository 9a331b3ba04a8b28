"""Colour profiles of the press: found by name on the system or as a file beside the campaign, and looked at."""

import sys
from pathlib import Path

import pikepdf
import pytest

from leaflet.faults import DataError, Fault, Place
from leaflet.pdf.standards.pdfx import check_press
from leaflet.production.build_options import PrintRunOptions
from leaflet.production.print_runs import load_profile, print_run, profile_folders
from tests.campaigns import LEAFLET, campaign_text, write_small_campaign
from tests.press_profile import FOGRA39, needs_profile
from tests.support import fault_of

PLACE = Place(file="campaign.toml", field="press.profile")
FILES = {"FOGRA39": "FOGRA39L_coated.icc", "FOGRA47": "FOGRA47L_uncoated.icc"}


def icc(kind: bytes = b"prtr", space: bytes = b"CMYK", signature: bytes = b"acsp", *, size: int = 200) -> bytes:
    header = bytearray(size)
    header[12:16], header[16:20], header[36:40] = kind, space, signature
    return bytes(header[:size])


def refused(name: str, folder: Path, places: tuple[Path, ...] = ()) -> Fault:
    fault = fault_of(lambda: load_profile(name, folder, PLACE, places), DataError)
    assert fault.place == PLACE
    return fault


@pytest.mark.parametrize("name", FILES)
def test_a_profile_is_found_by_its_name(tmp_path: Path, name: str) -> None:
    first, second = tmp_path / "first", tmp_path / "second" / "colord"
    first.mkdir()
    second.mkdir(parents=True)
    (second / FILES[name]).write_bytes(icc())
    profile = load_profile(name, tmp_path, PLACE, (tmp_path / "none", first, tmp_path / "second"))
    assert (profile.condition, profile.path, profile.data) == (name, second / FILES[name], icc())
    (first / FILES[name]).write_bytes(icc(size=300))
    assert load_profile(name, tmp_path, PLACE, (first, tmp_path / "second")).data == icc(size=300)


@pytest.mark.parametrize("system", ["linux", "win32", "darwin", "freebsd14"])
def test_a_missing_profile_has_a_way_out_on_every_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    """Which file is missing and what to install, in both languages; where to put it where there are no packages."""
    monkeypatch.setattr(sys, "platform", system)
    fault = refused("FOGRA47", tmp_path, (tmp_path,))
    assert (fault.code, fault.values["file"]) == ("P301", "FOGRA47L_uncoated.icc")
    expected = str(profile_folders(system)[0]) if system in ("win32", "darwin") else "apt install colord-data"
    assert all(expected in fault.way_out(lang) for lang in ("en", "fr"))


def test_profiles_of_somebody_are_in_the_home_of_who_asks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is looked up when a profile is needed; a service that has none looks in the folders of the system."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path / ".color/icc" in profile_folders("linux")


def test_capitals_of_a_name_do_not_matter(tmp_path: Path) -> None:
    """Windows and macOS do not mind them, and programs write .ICC and .icm."""
    (tmp_path / "FOGRA39L_COATED.ICC").write_bytes(icc())
    assert load_profile("FOGRA39", tmp_path, PLACE, (tmp_path,)).data == icc()


def test_a_print_shop_s_own_profile(tmp_path: Path) -> None:
    """A file beside the campaign is taken as it is; its condition is called like the file."""
    (tmp_path / "boutique.icc").write_bytes(icc())
    profile = load_profile("boutique.icc", tmp_path, PLACE, ())
    assert (profile.condition, profile.data) == ("boutique", icc())


@pytest.mark.parametrize("name", ["boutique.icc", "fogra39", ""])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    """Another name is a file beside the campaign, or P302: names of conditions are not guessed."""
    assert refused(name, tmp_path).code == "P302"


WRONG = {
    "a screen": icc(kind=b"mntr", space=b"RGB "),
    "a printer of three inks": icc(space=b"RGB "),
    "a link between devices": icc(kind=b"link"),
    "no profile": icc(signature=b"\0" * 4),
    "cut short": icc()[:127],
    "empty": b"",
    "text": b"profile " * 40,
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_profile_of_a_press(tmp_path: Path, case: str) -> None:
    (tmp_path / "a.icc").write_bytes(WRONG[case])
    fault = refused("a.icc", tmp_path)
    assert (fault.code, fault.values) == ("P303", {"name": "a.icc"})


def test_a_monster_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.icc").open("wb") as file:
        file.write(icc())
        file.truncate(10_000_001)
    assert refused("a.icc", tmp_path).code == "P303"


@needs_profile
@pytest.mark.parametrize("name", ["papier couché", "atelier) (39", "a\\\\b"])
def test_any_name_of_a_profile_can_stand_in_the_file(tmp_path: Path, name: str) -> None:
    """Accents, brackets and backslashes in the file's name come out as they are, and the file is sound."""
    stem = name.replace("\\\\", "\\")
    (tmp_path / f"{stem}.icc").write_bytes(FOGRA39.read_bytes())
    press = f'[press]\nprinter = "Imprimerie d’exemple, Tours"\nprofile = "{name}.icc"\n'
    text = campaign_text(press + LEAFLET, head="issued_on = 2018-11-05\n")
    campaign = write_small_campaign(tmp_path, text, "uai;nom;commune\n0370036N;Lycée Balzac;Tours\n")
    path = tmp_path / "out" / print_run(PrintRunOptions(campaign=campaign, out=tmp_path / "out", press="x4")).files[0]
    assert check_press(path) == []
    with pikepdf.open(path) as pdf:
        intent = pdf.Root.OutputIntents[0]
        assert str(intent.OutputConditionIdentifier) == str(intent.Info) == stem

"""Nothing of somebody else's is replaced by any command that writes, unless that is asked for."""

import os
import re
import shutil
import socket
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from tests.campaigns import LEAFLET, campaign_text, write_small_campaign
from tests.cli.test_press_commands import STAFF, read_once, snapshot
from tests.groups import with_drills
from tests.support import tables_of

TABLES = tables_of(__file__)
__all__ = ["read_once"]

SCHOOLS = "uai;nom;code_postal;commune;mail\n0370036N;Lycée Balzac;37000;Tours;ce.0370036N@ac-orleans-tours.fr\n"
CAMPAIGN = campaign_text(LEAFLET, head="issued_on = 2018-11-05\n")
LEAF = "leaflet-a4/0370036N-lycee-balzac.pdf"
# Each command, and the files that it writes into a folder where `out` was built.
WRITING: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "build": (("build", "campaign.toml", "-o", "new"), (f"new/{LEAF}",)),
    "build, its list": (("build", "campaign.toml", "-o", "new"), ("new/manifest.json",)),
    "build, an archive": (("build", "campaign.toml", "-o", "new.zip"), ("new.zip",)),
    "build, its faults": (("build", "campaign.toml", "-o", "new", "--faults", "f.csv"), ("f.csv",)),
    "merge": (("merge", "part", "-o", "new"), (f"new/{LEAF}",)),
    "print-run": (("print-run", "campaign.toml", "--document", "leaflet-a4", "-o", "new"),
     ("new/print-run-leaflet-a4.pdf", "new/packing-list-leaflet-a4.csv")),
    "post list": (("post", "list", "campaign.toml", "-o", "new"), ("new/packing-list.csv", "new/packing-list.pdf")),
    "post labels": (("post", "labels", "campaign.toml", "-o", "new"), ("new/address-labels.pdf",)),
    "post table": (("post", "table", "campaign.toml", "-o", "out"), ("out/mail-merge-leaflet-a4.csv",)),
    "post drafts": (("post", "drafts", "campaign.toml", "-o", "out"), ("out/post-leaflet-a4.json",
     f"out/drafts/{LEAF.replace('.pdf', '.eml')}")),
    "report": (("report", "out", "--html", "r.html", "--summary", "r.md"), ("r.html", "r.md")),
    "addresses": (("addresses", "campaign.toml", "-o", "new"), ("new/adresses.pdf", "new/adresses.html")),
    "calibrate": (("calibrate", "-o", "new"), ("new/calibration.pdf",)),
    "calibrate, a drawing": (("calibrate", "--stock", "cards-a4", "-o", "new"), ("new/stock-cards-a4.pdf",)),
    "preview": (("preview", "campaign.toml", "-o", "new"), ("new/leaflet-a4-0370036N-p1.png",)),
    "diff": (("diff", "out", "other", "--pictures", "new"), ("new/leaflet-a4/0370036N-p1-old.png",)),
    "check, faults as JSON": (("check", "campaign.toml", "--faults", "f.json"), ("f.json",)),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign that was built, built otherwise, and built in one part."""
    from leaflet.production.build import build
    from leaflet.production.build_options import BuildOptions

    folder = tmp_path_factory.mktemp("made")
    path = write_small_campaign(folder, CAMPAIGN, SCHOOLS, STAFF)
    build(BuildOptions(campaign=path, out=folder / "out"))
    build(BuildOptions(campaign=path, out=folder / "part", shard=(1, 1)))
    write_small_campaign(folder, CAMPAIGN, SCHOOLS.replace("Balzac", "Rabelais"), STAFF)
    build(BuildOptions(campaign=path, out=folder / "other"))
    write_small_campaign(folder, CAMPAIGN, SCHOOLS, STAFF)
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of one’s own with it, which is the current one."""
    shutil.copytree(made, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


USUAL = ["build", "build, an archive", "print-run", "post drafts", "report", "calibrate", "check, faults as JSON"]


@pytest.mark.parametrize("what", with_drills(USUAL, sorted({*WRITING} - {*USUAL})))
def test_nothing_of_somebody_else_is_replaced(run, here: Path, what: str) -> None:
    """It is named, and all is as it was; with --replace it goes, and what the command made itself goes anyway."""
    command, names = WRITING[what]
    for name in names:
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_bytes(b"%PDF-1.7 mine")
        before = snapshot(here)
        code, _, errors = run(*command)
        assert (code, re.findall(r"^([A-Z]\d+) ?(.*)", errors, re.MULTILINE)[0][0]) == (4, "W112"), errors
        assert Path(name).name in errors and snapshot(here) == before
        (here / name).unlink()
        (here / name).symlink_to("campaign.toml")
        assert run(*command)[0] == 4
        (here / name).unlink()
    for name in names:
        (here / name).write_bytes(b"mine")
    for again in (("--replace",), ()):
        code, _, errors = run(*command, *again)
        assert code in (0, 5) and all((here / name).read_bytes() not in (b"mine", b"") for name in names), errors


def test_what_another_program_saved_anew_is_somebody_elses(run, here: Path) -> None:
    """A leaflet in a folder without a list is ours as it was made, and not when somebody has worked on it."""
    import pikepdf

    (here / "out" / "manifest.json").unlink()
    assert run("build", "campaign.toml")[0] == 0
    (here / "out" / "manifest.json").unlink()
    with pikepdf.open(here / "out" / LEAF, allow_overwriting_input=True) as pdf:
        pdf.save(here / "out" / LEAF)
    before = snapshot(here)
    code, _, errors = run("build", "campaign.toml")
    assert (code, "W112" in errors, snapshot(here)) == (4, True, before)


def test_files_of_another_campaign_are_not_mixed_with_ours(run, here: Path) -> None:
    """They are replaced on request only, whatever they hold; files of other schools are said to be there."""
    text = (here / "campaign.toml").read_text("utf-8")
    (here / "autre.toml").write_text(text, "utf-8")
    before = snapshot(here)
    code, _, errors = run("build", "autre.toml")
    assert (code, "W123" in errors, snapshot(here)) == (4, True, before)
    assert run("build", "autre.toml", "--replace")[0] == run("build", "autre.toml")[0] == 0
    (here / "ecoles.csv").write_text(SCHOOLS.replace("0370036N", "0370035M"), "utf-8")
    code, said, _ = run("build", "autre.toml")
    assert (code, "-o" in said and LEAF in said) == (0, True)


def _listen(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


@pytest.mark.skipif(os.name == "nt", reason="has neither pipes nor sockets among its files")
@pytest.mark.parametrize("make", [os.mkfifo, _listen], ids=["pipe", "socket"])
@pytest.mark.parametrize(("command", "name"), TABLES["pipes"])
def test_pipes_and_sockets_are_never_replaced(run, here: Path, make, command: tuple[str, ...], name: str) -> None:
    make(here / name)
    for more in ((), ("--replace",)):
        code, _, errors = run(*command, name, *more)
        assert (code, "W116" in errors) == (4, True), errors
    assert not stat.S_ISREG((here / name).lstat().st_mode)
    assert run("build", "campaign.toml", "-o", "/dev/null")[0] == 4


@pytest.mark.parametrize(("no_name", "command"), [(code, one) for code in ("U120", "U121") for one in TABLES[code]])
def test_no_name_is_given(run, here: Path, no_name: str, command: tuple[str, ...]) -> None:
    """Nothing would be the current folder, and a dash means a stream to other programs."""
    before = snapshot(here)
    code, _, errors = run(*command)
    assert (code, errors[:4], snapshot(here)) == (2, no_name, before)


def test_a_folder_may_have_a_dash_for_its_name(run, here: Path) -> None:
    assert run("build", "campaign.toml", "-o", "./-")[0] == 0 and (here / "-").is_dir()


def test_printer_and_dossier_may_replace_others_on_request(run, here: Path) -> None:
    for name, command, code in (
        ("printer.toml", ("calibrate", "--front", "49", "50", "--back", "50", "50"), "P207"),
        ("c.leaflet", ("pack", "campaign.toml", "-o", "c.leaflet"), "U092"),
    ):
        (here / name).write_text("mine", "utf-8")
        ended, _, errors = run(*command)
        assert (ended > 0, code in errors, (here / name).read_text("utf-8")) == (True, True, "mine")
        assert run(*command, "--replace")[0] == 0 and run(*command)[0] == 0


@pytest.mark.parametrize("command", [("build", "campaign.toml", "-o"), ("post", "list", "campaign.toml", "-o")])
@pytest.mark.parametrize("deep", ["a/" * 2000, "a/" * 900 + "b" * 300, "b" * 300])
def test_folders_too_deep_for_the_disk(run, here: Path, command: tuple[str, ...], deep: str) -> None:
    code, _, errors = run(*command, deep)
    assert (code, "W101" in errors, "Traceback" in errors) == (4, True, False)


def test_a_list_edited_by_hand_is_not_relied_on(run, here: Path) -> None:
    manifest, leaf = here / "out" / "manifest.json", here / "out" / LEAF
    right, text = leaf.read_bytes(), manifest.read_text("utf-8")
    manifest.write_text(re.sub(r'"sha256":"\w{8}', '"sha256":"00000000', text), "utf-8")
    code, printed, _ = run("build", "campaign.toml")
    assert (code, "1 file made" in printed) == (0, True), printed
    assert (leaf.read_bytes(), manifest.read_text("utf-8")) == (right, text)
    (other,) = (here / "other").rglob("*.pdf")
    leaf.write_bytes(other.read_bytes())
    false = re.sub(r'"sha256":"\w+"', f'"sha256":"{sha256(other.read_bytes()).hexdigest()}"', text)
    manifest.write_text(re.sub(r'"size":\d+', f'"size":{other.stat().st_size}', false), "utf-8")
    assert run("build", "campaign.toml")[0] == 0 and leaf.read_bytes() == right
    assert "file made" not in run("build", "campaign.toml")[1]

"""Names stay where they belong: on the cards, readable by their owner alone, gone after a purge, in no message."""

import json
import os
import shutil
import signal
import stat
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leaflet.faults import LANGUAGES, Fault, LeafletError, Place, RenderError, UsageError, fail
from leaflet.production.archive import is_of_a_build, waiting_of
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.manifest import parse_manifest
from leaflet.production.purge import PurgeResult, purge
from leaflet.production.staging import PARTIAL, locked
from tests.campaigns import LEAFLET, campaign_text, list_of, write_small_campaign
from tests.support import codes_of, fault_of, snapshot

LABELS = '[[document]]\nname = "etiquettes"\ntemplate = "memo-label"\ntheme = "large-print"\nper = "person"\n'
LABELS += 'sheet = "avery-l7163"\n'
CARDS = '[[document]]\nname = "cartes"\ntemplate = "memo-card"\nper = "{per}"\nsheet = "avery-c32011"\n'
DESCARTES, BALZAC = "0370035M", "0370036N"
SCHOOLS = (f"{DESCARTES};Lycée Descartes;Tours", f"{BALZAC};Lycée Balzac;Tours")
PEOPLE = (f"Ondine;Passiflore;{DESCARTES};ondine.passiflore@ac-orleans-tours.fr", f"Barnabé;Quetsche;{BALZAC};")
NAMES = ("ondine", "passiflore", "barnabé", "barnabe", "quetsche", "@ac-orleans")
HEADER = "prenom;nom;uai;adresse_pro"


def campaign(
    folder: Path,
    people: tuple[str, ...] = PEOPLE,
    *,
    schools: tuple[str, ...] = SCHOOLS,
    per: str = "person",
    leaflet: str = LEAFLET,
    header: str = HEADER,
    file: str = "campaign.toml",
) -> Path:
    text = campaign_text(CARDS.format(per=per) + leaflet, head="issued_on = 2018-11-05\n", staff=True)
    staff = list_of(header, people).lstrip("\n")
    return write_small_campaign(folder, text, list_of("uai;nom;commune", schools), staff, name=file)


def made(path: Path, out: Path, **options: Any) -> BuildResult:
    return build(BuildOptions(campaign=path, out=out, **options))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def listed(out: Path) -> list[str]:
    return [entry["file"] for entry in json.loads((out / "manifest.json").read_text("utf-8"))["files"]]


def holds_name(text: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return [name for name in names if name.lower() in text.lower()]


@pytest.fixture
def usual_mask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
@pytest.mark.usefixtures("usual_mask")
def test_files_with_names_are_for_their_owner_alone(tmp_path: Path) -> None:
    """0600 in 0700, also where a folder and a file that anybody could read were before; the rest is as usual."""
    out = tmp_path / "out"
    old = out / "cartes" / f"{DESCARTES}-lycee-descartes.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    assert (mode(old), mode(old.parent)) == (0o644, 0o755)
    made(campaign(tmp_path), out, replace_others=True)
    cards = {f"{DESCARTES}-lycee-descartes.pdf", f"{BALZAC}-lycee-balzac.pdf"}
    assert {path.name: mode(path) for path in (out / "cartes").iterdir()} == dict.fromkeys(cards, 0o600)
    assert (mode(out / "cartes"), {mode(path) for path in (out / "leaflet-a4").iterdir()}) == (0o700, {0o644})
    assert [mode(path) for path in (out, out / "leaflet-a4", out / "manifest.json")] == [0o755, 0o755, 0o644]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
@pytest.mark.usefixtures("usual_mask")
def test_they_never_were_for_others(tmp_path: Path) -> None:
    """While the build goes on, its unfinished files can be read by nobody else, either."""
    out, seen = tmp_path / "out", []

    def look(_done: int, _total: int, name: str) -> None:
        (partial,) = out.glob(".leaflet-partial/*")
        seen.append((mode(partial), mode(partial / name)))

    made(campaign(tmp_path, leaflet=""), out, progress=look)
    assert seen == [(0o700, 0o600)] * 2


def strings(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every text of a file's objects that is not page content: information, structure, annotations, catalog."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield from (str(value) for value in dict(thing.items()).values() if isinstance(value, pikepdf.String))
    yield pdf.Root.Metadata.read_bytes().decode()
    yield from (str(value) for value in pdf.docinfo.values())


def test_no_name_outside_the_pages(tmp_path: Path) -> None:
    """Not in names of files, not in the manifest, not in titles, metadata or alternative texts of a PDF."""
    out = tmp_path / "out"
    made(campaign(tmp_path), out)
    assert not holds_name(" ".join(snapshot(out)))
    assert not holds_name((out / "manifest.json").read_text("utf-8"))
    for path in (out / "cartes").iterdir():
        with pikepdf.open(path) as pdf:
            texts = list(strings(pdf))
            assert not holds_name("\n".join(texts))
            assert str(pdf.docinfo.Title).startswith("Aide-mémoire pour voter – Lycée")
            assert any("QR code" in text for text in texts)  # alternative texts are among what was looked at


CYRILLIC = ("жанна", "ильина", "ж, а, н", "жан", "« ж » (u+0416), « а »")
BAD: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "an alphabet the font lacks": ("G101", (f"Жанна;Ильина;{DESCARTES};",), CYRILLIC),
    "a letter the font lacks": ("G101", (f"Ondine;Quetschɛ;{DESCARTES};",), NAMES),
    "a word wider than the card": ("F102", (f"Ondine;{'Passiflore' * 9};{DESCARTES};",), NAMES),
    "a name taller than the label": ("P113", (f"{'Ondine ' * 10};{'Passiflore ' * 8};{DESCARTES};",), NAMES),
    "a name longer than any": ("T312", (f"{'Ondine ' * 50};Passiflore;{DESCARTES};",), NAMES),
    "an unknown school": ("T401", ("Ondine;Passiflore;0370040T;",), NAMES),
    "no number of a school": ("T302", ("Ondine;Passiflore;Passiflore;",), NAMES),
    "a private address": ("T404", (f"Ondine;Passiflore;{DESCARTES};ondine.passiflore@gmail.com",), (*NAMES, "gmail")),
    "no address": ("T403", (f"Ondine;Passiflore;{DESCARTES};ondine passiflore",), NAMES),
    "a cell too few": ("T121", (f"Ondine;Passiflore;{DESCARTES}",), NAMES),
    "a cell too many": ("T120", (f"Ondine;Passiflore;{DESCARTES};;Quetsche",), NAMES),
    "an open quote": ("T114", (f'Ondine;"Passiflore;{DESCARTES};',), NAMES),
    "a tab": ("T307", (f"Ondine;Passi\tflore;{DESCARTES};",), (*NAMES, "flore")),
    "a hidden mark": ("T309", (f"Ondine;Passi\u202eflore;{DESCARTES};",), (*NAMES, "flore")),
    "no name": ("T301", (f";;{DESCARTES};",), NAMES),
    "a NUMEN": ("T317", (f"Ondine;Passiflore 12E3400567ABC;{DESCARTES};",), (*NAMES, "12e34")),
}
NOISY: dict[str, tuple[str, tuple[str, ...]]] = {
    "the same person twice": ("T402", (PEOPLE[0], PEOPLE[0])),
    "an address of somewhere else": ("T405", (f"Ondine;Passiflore;{DESCARTES};ondine.passiflore@exemple.org",)),
    "an address of no académie": ("T405", (f"Ondine;Passiflore;{DESCARTES};ondine.passiflore@ac-lile.fr",)),
    "something invisible": ("T311", (f"Ondine;Passi\u200bflore;{DESCARTES};",)),
    "smaller type": ("F201", (f"Ondine Barnabé Céleste Octave;{'Passiflore-' * 10}Quetsche;{DESCARTES};",)),
}


def printed(faults: list[Fault]) -> str:
    """All that faults say, in both languages."""
    return "\n".join(line for fault in faults for lang in LANGUAGES for line in fault.lines(lang))


@pytest.mark.parametrize("case", BAD)
def test_no_message_of_a_failure_holds_a_name(tmp_path: Path, case: str) -> None:
    """Each says code and line of the list, never what stands there; left out with --keep-going it is as discreet."""
    code, rows, names = BAD[case]
    path = campaign(tmp_path, (PEOPLE[1], *rows), leaflet=LABELS if code == "P113" else "")
    try:
        faults = list(made(path, tmp_path / "out").faults)  # one record alone is left out
    except LeafletError as error:
        faults = error.faults
        assert not holds_name(str(error), names)
    assert code in {fault.code for fault in faults}
    text = printed(faults)
    assert any(sign in text for sign in ("ligne 3", f"{DESCARTES} (3)")) and not holds_name(text, names)
    result = made(path, tmp_path / "out", keep_going=True)
    assert code in {fault.code for fault in result.faults}
    assert not holds_name(printed(list(result.faults)), names)


def test_of_letters_without_glyph_the_first_is_named(tmp_path: Path) -> None:
    """So that it can be found and replaced; all of them would be the name."""
    path = campaign(tmp_path, (f"Жанна;Ильина;{DESCARTES};",), leaflet="")
    fault = fault_of(lambda: made(path, tmp_path / "out"), LeafletError)
    assert (str(fault.values["characters"]), fault.place.line) == ("« Ж » (U+0416)", 2)


@pytest.mark.parametrize("case", NOISY)
def test_no_warning_or_note_holds_a_name(tmp_path: Path, case: str) -> None:
    """What a build that goes well has to say is as discreet."""
    code, rows = NOISY[case]
    result = made(campaign(tmp_path, (PEOPLE[1], *rows), leaflet=""), tmp_path / "out")
    assert code in {fault.code for fault in result.faults}
    assert not holds_name(printed(list(result.faults)), (*NAMES, "flore", "exemple.org"))


class Refusing:
    """Finds the files of one school wrong."""

    def verify(self, _stored: bytes, _file: object, _layout: object, place: Place) -> None:
        if place.record == DESCARTES:
            raise fail("V103", place, page=1)


def test_a_file_found_wrong_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --keep-going a file that did not pass gets no name: it would be in no list, and no purge would find it."""
    monkeypatch.setattr("leaflet.production.worker.Verifier", Refusing)
    out = tmp_path / "out"
    result = made(campaign(tmp_path), out, keep_going=True)
    assert [(f.code, f.place.record) for f in result.faults if f.severity == "error"] == [("V103", DESCARTES)] * 2
    assert sorted(snapshot(out)) == sorted((*listed(out), "manifest.json"))
    assert all(BALZAC in name for name in listed(out))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    made(campaign(folder / "campaign"), folder / "out", verify=False)
    return folder


@pytest.fixture
def out(tmp_path: Path, built: Path) -> Path:
    for name in ("campaign", "out"):
        shutil.copytree(built / name, tmp_path / name)
    return tmp_path / "out"


def personal(out: Path) -> list[str]:
    return sorted(f"cartes/{path.name}" for path in (out / "cartes").glob("*.pdf"))


def test_purge_removes_the_files_with_names_and_nothing_else(out: Path) -> None:
    """They go, with their folder; every other file keeps its bytes, and the list holds what is left."""
    before, gone = snapshot(out), personal(out)
    assert len(gone) == 2
    assert purge(out) == PurgeResult(files=tuple(sorted(gone)), partial=0, kept=2)
    assert not (out / "cartes").exists()
    after = snapshot(out)
    assert set(before) - set(after) == set(gone)
    assert all(after[name] == before[name] for name in after if name != "manifest.json")
    assert listed(out) == sorted(set(after) - {"manifest.json"})
    assert json.loads((out / "manifest.json").read_bytes())["election"] == "2018"
    assert purge(out) == PurgeResult(files=(), partial=0, kept=2)


def test_purge_leaves_the_notes_of_others(out: Path) -> None:
    (out / "cartes" / "notes.txt").write_text("à moi", "utf-8")
    (out / "autre.pdf").write_bytes(b"x")
    assert len(purge(out).files) == 2
    assert [path.name for path in (out / "cartes").iterdir()] == ["notes.txt"]
    assert (out / "autre.pdf").read_bytes() == b"x"


def test_purge_says_what_was_there(out: Path) -> None:
    """A file somebody deleted before is not said to be removed, and leaves the list."""
    first, second = personal(out)
    (out / first).unlink()
    assert purge(out).files == (second,)
    assert not any(name.startswith("cartes/") for name in listed(out))


def test_after_a_purge_the_same_can_be_built_again(out: Path) -> None:
    before = snapshot(out)
    purge(out)
    made(out.parent / "campaign" / "campaign.toml", out, verify=False)
    assert snapshot(out) == before


def test_purge_removes_what_interrupted_builds_left(tmp_path: Path, out: Path) -> None:
    """Also where no build ever ended; other hidden folders and links to folders stay."""
    alone, elsewhere = tmp_path / "alone", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.pdf").write_bytes(b"x")
    for folder in (alone, out):
        left = folder / ".leaflet-partial-abc" / "cartes"
        left.mkdir(parents=True)
        (left / "x.pdf").write_bytes(b"x")
        (folder / ".leaflet-other").mkdir()
        (folder / ".leaflet-partial-link").symlink_to(elsewhere)
    assert purge(alone) == PurgeResult(files=(), partial=1, kept=0)
    assert purge(out).partial == 1
    for folder in (alone, out):
        assert not (folder / ".leaflet-partial-abc").exists() and (folder / ".leaflet-other").is_dir()
    assert (elsewhere / "a.pdf").exists()


def test_purge_removes_what_waits_for_an_archive(out: Path) -> None:
    """It is hidden and full of names; purge finds it by its folder and the archive's name, if nobody works in it."""
    waiting = waiting_of(out / "cartes.zip")
    waiting_of(out / "lien.zip").symlink_to("manifest.json")
    for asked in (out, out / "cartes.zip"):
        waiting.mkdir()
        with locked(waiting):
            before = snapshot(out)
            assert codes_of(partial(purge, asked), RenderError) == ["W105"]
            assert snapshot(out) == before
        assert (purge(asked).partial, waiting.exists()) == (1, False)
    assert waiting_of(out / "lien.zip").is_symlink()


def archived(folder: Path, **made_of: Any) -> Path:
    out = folder / "cartes.zip"
    made(campaign(folder / "campaign", **made_of), out, verify=False)
    return out


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_purge_takes_the_cards_out_of_an_archive(tmp_path: Path) -> None:
    """Its other files keep their bytes and their order, and its list names them alone; others may read it again."""
    out = archived(tmp_path)
    before = members(out)
    gone = tuple(sorted(name for name in before if name.startswith("cartes/")))
    assert len(gone) == 2
    assert purge(out) == PurgeResult(files=gone, partial=0, kept=2)
    after = members(out)
    assert [name for name in before if name not in gone] == list(after)
    assert all(after[name] == before[name] for name in after if name != "manifest.json")
    manifest = parse_manifest(after["manifest.json"])
    assert manifest is not None
    assert manifest.is_sealed
    assert sorted(entry.file for entry in manifest.entries) == sorted(set(after) - {"manifest.json"})
    assert is_of_a_build(out)
    assert stat.S_IMODE(out.stat().st_mode) == stat.S_IMODE((tmp_path / "campaign" / "campaign.toml").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["campaign", "cartes.zip"]
    same = out.read_bytes()
    assert purge(out) == PurgeResult(files=(), partial=0, kept=2)
    assert out.read_bytes() == same


def test_purge_removes_an_archive_of_cards_alone(tmp_path: Path) -> None:
    out = archived(tmp_path, leaflet="")
    waiting_of(out).mkdir()
    cards = tuple(f"cartes/{name}.pdf" for name in (f"{DESCARTES}-lycee-descartes", f"{BALZAC}-lycee-balzac"))
    assert purge(out) == PurgeResult(files=cards, partial=1, kept=0, is_gone=True)
    assert [path.name for path in tmp_path.iterdir()] == ["campaign"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are POSIX")
@pytest.mark.parametrize("before", [True, False])
def test_a_purge_of_an_archive_that_is_killed(tmp_path: Path, before: bool) -> None:
    out = archived(tmp_path)
    whole = members(out)
    if not (child := os.fork()):
        rename = os.replace

        def killed(*names: Any) -> None:
            if not before:
                rename(*names)
            os.kill(os.getpid(), signal.SIGKILL)

        os.replace = killed
        purge(out)
        os._exit(0)
    os.waitpid(child, 0)
    assert (members(out) == whole) == before
    purge(out)
    assert len(members(out)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["campaign", "cartes.zip"]


@pytest.mark.parametrize(
    "harm", ["no ZIP", "somebody else's", "with something else in it", "cut short", "a bad file"]
)
def test_purge_leaves_archives_that_no_build_made(tmp_path: Path, harm: str) -> None:
    out = archived(tmp_path)
    if harm == "no ZIP":
        out.write_bytes(b"x")
    elif harm == "cut short":
        out.write_bytes(out.read_bytes()[:-40])
    elif harm == "a bad file":
        data = bytearray(out.read_bytes())
        at = data.rindex(b"%PDF") + 500  # of a leaflet, which is not taken out
        data[at] ^= 1
        out.write_bytes(data)
    else:
        with zipfile.ZipFile(out, "a" if harm.startswith("with") else "w") as archive:
            archive.writestr("notes.txt", "à moi")
    before = out.read_bytes()
    assert codes_of(lambda: purge(out)) == ["W101" if harm == "a bad file" else "U009"]
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["campaign", "cartes.zip"]


def test_purge_finds_cards_that_had_just_got_their_names(out: Path) -> None:
    """A build killed between its renames and its list: the journal alone knows whose cards are there."""
    run = out / PARTIAL / "1"
    run.mkdir(parents=True)
    content = json.loads((out / "manifest.json").read_text("utf-8"))
    leaflet = next(entry for entry in content["files"] if not entry["personal"])
    waiting = {**leaflet, "personal": True, "sha256": "0" * 64}  # other bytes, which have not got their name
    lines = [json.dumps(entry) for entry in (*content["files"], waiting)]
    (run / "journal").write_text("\n".join([*lines, '{"record": "half a li']), "utf-8")
    (out / "manifest.json").unlink()
    gone = personal(out)
    assert purge(out) == PurgeResult(files=tuple(gone), partial=1, kept=0)
    assert sorted(path.parent.name for path in out.rglob("*.pdf")) == ["leaflet-a4"] * 2


@pytest.mark.parametrize("manifest", [None, "", "{", '{"files": []}'])
def test_purge_wants_the_list_of_a_build(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    if manifest is not None:
        (tmp_path / "manifest.json").write_text(manifest, "utf-8")
    before = snapshot(tmp_path)
    assert codes_of(lambda: purge(tmp_path), UsageError) == ["U009"]
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("name", ["../x.pdf", "{outside}/x.pdf", "cartes/../../x.pdf", "lien/x.pdf", ""])
def test_purge_removes_nothing_outside_of_the_folder(tmp_path: Path, out: Path, name: str) -> None:
    """A list that names a file elsewhere, or one behind a link, is refused before the first file is removed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for folder in (tmp_path, outside):
        (folder / "x.pdf").write_bytes(b"x")
    (out / "lien").symlink_to(outside)
    content = json.loads((out / "manifest.json").read_text("utf-8"))
    content["files"].append({**content["files"][0], "file": name.format(outside=outside), "personal": True})
    (out / "manifest.json").write_text(json.dumps(content), "utf-8")
    before = snapshot(tmp_path)
    assert codes_of(lambda: purge(out), RenderError) == ["W103"]
    assert snapshot(tmp_path) == before


def test_purge_finds_cards_of_a_school_that_got_another_name(out: Path) -> None:
    """A name corrected in the list gives a new file; the old one stays in the list until it is removed."""
    schools = (f"{DESCARTES};Lycée René Descartes;Tours", SCHOOLS[1])
    made(campaign(out.parent / "campaign", schools=schools), out, verify=False)
    gone = [f"{BALZAC}-lycee-balzac", f"{DESCARTES}-lycee-descartes", f"{DESCARTES}-lycee-rene-descartes"]
    assert sorted(purge(out).files) == sorted(f"cartes/{name}.pdf" for name in gone)
    assert not (out / "cartes").exists()


def test_purge_finds_cards_of_another_campaign(out: Path) -> None:
    """Two campaigns built into one folder: the list of the second still knows the cards of the first."""
    other = campaign(out.parent / "other", file="autre.toml", per="school", leaflet="")
    other.write_text(other.read_text("utf-8").replace('"cartes"', '"sans-nom"'), "utf-8")
    made(other, out, verify=False, replace_others=True)
    assert len(purge(out).files) == 2
    assert {path.parent.name for path in out.rglob("*.pdf")} == {"sans-nom", "leaflet-a4"}


def test_purge_leaves_cards_that_lost_their_names(out: Path) -> None:
    """A document now made for schools takes the place of the one for persons: its files hold no name any more."""
    made(campaign(out.parent / "campaign", per="school"), out, verify=False)
    before = snapshot(out)
    assert purge(out) == PurgeResult(files=(), partial=0, kept=4)
    assert snapshot(out) == before

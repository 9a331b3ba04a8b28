"""A build makes all files that have changed and no others, and gives the reasons."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from PIL import Image

from benchmarks.generate import UAI_LETTERS, write_campaign
from leaflet.faults import LeafletError
from leaflet.files import resources
from leaflet.markup.record_values import record_context
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.manifest import read_manifest
from leaflet.production.origins import row_digest
from leaflet.tables import School
from tests.production.build_processes import assert_manifest_is_right, listing
from tests.support import change_text, school

SCHOOLS = 45
LYON = 5  # of them, the last ones, in another académie
DOCUMENT = "leaflet-a4"


class Work:
    """A campaign, the folder it is built into, and copies of the program's own data that a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder / "campaign", folder / "out"
        self.assets, self.templates = folder / "assets", folder / "templates"

    @property
    def campaign(self) -> Path:
        return self.folder / "campaign.toml"

    @property
    def files(self) -> list[Path]:
        return sorted((self.out / DOCUMENT).iterdir())

    def edit(self, path: Path, old: str, new: str) -> None:
        change_text(path, (old, new))

    def add(self, path: Path, text: str) -> None:
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    def rows(self, change: Callable[[list[list[str]]], object]) -> None:
        head, *lines = (self.folder / "ecoles.csv").read_text("utf-8").splitlines()
        rows = [line.split(";") for line in lines]
        change(rows)
        (self.folder / "ecoles.csv").write_text("\n".join([head, *map(";".join, rows), ""]), "utf-8")

    def cell(self, row: int, column: int, value: str) -> None:
        self.rows(lambda rows: rows[row].__setitem__(column, value))

    def build(self, **options: Any) -> BuildResult:
        """Build it in this process; files are not verified unless a test asks for it."""
        return build(BuildOptions(**{"campaign": self.campaign, "out": self.out, "verify": False, **options}))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of 45 schools, five of them in Lyon, built once."""
    folder = tmp_path_factory.mktemp("made")
    work = Work(folder)
    write_campaign(work.folder, SCHOOLS)
    moved = slice(-LYON, None)
    work.rows(lambda rows: rows.__setitem__(moved, [_moved(row, n) for n, row in enumerate(rows[moved])]))
    work.build()
    shutil.copytree(resources.assets(), work.assets)
    shutil.copytree(resources.templates(), work.templates)
    return folder


def _moved(row: list[str], number: int) -> list[str]:
    digits = f"069{number:04}"
    return [digits + UAI_LETTERS[int(digits) % len(UAI_LETTERS)], *row[1:3], "69001", *row[4:]]


@pytest.fixture
def work(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    for name in ("campaign", "assets", "templates"):
        shutil.copytree(made / name, tmp_path / name)
    shutil.copytree(made / "out", tmp_path / "out", copy_function=os.link)  # a build never writes into a file
    monkeypatch.setattr("leaflet.program._ROOT", tmp_path)
    return Work(tmp_path)


Edit = Callable[[Work], object]
CHANGES: dict[str, tuple[Edit, dict[str, int]]] = {
    "nothing": (lambda work: None, {}),
    "order of the list": (lambda work: work.rows(list.reverse), {}),
    "line of the schools": (lambda work: work.rows(lambda rows: rows.insert(0, [""] * 6)), {}),
    "another template": (lambda work: work.add(work.templates / "poster-a3" / "leaflet.xml", "\n"), {}),
    "another theme": (lambda work: work.edit(work.assets / "themes" / "grey.toml", "[colors]", "[colors]\n"), {}),
    "an académie without schools": (
        lambda work: work.add(work.campaign, '[academies.lille]\nwebmail = "https://webmail.ac-lille.fr/x"\n'),
        {},
    ),
    "a row": (lambda work: work.cell(7, 4, "Les Roches"), {"row": 1}),
    "copies of a row": (lambda work: work.cell(7, 5, "77"), {"row": 1}),
    "a street in each of two rows": (lambda work: [work.cell(n, 2, "1 rue") for n in (3, SCHOOLS - 1)], {"row": 2}),
    "a colour": (
        lambda work: work.edit(work.assets / "themes" / "default.toml", "#c8102e", "#c8102f"),
        {"theme": SCHOOLS},
    ),
    "the template": (lambda work: work.add(work.templates / DOCUMENT / "leaflet.xml", "\n"), {"template": SCHOOLS}),
    "a step": (lambda work: work.add(work.templates / "_shared" / "steps" / "vote.xml", "\n"), {"template": SCHOOLS}),
    "an icon": (lambda work: work.edit(work.assets / "icons" / "mail.svg", "13", "12"), {"drawings": SCHOOLS}),
    "another scene": (
        lambda work: shutil.copy(work.assets / "scenes" / "mail.svg", work.assets / "scenes" / "fax.svg"),
        {"drawings": SCHOOLS},
    ),
    "a value of the campaign": (
        lambda work: work.edit(work.campaign, "contact@syndicat", "courrier@syndicat"),
        {"campaign": SCHOOLS},
    ),
    "who publishes": (lambda work: work.edit(work.campaign, "Syndicat des", "Union des"), {"settings": SCHOOLS}),
    "the day": (lambda work: work.edit(work.campaign, "[pub", "issued_on = 2018-11-05\n[pub"), {"settings": SCHOOLS}),
    "an address of an académie": (
        lambda work: work.add(work.campaign, '[academies.lyon]\nwebmail = "https://webmail.ac-lyon.fr/x"\n'),
        {"campaign": LYON},
    ),
    "a département's site": (
        lambda work: work.edit(work.campaign, "dsden37/", "dsden37/x"),
        {"campaign": SCHOOLS - LYON},
    ),
    "a letter that nobody had": (lambda work: work.cell(7, 4, "Łęka"), {"letters": SCHOOLS}),
    "another release": (lambda work: None, {"program": SCHOOLS}),
    "a file deleted": (lambda work: work.files[5].unlink(), {"missing": 1}),
    "a folder deleted": (lambda work: shutil.rmtree(work.out / DOCUMENT), {"missing": SCHOOLS}),
    "a byte of a file": (lambda work: _spoil(work.files[5]), {"altered": 1}),
    "a file cut short": (lambda work: _replace(work.files[5], lambda data: data[:-1]), {"altered": 1}),
    "no list": (lambda work: (work.out / "manifest.json").unlink(), {"new": SCHOOLS}),
    "a school more": (lambda work: work.rows(lambda rows: rows.append(_moved(rows[0], 77))), {"new": 1}),
    "several things": (
        lambda work: (work.cell(7, 4, "Les Roches"), work.files[5].unlink(), _spoil(work.files[20])),
        {"altered": 1, "missing": 1, "row": 1},
    ),
}


def _replace(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Put other bytes under the name of a file, which may have other names as a hard link."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(change(data))


def _spoil(path: Path) -> None:
    _replace(path, lambda data: data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_makes_what_has_changed(work: Work, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build changes no other file, gives the right reason, and leaves the files of a build into a new folder."""
    edit, reasons = CHANGES[change]
    edit(work)
    if change == "another release":
        monkeypatch.setattr("leaflet.production.origins.program_digest", lambda: "another")
    before = {path: path.stat().st_ino for path in work.files} if (work.out / DOCUMENT).is_dir() else {}
    result = work.build()
    assert dict(result.reasons) == reasons
    assert (result.files, result.made) == (len(work.files), sum(reasons.values()))
    assert sum(before.get(path) != path.stat().st_ino for path in work.files) == result.made
    assert not result.stale
    assert_manifest_is_right(work.out)
    if result.made < SCHOOLS:
        again = work.build(out=work.out.with_name("anew"))
        assert (listing(work.out.with_name("anew")), again.made) == (listing(work.out), again.files)
    assert work.build().made == 0


def test_a_logo(work: Work) -> None:
    """A logo that is new, or another picture under the same name, makes all files again."""
    logo = work.folder / "logo.png"
    Image.new("RGB", (40, 20), "red").save(logo)
    work.edit(work.campaign, "[data]", 'logo = "logo.png"\n[data]')
    only = frozenset({"0370000Z", "0370001A"})
    assert dict(work.build(only=only).reasons) == {"logo": 2}
    Image.new("RGB", (40, 20), "blue").save(logo)
    assert (dict(work.build(only=only).reasons), work.build(only=only).made) == ({"logo": 2}, 0)


def test_where_a_campaign_is_does_not_matter(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (40, 20), "red").save(work.folder / "logo.png")
    work.edit(work.campaign, "[data]", 'logo = "logo.png"\n[data]')
    only = frozenset({"0370000Z"})
    work.build(only=only)
    before = listing(work.out)
    shutil.copytree(work.folder, work.folder.with_name("elsewhere"))
    assert work.build(campaign=work.folder.with_name("elsewhere") / "campaign.toml", only=only).made == 0
    monkeypatch.chdir(work.folder)
    assert (work.build(campaign=Path("campaign.toml"), only=only).made, listing(work.out)) == (0, before)


def test_all_anew(work: Work) -> None:
    """--anew makes every file; a file that has changed has its own reason all the same."""
    work.cell(7, 4, "Les Roches")
    before = listing(work.out)
    assert dict(work.build(anew=True).reasons) == {"asked": SCHOOLS - 1, "row": 1}
    assert sum(before[name] != digest for name, digest in listing(work.out).items()) == 2  # that file, and the list


def test_what_was_not_verified_is_made_again_to_be(work: Work) -> None:
    """Files are made again to be verified; verified files are kept by a build with --no-verify."""
    only = frozenset({"0370000Z", "0370001A"})
    assert dict(work.build(verify=True, only=only).reasons) == {"verified": 2}
    assert (work.build(verify=False).made, work.build(verify=True, only=only).made) == (0, 0)


def test_codes_that_were_not_decoded_are_said_and_decoded_later(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build without ZXing verifies all else; it says so once, and the manifest says so of each file."""
    only = frozenset({"0370000Z", "0370001A"})
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "zxingcpp", None)
        result = work.build(verify=True, only=only)
        assert dict(result.reasons) == {"verified": 2}
        told = [(fault.code, fault.severity) for fault in result.faults if fault.code[0] == "V"]
        assert told == [("V109", "warning")]
        manifest = read_manifest(work.out)
        assert manifest is not None
        making = {entry.record: manifest.makings[entry.making]["verified"] for entry in manifest.entries}
        assert {uai for uai, verified in making.items() if verified == "but codes"} == only
        assert work.build(verify=True, only=only).made == 0
        assert not any(fault.code == "V109" for fault in work.build().faults)
    assert dict(work.build(verify=True, only=only).reasons) == {"verified": 2}
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    assert work.build(verify=True, only=only).made == 0


def test_a_document_more(work: Work) -> None:
    work.add(work.campaign, '[[document]]\ntemplate = "leaflet-a5"\n')
    only = frozenset({"0370000Z"})
    result = work.build(only=only)
    assert (dict(result.reasons), result.files) == ({"new": 1}, 2)
    work.edit(work.campaign, '[[document]]\ntemplate = "leaflet-a5"\n', "")
    result = work.build(only=only)
    assert (result.made, [name.partition("/")[0] for name in result.stale]) == (0, ["leaflet-a5"])


@pytest.mark.parametrize("by", ["list", "campaign"])
def test_the_file_of_a_school_that_is_gone_is_kept_until_it_is_asked_to_go(work: Work, by: str) -> None:
    """A stale file is listed by every build; --prune removes it from the folder and from the manifest."""
    gone = work.files[5].relative_to(work.out).as_posix()
    if by == "list":
        work.rows(lambda rows: rows.pop(5))
    else:
        work.edit(work.campaign, "[data]\n", f'[data]\nwhere = ["uai!={work.files[5].name[:8]}"]\n')
    for _ in range(2):
        result = work.build()
        assert (result.made, result.stale, result.removed) == (0, (gone,), ())
        assert_manifest_is_right(work.out)
    result = work.build(prune=True)
    assert (result.made, result.stale, result.removed) == (0, (gone,), (gone,))
    assert not (work.out / gone).exists()
    assert_manifest_is_right(work.out)
    assert work.build().stale == ()
    work.build(out=work.out.with_name("anew"))
    assert listing(work.out.with_name("anew")) == listing(work.out)


def test_a_school_with_another_name_has_another_file(work: Work) -> None:
    old = work.files[5].relative_to(work.out).as_posix()
    work.cell(5, 1, "École du Parc")
    result = work.build()
    assert (dict(result.reasons), result.stale) == ({"new": 1}, (old,))
    assert (work.out / DOCUMENT / f"{old.split('/')[1][:8]}-ecole-du-parc.pdf").exists()
    assert_manifest_is_right(work.out)


def test_nothing_is_pruned_while_rows_are_refused(work: Work) -> None:
    """A school whose row is faulty is not stale, and a build that fails removes nothing."""
    work.rows(lambda rows: rows.pop(5))
    work.cell(7, 1, "École \u202e")
    before = listing(work.out)
    with pytest.raises(LeafletError):
        work.build(prune=True)
    assert listing(work.out) == before
    assert (work.build(prune=True, keep_going=True).removed, listing(work.out)) == ((), before)


def test_only_some_schools_leave_the_others_in_peace(work: Work) -> None:
    """Files that are not asked for are neither made nor stale, removed or left out of the manifest."""
    work.edit(work.campaign, "contact@syndicat", "courrier@syndicat")
    result = work.build(only=frozenset({"0370000Z"}), prune=True)
    assert (dict(result.reasons), result.stale) == ({"campaign": 1}, ())
    assert_manifest_is_right(work.out)
    assert dict(work.build().reasons) == {"campaign": SCHOOLS - 1}


@pytest.mark.parametrize("field", School.__struct_fields__)
def test_whatever_a_template_sees_of_a_school_is_in_its_digest(field: str) -> None:
    """Else a file that a second build takes for right would say what the list said before."""
    here = school(sector="public", academie_label="Nord")
    other = {"address": ("1 rue d’exemple",), "copies": 7, "line": 9, "staff": 7}
    other |= dict.fromkeys(("extra", "columns"), (("a", "b"),))
    changed = replace(here, **{field: other.get(field, "private" if field == "sector" else "0370001A")})
    is_seen = repr(record_context(changed)) != repr(record_context(here))
    digests = [row_digest(one, (), personal=False) for one in (here, changed)]
    assert not is_seen or digests[0] != digests[1]

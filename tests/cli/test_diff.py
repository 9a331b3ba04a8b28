"""``leaflet diff`` as a user meets it: what it prints, in which language, and how it ends."""

import json
from pathlib import Path

import pytest

from leaflet.cli.commands.diff_command import DIFFERENT
from leaflet.files.words import load_words
from leaflet.geometry import Box
from leaflet.preflight.compare.differences import STATUSES, LinkChange, PageChange, PropertyChange, RecordChange
from tests.preflight.samples import edited
from tests.preflight.support import build_campaign, build_people, build_schools, copy_build
from tests.support import change_text, compose_page, write

HREF = "https://elections2018.education.gouv.fr/"
OLD = "0370001A;École maternelle le Parc"
LINE = "Personnels de : École maternelle le"
TOWN = "Beauvoir-sur-Indrette"


@pytest.fixture(scope="module")
def schools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of three schools; nobody changes it."""
    return build_schools(tmp_path_factory.mktemp("schools"), 3)


def files(folder: Path, old: str, new: str) -> tuple[Path, Path]:
    """Two files of one page."""
    for name, content in (("old.pdf", old), ("new.pdf", new)):
        (folder / name).write_bytes(write(compose_page(content)))
    return folder / "old.pdf", folder / "new.pdf"


def paragraphs(*texts: str) -> str:
    return "".join(f'<p at="t.xml:3">{text}</p>' for text in texts)


def test_no_difference_ends_with_nought(run, tmp_path: Path, schools: Path) -> None:
    new = copy_build(schools, tmp_path / "new")
    assert run("diff", schools, new) == (0, "0 files changed, 0 added, 0 removed, 3 unchanged.\n", "")
    assert run("diff", "-q", schools, new) == (0, "", "")


def test_a_word_that_differs(run, tmp_path: Path, schools: Path) -> None:
    new = build_schools(tmp_path, 3, (OLD, f"{OLD[:-1]}s"))
    code, printed, errors = run("--lang", "fr", "diff", schools, new)
    assert (code, errors) == (DIFFERENT, "")
    shown = printed.splitlines()
    assert shown[0] == "0370001A · leaflet-a4 · modifié"
    assert "même document, fichier renommé\u00a0: leaflet-a4/0370001A-ecole-maternelle-le-parc.pdf" in shown[1]
    assert "  page 1" in shown and f"    − {LINE} [Parc,] {TOWN}" in shown
    assert f"    + {LINE} [Pars,] {TOWN}" in shown
    assert "aspect différent" not in printed  # where words differ, looks do
    assert shown[-1] == "1 fichier modifié, 0 ajouté, 0 supprimé, 2 inchangés."
    assert run("diff", "-q", schools, new) == (DIFFERENT, "", "")


def test_schools_that_come_and_go(run, tmp_path: Path, schools: Path) -> None:
    new = build_schools(tmp_path, 2)
    code, printed, _ = run("diff", schools, new)
    lines = ["0370002B · leaflet-a4 · removed", "0 files changed, 0 added, 1 removed, 2 unchanged."]
    assert (code, printed.splitlines()) == (DIFFERENT, lines)
    assert "0370002B · leaflet-a4 · added" in run("diff", new, schools)[1]


def test_other_bytes_are_listed_on_request(run, tmp_path: Path) -> None:
    old, new = files(tmp_path, paragraphs("un"), paragraphs("un"))
    new.write_bytes(edited(old.read_bytes(), linearize=True))
    code, printed, _ = run("diff", old, new)
    more = "Of the files unchanged, 1 has other bytes with the same content."
    assert (code, printed.splitlines()) == (0, ["0 files changed, 0 added, 0 removed, 1 unchanged.", more])
    assert run("diff", "-v", old, new)[1].startswith("new.pdf · same content, other bytes\n")


def test_a_link_behind_the_same_words(run, tmp_path: Path) -> None:
    """Both addresses are printed, though the page looks the same."""
    link = '<a at="t.xml:3" href="{}">le portail</a>'
    old, new = files(tmp_path, paragraphs(link.format(HREF)), paragraphs(link.format(f"{HREF}autre")))
    code, printed, _ = run("diff", old, new)
    assert code == DIFFERENT and f"link leads elsewhere: {HREF} → {HREF}autre" in printed
    assert "looks different" not in printed


def test_long_lists_are_cut(run, tmp_path: Path) -> None:
    old, new = (paragraphs(*(f"{word} {number} {'·' * number}" for number in range(20))) for word in ("un", "deux"))
    code, printed, _ = run("diff", *files(tmp_path, old, new))
    assert code == DIFFERENT and printed.count("    − ") == 8 and "… and 12 more" in printed
    content = json.loads(run("diff", "--format", "json", *files(tmp_path, old, new))[1])
    assert len(content["records"][0]["pages"][0]["words"]) == 20


def test_json_alone_is_on_standard_output(run, tmp_path: Path, schools: Path) -> None:
    new = build_schools(tmp_path, 3, (OLD, f"{OLD[:-1]}s"))
    ruined = next(new.rglob("0370002B*.pdf"))
    ruined.write_bytes(ruined.read_bytes()[:3000])
    code, printed, _ = run("diff", "--format", "json", schools, new)
    content = json.loads(printed)
    counts = {"added": 0, "removed": 0, "changed": 1, "unreadable": 1, "same-content": 0, "unchanged": 1}
    assert (code, content["counts"]) == (4, counts)
    assert {fault["code"] for fault in content["faults"]} == {"D103", "D105"}


def test_a_damaged_file_ends_with_four(run, tmp_path: Path, schools: Path) -> None:
    """What could not be compared is printed with the rest; it never ends as « no change »."""
    new = copy_build(schools, tmp_path / "new")
    ruined = next(new.rglob("0370002B*.pdf"))
    ruined.write_bytes(ruined.read_bytes()[:3000])
    code, printed, errors = run("diff", schools, new)
    assert code == 4 and "D103" in errors and "Traceback" not in errors
    assert "0x" not in errors  # no address of this run's memory
    assert "0370002B · leaflet-a4 · not compared" in printed and "1 file not compared: see above." in printed


def test_names_are_shown_on_request_only(run, tmp_path: Path) -> None:
    """Without --show-personal no word of a card with names is printed, in no form."""
    old, new = build_people(tmp_path / "a"), build_people(tmp_path / "b", ("Labert", "Lambert"))
    for arguments in ((), ("--format", "json"), ("-v",)):
        code, printed, errors = run("diff", *arguments, old, new)
        assert code == DIFFERENT and "bert" not in (printed + errors).lower()
    assert "--show-personal" in run("diff", old, new)[1]
    assert "[Lambert]" in run("diff", "--show-personal", old, new)[1]


def test_pictures_are_named(run, tmp_path: Path) -> None:
    old, new = files(tmp_path, paragraphs("un"), paragraphs("deux"))
    printed = run("diff", "--pictures", tmp_path / "p", old, new)[1]
    assert f"pictures: {tmp_path / 'p' / 'new-p1-overlay.png'}" in printed
    names = [f"new-p1-{kind}.png" for kind in ("new", "old", "overlay")]
    assert sorted(path.name for path in (tmp_path / "p").iterdir()) == names
    code, _, errors = run("diff", "--pictures", old, old, new)
    assert (code, "W102" in errors) == (4, True)


def test_what_a_file_says_cannot_write_on_the_terminal(run, tmp_path: Path) -> None:
    """Titles and words of a foreign file are shown, not obeyed."""
    old, new = files(tmp_path, paragraphs("un"), paragraphs("un"))

    def title(pdf) -> None:
        pdf.docinfo["/Title"] = "\x1b[31mRouge"

    new.write_bytes(edited(old.read_bytes(), title))
    printed = run("diff", old, new)[1]
    assert "\x1b" not in printed and "\\u001b[31mRouge" in printed


def test_every_kind_of_change_has_its_message() -> None:
    kinds = [f"diff_{status}" for status in STATUSES if status != "unchanged"]
    kinds += [f"diff_link_{kind}" for kind in LinkChange.__annotations__["kind"].__args__]
    kinds += [f"diff_property_{name}" for name in PropertyChange.__annotations__["name"].__args__]
    kinds += [f"diff_page_{kind}" for kind in PageChange.__annotations__["status"].__args__ if kind != "changed"]
    assert len(kinds) > 15 and [kind for kind in kinds if kind not in load_words("cli", "fr").texts] == []


def test_equal_differences_are_printed_once(run, tmp_path: Path, schools: Path) -> None:
    """A text that all leaflets share differs for all: it is printed once, with all that have it; so for pages."""
    build_schools(tmp_path, 3)
    campaign = tmp_path / "campaign" / "campaign.toml"
    change_text(campaign, ("Syndicat des écoles", "Syndicat des lycées"))
    new = build_campaign(campaign, tmp_path / "new")
    code, printed, _ = run("diff", schools, new)
    assert code == DIFFERENT and printed.count("[lycées]") == 1
    assert "    the same differences elsewhere, 1 page: 2" in printed
    assert "  the same differences elsewhere, 2 files: 0370001A, 0370002B" in printed
    pictured = run("diff", "--pictures", tmp_path / "p", schools, new)[1]
    assert pictured.count("[lycées]") == 1 and len(list((tmp_path / "p").rglob("*-overlay.png"))) == 6
    assert printed.endswith("3 files changed, 0 added, 0 removed, 0 unchanged.\n")


def test_a_link_that_moves_with_its_text_is_no_news(run, tmp_path: Path) -> None:
    """A line more shifts the link below it: the line is printed, the link is where its words are."""
    link = f'<a at="t.xml:3" href="{HREF}">le portail</a>'
    printed = run("diff", *files(tmp_path, paragraphs(link), paragraphs("Nouveau", link)))[1]
    assert "+ [Nouveau]" in printed and HREF not in printed


def test_values_read_well() -> None:
    """A record renamed is one that has both files under other names."""
    box = Box(0, 0, 1, 1)
    assert box.joined(Box(5, 5, 1, 1)) == Box(0, 0, 6, 6)
    record = RecordChange(document="d", record="r", status="removed", old_file="a", new_file=None)
    assert not record.is_renamed

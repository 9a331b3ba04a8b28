"""A document that cannot be made for a school leaves the others alone, and is said with its cause."""

import zipfile
from pathlib import Path
from typing import Any

import pypdfium2

import leaflet
from leaflet.faults import Fault, RenderError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, PrintRunOptions
from leaflet.production.print_runs import print_run
from leaflet.production.shards import merge_shards
from tests.campaigns import campaign_text, list_of, write_small_campaign
from tests.support import codes_of

SHORT = "https://www.ac-paris.fr/messagerie"
LONG = f"{SHORT}{'-des-personnels/messagerie' * 4}"
PARIS, TOURS = ("0750001U", "0750002V"), ("0370001A", "0370036N")
ROWS = [f"{uai};Lycée {uai[:7]};Exemple;2" for uai in (PARIS[0], TOURS[0], PARIS[1], TOURS[1])]
UNPRINTABLE = "0370040T;Lycée 学校;Tours;2"


def campaign(folder: Path, address: str = LONG, rows: list[str] = ROWS, document: str = "") -> Path:
    """Write a campaign of an A4 leaflet, which a long address leaves no room on, and of an A5 one, which has room."""
    documents = "".join(f'[[document]]\ntemplate = "{name}"\n' for name in ("leaflet-a4", "leaflet-a5"))
    text = campaign_text(f'[academies.paris]\nwebmail = "{address}"\n{documents}{document}').replace("2018", "2022")
    return write_small_campaign(folder, text, list_of("uai;nom;commune;exemplaires", rows))


def made(path: Path, **options: Any) -> BuildResult:
    return build(BuildOptions(**{"campaign": path, "out": path.parent / "out", **options}))


def files(out: Path) -> dict[str, bytes]:
    return {f"{path.parent.name} {path.name[:8]}": path.read_bytes() for path in out.rglob("*.pdf")}


def errors(result: Any) -> list[Fault]:
    return [fault for fault in result.faults if fault.severity == "error"]


ALL_BUT_TWO = {f"leaflet-a5 {uai}" for uai in (*PARIS, *TOURS)} | {f"leaflet-a4 {uai}" for uai in TOURS}


def test_other_schools_and_other_documents_are_made(tmp_path: Path) -> None:
    result = made(campaign(tmp_path))
    assert files(tmp_path / "out").keys() == ALL_BUT_TWO
    told = [(fault.code, fault.place.file, fault.place.record) for fault in errors(result)]
    assert told == [("F105", "leaflet-a4", uai) for uai in PARIS]
    said = errors(result)[0]
    assert "l’adresse de la messagerie" in said.reason("fr") and LONG.removeprefix("https://") in said.reason("fr")
    assert "étape" not in said.way_out("fr") and "plus courte" in said.way_out("fr")
    manifest = leaflet.read_manifest(tmp_path / "out")
    assert {f"{entry.document} {entry.record}" for entry in manifest.entries} == ALL_BUT_TWO


def test_the_next_build_keeps_what_is_there(tmp_path: Path) -> None:
    made(campaign(tmp_path))
    again = made(campaign(tmp_path))
    assert (again.files, again.made, again.reasons, len(errors(again))) == (6, 0, {}, 2)
    mended = made(campaign(tmp_path, SHORT))
    assert (mended.files, errors(mended), mended.stale) == (8, [], ())


def test_an_earlier_file_is_told_to_be_out_of_date(tmp_path: Path) -> None:
    """It stays, as every file of an earlier build does, and nobody takes it for one of this build."""
    made(campaign(tmp_path, SHORT))
    before = files(tmp_path / "out")
    result = made(campaign(tmp_path), prune=True)
    assert {name[:19] for name in result.stale} == {f"leaflet-a4/{uai}" for uai in PARIS}
    assert result.removed == ()
    after = files(tmp_path / "out")
    assert {name for name in before if before[name] == after[name]} >= {f"leaflet-a4 {uai}" for uai in PARIS}


def test_nothing_is_written_where_nothing_can_be_made(tmp_path: Path) -> None:
    """The only document of the only school; faulty rows are a matter of the list, which is mended first."""
    chosen = {"document": "leaflet-a4", "only": frozenset({PARIS[0]})}
    assert codes_of(lambda: made(campaign(tmp_path), **chosen), RenderError) == ["F105"]
    assert codes_of(lambda: made(campaign(tmp_path, rows=[*ROWS, "0370035X;Lycée;Tours;2"]))) == ["T304"]
    assert not (tmp_path / "out").exists()


def test_a_letter_that_no_font_has_leaves_its_school_out(tmp_path: Path) -> None:
    """It is said once, at its row of the list, however many documents have the name."""
    result = made(campaign(tmp_path, SHORT, [*ROWS, UNPRINTABLE]))
    assert result.files == 8
    (fault,) = errors(result)
    place = fault.place
    assert (fault.code, place.file, place.line, place.record) == ("G101", "ecoles.csv", 6, "0370040T")
    assert "« 学 »" in fault.reason("fr")
    checked = leaflet.check(tmp_path / "campaign.toml").campaigns[0].faults
    assert [one for one in checked if one.severity == "error"] == [fault]


def test_shards_and_archives_agree(tmp_path: Path) -> None:
    """Parts of a build, put together, and an archive have the files of one build; a part may have none."""
    path = campaign(tmp_path / "campaign")
    made(path)
    whole = files(path.parent / "out")
    parts = [tmp_path / f"part-{number}" for number in range(1, 9)]
    for number, part in enumerate(parts, 1):
        made(path, out=part, shard=(number, 8))
    merge_shards(parts, tmp_path / "merged")
    assert files(tmp_path / "merged") == whole
    made(path, out=tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist() if name.endswith(".pdf")}
    assert {f"{name.split('/')[0]} {name.split('/')[1][:8]}": data for name, data in packed.items()} == whole


def test_a_check_misses_what_is_left_out(tmp_path: Path) -> None:
    """Of the campaign, which cannot be made as a whole, and of the folder, which is not complete."""
    path = campaign(tmp_path)
    made(path)
    verdict = leaflet.check(path, out=tmp_path / "out")
    assert [fault.code for fault in verdict.campaigns[0].faults if fault.severity == "error"] == ["F105", "F105"]
    (incomplete,) = [fault for one in verdict.outputs for fault in one.faults if fault.code == "K906"]
    assert (incomplete.values["document"], incomplete.values["count"]) == ("leaflet-a4", 2)


def test_a_print_run_has_no_gap_where_a_school_is_left_out(tmp_path: Path) -> None:
    """Bundles are numbered as they lie on each other, and their sheets say of how many."""
    path, out = campaign(tmp_path), tmp_path / "run"
    result = print_run(PrintRunOptions(campaign=path, out=out, document="leaflet-a4"))
    assert result.schools == 2
    assert [(fault.code, fault.place.record) for fault in errors(result)] == [("F105", uai) for uai in PARIS]
    document = pypdfium2.PdfDocument(out / "print-run-leaflet-a4.pdf")
    sheets = [document[number].get_textpage().get_text_range() for number in (0, 6)]
    assert all(f"{number} sur 2" in text.replace("\u00a0", " ") for number, text in enumerate(sheets, 1))
    assert not [fault for one in leaflet.check(out).outputs for fault in one.faults if fault.severity == "error"]

"""A build is a transaction: all of it or nothing, and nothing of an earlier one is lost."""

import json
import os
from pathlib import Path

import pytest
from PIL import Image

from leaflet.faults import DataError, LeafletError, RenderError, UsageError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.pictures import load_logo
from leaflet.production.staging import Staging
from tests.campaigns import LEAFLET, campaign_text, list_of, write_small_campaign
from tests.support import codes_of, fault_of, faults_of, snapshot

GOOD = "0370035M;Lycée Descartes;Tours"
OTHER = "0370036N;Lycée Balzac;Tours"
BAD_CELL = "0370040T;Lycée \u202e;Tours"
BAD_LETTER = "0370001B;Lycée Léonard de Vinci;Amboise"
UNPRINTABLE = "0370040T;Lycée 学校;Tours"


def campaign(folder: Path, *rows: str, publisher: str = "", document: str = "") -> Path:
    text = campaign_text(f"{LEAFLET}{document}\n", publisher=f"{publisher}\n")
    return write_small_campaign(folder, text, list_of("uai;nom;commune", rows))


def codes(error: LeafletError) -> list[str]:
    return [fault.code for fault in error.faults]


@pytest.mark.parametrize("row", [BAD_CELL, BAD_LETTER])
def test_a_faulty_row_leaves_the_earlier_build_alone(tmp_path: Path, row: str) -> None:
    out = tmp_path / "out"
    build(BuildOptions(campaign=campaign(tmp_path, OTHER), out=out))
    before = snapshot(out)
    with pytest.raises(LeafletError):
        build(BuildOptions(campaign=campaign(tmp_path, GOOD, row), out=out))
    assert snapshot(out) == before


@pytest.mark.parametrize("row", [BAD_CELL, BAD_LETTER, UNPRINTABLE])
def test_keep_going_makes_the_others(tmp_path: Path, row: str) -> None:
    """--keep-going leaves the faulty row out and reports it, as it does a record that cannot be printed."""
    result = build(BuildOptions(campaign=campaign(tmp_path, GOOD, row), out=tmp_path / "out", keep_going=True))
    assert result.files == 1
    assert [fault for fault in result.faults if fault.severity == "error"]
    assert [path.name for path in (tmp_path / "out").rglob("*.pdf")] == ["0370035M-lycee-descartes.pdf"]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    options = BuildOptions(campaign=campaign(tmp_path, GOOD, BAD_CELL, BAD_LETTER), out=tmp_path / "out")
    assert len(faults_of(lambda: build(options), DataError)) == 2


def test_nothing_left_is_a_fault(tmp_path: Path) -> None:
    options = BuildOptions(campaign=campaign(tmp_path, BAD_LETTER), out=tmp_path / "out", keep_going=True)
    assert "U005" in codes_of(lambda: build(options)) and not list((tmp_path / "out").rglob("*"))


def test_only_makes_the_schools_asked_for_and_keeps_the_rest_in_the_manifest(tmp_path: Path) -> None:
    path, out = campaign(tmp_path, GOOD, OTHER), tmp_path / "out"
    build(BuildOptions(campaign=path, out=out))
    before = snapshot(out)
    result = build(BuildOptions(campaign=path, out=out, only=frozenset({"0370036N"})))
    assert (result.files, snapshot(out)) == (1, before)


def test_unknown_names_are_refused(tmp_path: Path) -> None:
    given = {"campaign": campaign(tmp_path, GOOD), "out": tmp_path / "out"}
    unknown = BuildOptions(**given, only=frozenset({"0370036N"}))
    assert codes_of(lambda: build(unknown), UsageError) == ["U002"]
    assert codes_of(lambda: build(BuildOptions(**given, document="affiche")), UsageError) == ["U003"]


def test_a_damaged_manifest_is_written_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text('{"leaflet":"0.1","campa', "utf-8")
    build(BuildOptions(campaign=campaign(tmp_path, GOOD), out=out))
    assert len(json.loads((out / "manifest.json").read_text("utf-8"))["files"]) == 1


def test_two_records_never_share_a_file(tmp_path: Path) -> None:
    path = campaign(tmp_path, GOOD, OTHER, document='file_name = "{commune}"')
    assert codes_of(lambda: build(BuildOptions(campaign=path, out=tmp_path / "out")), DataError) == ["C127"]


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.write_text("à moi", "utf-8")
    assert codes_of(lambda: build(BuildOptions(campaign=campaign(tmp_path, GOOD), out=out)), RenderError) == ["W102"]
    assert out.read_text("utf-8") == "à moi"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A document folder that links elsewhere receives nothing."""
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "leaflet-a4").symlink_to(elsewhere)
    options = BuildOptions(campaign=campaign(tmp_path, GOOD), out=out)
    assert codes_of(lambda: build(options), RenderError) == ["W103", "W108"]
    assert not list(elsewhere.iterdir())


def test_a_full_disk_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says when writing fails is passed on, and nothing is left over."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("leaflet.production.staging.os.write", full)
    staging = Staging(tmp_path / "out")
    with pytest.raises(RenderError) as caught, staging:
        staging.write("a.pdf", b"x")
    assert codes(caught.value) == ["W101"]
    assert "No space left" in caught.value.faults[0].reason("en") and not (tmp_path / "out").exists()


def test_progress_is_reported_after_every_file(tmp_path: Path) -> None:
    heard: list[tuple[int, int, str]] = []
    options = BuildOptions(
        campaign=campaign(tmp_path, GOOD, OTHER),
        out=tmp_path / "out",
        progress=lambda done, total, name: heard.append((done, total, name)),
    )
    build(options)
    assert [(done, total) for done, total, _ in heard] == [(1, 2), (2, 2)]
    assert heard[0][2].endswith("0370035M-lycee-descartes.pdf")


def test_the_outline_shows_every_box(tmp_path: Path) -> None:
    path = campaign(tmp_path, GOOD)
    sizes = []
    for outline in (False, True):
        out = tmp_path / f"out-{outline}"
        build(BuildOptions(campaign=path, out=out, outline=outline, verify=False))
        (file,) = out.rglob("*.pdf")
        sizes.append(file.stat().st_size)
    assert sizes[1] > sizes[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("gray", [False, True])
def test_logos_of_any_kind_are_decoded(tmp_path: Path, mode: str, gray: bool) -> None:
    """Bilevel, grey, palette, colour, CMYK, 16 bits: all become 8-bit grey or RGB samples."""
    path = tmp_path / ("logo.jpg" if mode == "CMYK" else "logo.png")
    Image.new(mode, (40, 20)).save(path)
    bitmap = load_logo(path, gray=gray)
    assert (bitmap.width, bitmap.height, len(bitmap.samples)) == (40, 20, 800 * (1 if gray else 3))


def test_what_is_no_picture_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text, a truncated file and a bomb are refused by name."""
    text, cut, bomb = tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.png"
    text.write_bytes(b"not a picture")
    Image.effect_noise((200, 200), 50).save(cut)
    cut.write_bytes(cut.read_bytes()[:2000])
    Image.new("1", (20_000, 20_000)).save(bomb)
    for path in (text, cut, bomb):
        fault = fault_of(lambda path=path: load_logo(path, gray=False), RenderError)
        assert (fault.code, fault.place.file) == ("W104", path.name)

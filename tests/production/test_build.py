"""A build lists what it makes, and shows its boxes on request."""

import json
from pathlib import Path

from leaflet.faults import LeafletError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.campaigns import campaign_text, list_of, write_small_campaign

GOOD = "0370035M;Lycée Descartes;Tours"
BAD_LETTER = "0370001B;Lycée Léonard de Vinci;Amboise"


def campaign(folder: Path, *rows: str) -> Path:
    return write_small_campaign(folder, campaign_text(), list_of("uai;nom;commune", rows))


def codes(error: LeafletError) -> list[str]:
    return [fault.code for fault in error.faults]


def test_a_damaged_manifest_is_written_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text('{"leaflet":"0.1","campa', "utf-8")
    build(BuildOptions(campaign=campaign(tmp_path, GOOD), out=out))
    assert len(json.loads((out / "manifest.json").read_text("utf-8"))["files"]) == 1


def test_the_outline_shows_every_box(tmp_path: Path) -> None:
    path = campaign(tmp_path, GOOD)
    sizes = []
    for outline in (False, True):
        out = tmp_path / f"out-{outline}"
        build(BuildOptions(campaign=path, out=out, outline=outline, verify=False))
        (file,) = out.rglob("*.pdf")
        sizes.append(file.stat().st_size)
    assert sizes[1] > sizes[0]

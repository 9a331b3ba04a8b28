"""Columns that a campaign prints (`data.print`) reach every product, and obey the rules of all that is printed."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from leaflet.faults import LANGUAGES
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.delivery import post
from leaflet.production.delivery.letters import PostOptions
from leaflet.production.shards import merge_shards
from leaflet.program import templates
from tests.campaigns import campaign_text, write_small_campaign
from tests.production.test_pipeline import check_all
from tests.support import change_text, codes_of, extract_text, faults_of, snapshot, tables_of

DATA = tables_of(__file__)
HOSTILE = [*((cell, code) for code, cells in DATA["hostile"].items() for cell in cells), ("a" * 10_000, "T312")]
SLIPS = [(*change, code) for code, changes in DATA["slips"].items() for change in changes]


def write(folder: Path, *changes: Sequence[str]) -> Path:
    """Write the campaign with its templates and its mail, after some changes of their texts."""
    files = dict(DATA["files"])
    for name, (kind, old, new) in DATA["copies"].items():
        for path in (templates() / kind).iterdir():
            files[f"templates/{name}/{path.name}"] = path.read_text("utf-8").replace(old, new, 1)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    texts = [campaign_text(DATA["campaign"], head="issued_on = 2018-11-05\n", staff=True)]
    texts += [DATA["schools"].lstrip(), DATA["staff"].lstrip()]
    for old, new in changes:
        texts = [text.replace(old, new) for text in texts]
    return write_small_campaign(folder, *texts)


def made(campaign: Path, **options: Any) -> BuildResult:
    return build(BuildOptions(**{"campaign": campaign, "out": campaign.parent / "out", **options}))


def test_every_product_has_them(tmp_path: Path) -> None:
    """Leaflets, cards, names of files, words, labels, mails; in one process, two, and parts: the same bytes."""
    campaign, out = write(tmp_path / "c"), tmp_path / "c" / "out"
    told = [(fault.place.field, fault.place.line) for fault in made(campaign).faults if fault.code == "T337"]
    assert told == [("permanence", 3)]
    files = snapshot(out)
    texts = {name: extract_text(data) for name, data in files.items() if name.endswith(".pdf")}
    assert "Salle Pré d’Œuf" in texts["mien/0370036N-pre-d-oeuf.pdf"]
    assert "mardi 12 h" in texts["carte/0370035M-lycee-descartes.pdf"]
    assert "sur demande" in texts["carte/0370036N-lycee-balzac.pdf"]
    assert "Lycée Descartes, Tours, salle B 12" in texts["leaflet-a4/0370035M-lycee-descartes.pdf"]
    made(campaign, out=tmp_path / "two", jobs=2)
    for part in (1, 2):
        made(campaign, out=tmp_path / f"{part}", shard=(part, 2))
    merge_shards([tmp_path / "1", tmp_path / "2"], tmp_path / "merged")
    assert files == snapshot(tmp_path / "two") == snapshot(tmp_path / "merged")
    for kind, file in (("labels", "address-labels.pdf"), ("table", "mail-merge-mien.csv")):
        post(kind, PostOptions(campaign=campaign, out=out, text="salle"))
        data = (out / file).read_bytes()
        assert "Salle B 12" in (data.decode() if file.endswith("csv") else extract_text(data))
    assert check_all(campaign, tmp_path) == 6


def test_only_files_that_print_a_changed_cell_are_made_anew(tmp_path: Path) -> None:
    campaign = write(tmp_path)
    assert (made(campaign).made, made(campaign).made) == (6, 0)
    for list_, change, files in (
        ("ecoles", ("B 12;1", "B 12;7"), 0), ("personnels", ("Lettres", "Latin"), 0),
        ("personnels", ("mardi 12 h", "jeudi"), 1), ("ecoles", ("B 12", "B 13"), 3),
    ):  # fmt: skip
        change_text(tmp_path / f"{list_}.csv", change)
        assert made(campaign).made == files


@pytest.mark.parametrize(("cell", "code"), HOSTILE, ids=[code for _, code in HOSTILE])
def test_a_hostile_cell_is_refused_by_its_place(tmp_path: Path, cell: str, code: str) -> None:
    """Nothing of a cell of the staff list is shown."""
    for list_, old in (("ecoles", "B 12"), ("personnels", "mardi 12 h")):
        campaign = write(tmp_path / list_, (old, cell))
        fault = next(one for one in faults_of(partial(made, campaign)) if one.code == code)
        assert (fault.place.file, fault.place.line) == (f"{list_}.csv", 2)
        assert str(fault.place.field).strip().lower() == ("salle" if list_ == "ecoles" else "permanence")
        said = "\n".join(line for lang in LANGUAGES for line in fault.lines(lang))
        assert list_ == "ecoles" or not any(part in said for part in ("bit.ly", "exemple.com", "Azerty", "字"))


@pytest.mark.parametrize(("titles", "codes"), DATA["titles"].items())
def test_which_columns_may_be_printed(tmp_path: Path, titles: str, codes: list[str]) -> None:
    """One of either list: no secret, no personal data, and it is there; else the campaign's line is named."""
    text = campaign_text(f"print = [{titles}]\n[[document]]\ntemplate = 'leaflet-a4'\n", staff=True)
    campaign = write_small_campaign(tmp_path, text, DATA["schools"].lstrip(), DATA["staff"].lstrip())
    if codes:
        faults = faults_of(partial(made, campaign))
        assert [[one.code, one.values["proposal"], one.place.line] for one in faults] == [[*codes, 8]]
    else:
        assert made(campaign).made == 2


@pytest.mark.parametrize(("old", "new", "code"), SLIPS)
def test_what_is_no_printed_column_is_said(tmp_path: Path, old: str, new: str, code: str) -> None:
    """An empty cell is blank: a template asks first, as for every value that nobody gave."""
    assert set(codes_of(partial(made, write(tmp_path, (old, new))))) == {code}

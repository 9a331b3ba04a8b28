"""All facts that are missing are listed at once, whatever command stops for them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from leaflet.faults import DataError, Fault
from leaflet.previews.options import PreviewOptions
from leaflet.previews.view_cache import ViewCache
from leaflet.previews.views import View
from leaflet.production.build import build
from leaflet.production.campaign_check import check_campaign
from leaflet.production.options import BuildOptions, InputOptions, PrintRunOptions
from leaflet.production.print_run import print_run

CAMPAIGN = """
election = "2026"
[publisher]
name = "Section d’essai"
address = "1 rue de l’Essai, 37000 Tours"
[data]
schools = "ecoles.csv"
[vote]
[[document]]
template = "leaflet-a4"
"""
SCHOOLS = "uai;nom;commune\n0370001A;Lycée Léonard de Vinci;Amboise\n"


def campaign(folder: Path, more: str = "") -> Path:
    """A campaign for 2026 that says nothing of its procedure."""
    path = folder / "campaign.toml"
    path.write_text(CAMPAIGN + more, "utf-8")
    (folder / "ecoles.csv").write_text(SCHOOLS, "utf-8")
    return path


def raised(command: Callable[[], object]) -> list[Fault]:
    """The faults that stop a command."""
    with pytest.raises(DataError) as caught:
        command()
    return caught.value.faults


def missing(faults: list[Fault]) -> list[str | None]:
    """The fields that faults say are missing."""
    return [fault.place.field for fault in faults if fault.code == "C182"]


def test_every_command_lists_the_same(tmp_path: Path) -> None:
    """Build, print run, check and preview: each field once, in the order of the model, no line of a template."""
    path, out = campaign(tmp_path), tmp_path / "out"
    built = raised(lambda: build(BuildOptions(campaign=path, out=out)))
    fields = missing(built)
    assert fields[0] == "links.portal" and fields[-1] == "steps" and len(fields) == len(set(fields)) > 5
    assert all(fault.code == "C182" and fault.place.file == "campaign.toml" for fault in built)
    assert missing(raised(lambda: print_run(PrintRunOptions(campaign=path, out=out)))) == fields
    assert missing(list(check_campaign(InputOptions(campaign=path, out=out)).faults)) == fields
    cache = ViewCache(PreviewOptions(campaign=path, out=out), lambda: 0.0)
    assert missing(list(cache.render(View()).faults)) == fields
    assert not out.exists()


def test_what_the_dates_suffice_for_is_named(tmp_path: Path) -> None:
    """The last way out names the template that can be printed at once; it is built from the dates alone."""
    path, out = campaign(tmp_path), tmp_path / "out"
    for lang in ("en", "fr"):
        told = [
            "vote-dates-a4" in fault.way_out(lang)
            for fault in raised(lambda: build(BuildOptions(campaign=path, out=out)))
        ]
        assert told == [*[False] * (len(told) - 1), True]
    path.write_text(CAMPAIGN.replace("leaflet-a4", "vote-dates-a4"), "utf-8")
    assert build(BuildOptions(campaign=path, out=out)).files


def test_each_document_is_named(tmp_path: Path) -> None:
    """A fact that one document prints, and another does not, names the one."""
    path = campaign(tmp_path, '[[document]]\ntemplate = "poster-a3"\n')
    faults = {
        f.place.field: f.values["known"] for f in raised(lambda: build(BuildOptions(campaign=path, out=tmp_path)))
    }
    assert faults["links.portal"] == "leaflet-a4, poster-a3"
    assert faults["memo.lines"] == "leaflet-a4"


def test_what_is_unfinished_is_told_with_it(tmp_path: Path) -> None:
    """The sample name of the publisher and an unconfirmed portal stop a build, even one that keeps going."""
    path = campaign(tmp_path, '[links]\nportal = "https://exemple-vote-2026.gouv.fr/"\n')
    path.write_text(path.read_text("utf-8").replace("Section d’essai", "Nom de votre organisation"), "utf-8")
    faults = raised(lambda: build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True)))
    assert {fault.code for fault in faults} == {"C142", "L119", "C182"}
    assert "links.portal" not in missing(faults)

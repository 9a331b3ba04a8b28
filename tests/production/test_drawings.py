"""Icons and scenes in files: from beside the campaign to the page, whoever makes it."""

import pickle
import shutil
from pathlib import Path

import pikepdf
import pytest

from leaflet.campaign import load_campaign
from leaflet.faults import Report, TemplateError
from leaflet.geometry import Box, Um, mm
from leaflet.layout.blocks import BLOCK_FUNCTIONS
from leaflet.layout.drawings.placing import draw, figure
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element
from leaflet.preflight.pdf.page_reader import read_pages
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.design import load_design
from tests.own_resources import write, write_own
from tests.support import fault_of, tables_of

TEMPLATE = tables_of(__file__)["template"]
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">
<rect width="40" height="20" fill="var(--paper)" stroke="var(--ink)"/>
<text x="2" y="12" font-size="1.2">Škoda</text>
</svg>
"""


def place_scene(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """A block that shows the scene it names."""
    box = Box(column.x, column.y, mm(40), mm(20))
    figure(builder, draw(setter, setter.scene(element.text, element.at), box), "Un dessin", box)
    return box.height


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign with a scene beside it, which its template shows."""
    monkeypatch.setitem(BLOCK_FUNCTIONS, "h2", place_scene)
    found = write_own(tmp_path, TEMPLATE)
    write(tmp_path / "scenes" / "dessin.svg", DRAWING)
    return found


def made(campaign: Path, out: str = "out", **options: object) -> BuildResult:
    return build(BuildOptions(campaign=campaign, out=campaign.parent / out, **options))


def test_a_scene_beside_the_campaign_is_shown(campaign: Path) -> None:
    """In its letters, which no list has; small type in it is no finding."""
    assert made(campaign).made == 3
    file = next((campaign.parent / "out").rglob("*.pdf"))
    words = {word.text: word for page in read_pages(file.read_bytes()) for word in page.words}
    assert words["Škoda"].is_pictured
    assert words["Škoda"].size < 4
    assert not words["Lycée"].is_pictured
    with pikepdf.open(file) as pdf:
        figures = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        assert [str(one.Alt) for one in figures] == ["Un dessin"]


def test_a_design_needs_none_of_its_files(campaign: Path) -> None:
    """Workers on other machines get the sources with it; the nearest of a name, and all others."""
    write(campaign.parent / "icons" / "mail.svg", DRAWING)
    loaded = load_campaign(campaign, Report())
    design = load_design(loaded, loaded.documents[0])
    shutil.rmtree(campaign.parent)
    assert design.scenes["dessin"] == design.icons["mail"] == DRAWING
    assert {"portal", "login"} <= design.scenes.keys()
    assert pickle.loads(pickle.dumps(design)) == design


def test_a_changed_scene_is_a_reason(campaign: Path) -> None:
    """All files are made anew, and none if nothing has changed."""
    made(campaign)
    assert made(campaign).made == 0
    write(campaign.parent / "scenes" / "dessin.svg", DRAWING.replace("Škoda", "Tours"))
    assert made(campaign).reasons == {"drawings": 3}
    (campaign.parent / "scenes" / "dessin.svg").rename(campaign.parent / "scenes" / "autre.svg")
    fault = fault_of(lambda: made(campaign), TemplateError)
    assert (fault.code, fault.place.file, fault.place.line) == ("M421", "mien/leaflet.xml", 4)


def test_a_faulty_scene_is_named(campaign: Path) -> None:
    """With its own line; one that is not shown does no harm."""
    write(campaign.parent / "scenes" / "autre.svg", "<html/>")
    assert made(campaign).made == 3
    write(campaign.parent / "scenes" / "dessin.svg", DRAWING.replace("--ink", "--pink"))
    fault = fault_of(lambda: made(campaign), TemplateError)
    assert (fault.code, fault.place.file, fault.place.line) == ("M418", "scenes/dessin.svg", 2)

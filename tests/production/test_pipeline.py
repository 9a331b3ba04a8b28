"""The quick way from a record to its pages ends where the plain one does, for every template and record there is."""

from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.generate import COUNTRY, write_campaign
from leaflet.campaign import Document
from leaflet.faults import Fault, LeafletError, Report
from leaflet.geometry import Um
from leaflet.layout.blocks import TileRow, lay_block
from leaflet.layout.piece import Piece
from leaflet.layout.setter import Setter
from leaflet.markup.parse import Element
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.pdf.writer import PdfFile
from leaflet.production.build_options import BuildOptions
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import load_inputs
from leaflet.production.pipeline import Record, Steps
from leaflet.program import templates
from leaflet.reuse import page_stencils
from tests.groups import with_drills
from tests.support import EXAMPLE, tables_of

EXAMPLES = EXAMPLE.parent
OF_SCREENS = {
    path.parent.name for path in templates().glob("*/template.toml") if "\nmakes" in path.read_text("utf-8")
}
PER_SCHOOL = {path.parent.name for path in templates().glob("*/leaflet.xml")}
TEMPLATES = PER_SCHOOL.difference(OF_PRINT_RUNS, OF_SCREENS)
USUAL = {"leaflet-a4", "memo-card"}


@pytest.fixture
def no_block_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is laid out anew for each school costs as much as all others."""

    def lay(setter: Setter, block: Element, width: Um, *, row: TileRow | None, covered: bool) -> Piece:
        assert not covered, f"{block.at}: it might be a stencil"
        return lay_block(setter, block, width, row=row, covered=covered)

    monkeypatch.setattr(page_stencils, "lay_block", lay)


def check_all(campaign: Path, tmp_path: Path, document: Document | None = None) -> int:
    """Every record of every document both ways, to its bytes; returns how many there were."""
    materials = load_inputs(BuildOptions(campaign=campaign, out=tmp_path), Report())
    records = 0
    for each in [document] if document else materials.campaign.documents:
        maker = DocumentMaker(materials, each)
        for school in materials.schools:
            for record in maker.records_of(school).records:
                records += 1
                quick, plain = (made(steps, record) for steps in (maker.steps, maker.plain_steps))
                assert (quick.markup, quick.file) == (plain.markup, plain.file)
                assert bool(quick.faults) == bool(plain.faults)
    return records


class Made(NamedTuple):
    """What came of a record: its markup, and its file or all that is wrong."""

    markup: str
    file: PdfFile | None
    faults: list[Fault]


def made(steps: Steps, record: Record) -> Made:
    markup = steps.render(record.shared, record.variables)
    text = markup if isinstance(markup, str) else str(markup.text)
    try:
        return Made(text, steps.write(steps.lay_out(steps.parse(markup))), [])
    except LeafletError as error:
        return Made(text, None, error.faults)


@pytest.mark.usefixtures("no_block_is_given_up")
@pytest.mark.parametrize("example", ["indre-et-loire-2018", "un-etablissement-2018"])
def test_examples(example: str, tmp_path: Path) -> None:
    """With all their documents, people included."""
    assert check_all(EXAMPLES / example / "campaign.toml", tmp_path) > 20


@pytest.mark.usefixtures("no_block_is_given_up")
@pytest.mark.parametrize("template", with_drills(sorted(USUAL), sorted(TEMPLATES - USUAL)))
def test_every_template_all_over_the_country(template: str, tmp_path: Path) -> None:
    """A school of each département, in a template of a small size too, where some texts do not fit."""
    campaign = write_campaign(tmp_path / "c", 110, COUNTRY)
    document = Document.model_validate({"template": template, "theme": "default", "per": "school"})
    assert check_all(campaign, tmp_path, document) == 110


VARIABLE_EVERYWHERE = tables_of(__file__)["variable_everywhere"]

VARIABLE_BESIDE = tables_of(__file__)["variable_beside"]


@pytest.mark.parametrize("template", [VARIABLE_EVERYWHERE, VARIABLE_BESIDE])
def test_a_template_that_names_its_school_everywhere(template: str, tmp_path: Path) -> None:
    """In headings, lists and panels side by side, one made as high as the other."""
    campaign = write_campaign(tmp_path / "c", 105, COUNTRY)
    folder = campaign.parent / "templates" / "own"
    folder.mkdir(parents=True)
    (folder / "leaflet.xml").write_text(template, "utf-8")
    document = Document.model_validate({"template": "own", "theme": "default", "per": "school"})
    assert check_all(campaign, tmp_path, document) == 105

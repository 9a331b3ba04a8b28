"""The quick way from a record to its pages ends where the plain one does, for every template and record there is."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.generate import COUNTRY, write_campaign
from leaflet.campaign import Document
from leaflet.faults import Fault, LeafletError, Report
from leaflet.layout.face import Face, Layout
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import load_inputs
from leaflet.production.options import BuildOptions
from leaflet.production.pipeline import Record, Steps
from leaflet.resources import templates
from tests.support import EXAMPLE

EXAMPLES = EXAMPLE.parent
PER_SCHOOL = [path.parent.name for path in sorted(templates().glob("*/leaflet.xml"))]
TEMPLATES = [name for name in PER_SCHOOL if name not in OF_PRINT_RUNS]


def check_all(campaign: Path, tmp_path: Path, document: Document | None = None) -> int:
    """Every record of every document both ways, to its bytes; returns how many there were."""
    materials = load_inputs(BuildOptions(campaign=campaign, out=tmp_path), Report())
    records = 0
    for each in [document] if document else materials.campaign.documents:
        maker = DocumentMaker(materials, each)
        for school in materials.schools:
            for record in maker.records_of(school).records:
                records += 1
                plain = outcome(partial(lay_out, maker.plain_steps, record))
                quick = outcome(partial(lay_out, maker.steps, record))
                assert text_of(maker.steps, record) == text_of(maker.plain_steps, record)
                assert (quick == plain) or (not isinstance(quick, str) and not isinstance(plain, str))
                if isinstance(plain, str):
                    written = [steps.write(lay_out(steps, record)) for steps in (maker.steps, maker.plain_steps)]
                    assert written[0] == written[1]
    return records


def text_of(steps: Steps, record: Record) -> str:
    """The markup of a record."""
    markup = steps.render(record.shared, record.variables)
    return markup if isinstance(markup, str) else str(markup.text)


def lay_out(steps: Steps, record: Record) -> Layout:
    """A record laid out."""
    return steps.lay_out(steps.parse(steps.render(record.shared, record.variables)))


def outcome(action: Callable[[], Layout]) -> str | list[Fault]:
    """A layout with everything in it written out, for pieces are equal to themselves alone; or all that is wrong."""
    try:
        return repr(bare(action()))
    except LeafletError as error:
        return error.faults


def bare(layout: Layout) -> Layout:
    """A layout without what is known of others, which one that is laid out plainly has not."""
    return replace(layout, faces=tuple(map(bare_face, layout.faces)))


def bare_face(face: Face) -> Face:
    placed = (one._replace(piece=replace(one.piece, stencil=None)) for one in face.placed)
    return replace(face, stencil=None, placed=tuple(placed))


@pytest.mark.parametrize("example", ["indre-et-loire-2018", "un-etablissement-2018"])
def test_examples(example: str, tmp_path: Path) -> None:
    """With all their documents, people included."""
    assert check_all(EXAMPLES / example / "campaign.toml", tmp_path) > 20


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_all_over_the_country(template: str, tmp_path: Path) -> None:
    """A school of each département, in a template of a small size too, where some texts do not fit."""
    campaign = write_campaign(tmp_path / "c", 110, COUNTRY)
    document = Document.model_validate({"template": template, "theme": "default", "per": "school"})
    assert check_all(campaign, tmp_path, document) == 110


VARIABLE_EVERYWHERE = """<leaflet title="{{ school.name }}">
<page>
  <hero><p>Pour {{ school.town }}</p><h1>{{ school.name }}</h1></hero>
  <row>
    <panel><h4>{{ school.name }}</h4><p>{{ school.postcode }}</p></panel>
    <panel>
      <h4>À voter</h4>
      <ul><li>{{ school.town }}</li><li>Pour tous, et <strong>{{ school.uai }}</strong></li></ul>
    </panel>
  </row>
  <p class="center">{{ school.postcode }} {{ school.town }}</p>
  <p>{{ school.name }} – {{ school.name }}</p>
</page>
<page><h2>{{ school.uai }}</h2><notice><p>{{ school.name }}</p></notice></page>
</leaflet>"""

VARIABLE_BESIDE = """<leaflet title="{{ school.name }}">
<page>
  <row>
    <panel><p>{{ school.uai }}</p></panel>
    <panel><p>Du 3 au 10</p><p>décembre</p><p>2026</p></panel>
  </row>
  <p>{{ school.name }}</p>
</page>
</leaflet>"""


@pytest.mark.parametrize("template", [VARIABLE_EVERYWHERE, VARIABLE_BESIDE])
def test_a_template_that_names_its_school_everywhere(template: str, tmp_path: Path) -> None:
    """In headings, lists and panels side by side, one made as high as the other."""
    campaign = write_campaign(tmp_path / "c", 105, COUNTRY)
    folder = campaign.parent / "templates" / "own"
    folder.mkdir(parents=True)
    (folder / "leaflet.xml").write_text(template, "utf-8")
    document = Document.model_validate({"template": "own", "theme": "default", "per": "school"})
    assert check_all(campaign, tmp_path, document) == 105
